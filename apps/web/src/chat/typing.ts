import { signal } from "@preact/signals";
import { client } from "./client.ts";

/** How long a sign of typing counts, in milliseconds. It is repeated every three seconds by whoever types. */
const personMs = 5_000;
/** An assistant says once that it has begun; no answer takes longer. */
const assistantMs = 25_000;

/** Who writes in a conversation at the moment. */
export interface Typing {
  readonly person: boolean;
  readonly assistant: boolean;
}

const nobody: Typing = { person: false, assistant: false };
const state = signal<ReadonlyMap<string, Typing>>(new Map());
const timers = new Map<string, ReturnType<typeof setTimeout>>();

const set = (peer: string, who: keyof Typing, writes: boolean): void => {
  const before = state.value.get(peer) ?? nobody;
  if (before[who] !== writes) state.value = new Map(state.value).set(peer, { ...before, [who]: writes });
};

const begin = (peer: string, who: keyof Typing, ms: number): void => {
  const key = `${who} ${peer}`;
  clearTimeout(timers.get(key));
  timers.set(
    key,
    setTimeout(() => set(peer, who, false), ms),
  );
  set(peer, who, true);
};

/** Who writes to oneself in the conversation with that person. */
export const typingOf = (peer: string): Typing => state.value.get(peer) ?? nobody;

/** Follows who is typing from now on. */
export const startTyping = (): void => {
  client.on("typing", ({ peer }) => begin(peer, "person", personMs));
  client.on("standinTyping", ({ from }) => begin(from, "assistant", assistantMs));
  // What was being written is there now.
  client.on("message", ({ peer, message }) => {
    if (message.sender === peer) set(peer, message.origin === "standin" ? "assistant" : "person", false);
  });
  client.on("user", ({ user }) => {
    if (user.status !== "BUSY") set(user.id, "assistant", false);
  });
  client.on("signedOut", () => {
    state.value = new Map();
  });
};
