/** The parser of the URL Standard: part of every runtime, though not of the language. */
declare const URL: {
  new (
    url: string,
  ): { readonly protocol: string; readonly username: string; readonly password: string; readonly href: string };
};

/** An absolute address as the URL Standard writes it, or null: it is none. */
export const parsedUrl = (text: string): InstanceType<typeof URL> | null => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

/** An https address that can be shared: as given where it can stand in a text, else as the URL Standard writes it; null: it is none. */
export const httpsUrl = (given: string): string | null => {
  const url = parsedUrl(given);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") return null;
  return /^[^\s\p{C}<>"`{}|\\^]+$/u.test(given) ? given : url.href;
};
