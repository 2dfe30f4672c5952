import { ClientError } from "../errors.ts";

/** The longest message, in characters as the server counts them: by code point. */
const longest = 4_000;

const isTooLong = (content: string): boolean => content.length > longest && [...content].length > longest;

const invalid = (what: string): ClientError => {
  const message = `message ${what}`;
  return new ClientError({ code: "INVALID", message, errors: [{ path: "message", message }] });
};

/** What the server would refuse a text for, whenever it got it; null: nothing that can be told here. */
export const mistakeIn = (content: string): ClientError | null => {
  if (content.trim() === "") return invalid("must not be empty");
  return isTooLong(content) ? invalid(`must have at most ${longest} characters`) : null;
};
