/** What the page shows, as its address says it after `#`. */
export type Route =
  | { readonly name: "chats" }
  | { readonly name: "with"; readonly peer: string; readonly message: string | null }
  | { readonly name: "briefing" }
  | { readonly name: "decisions" }
  | { readonly name: "assistant" }
  | { readonly name: "settings" };

/** Reads an address; one that means nothing shows the chats. */
export const parseRoute = (hash: string): Route => {
  const [, name = "", peer = "", message = ""] = hash.split("/");
  const isId = (text: string): boolean => /^[0-9a-f]{24}$/.test(text);
  if (name === "with" && isId(peer)) return { name, peer, message: isId(message) ? message : null };
  if (name === "briefing" || name === "assistant" || name === "decisions" || name === "settings") return { name };
  return { name: "chats" };
};
