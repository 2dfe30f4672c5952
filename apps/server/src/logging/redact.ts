/** Names under which something private may travel, at any depth. */
const privateKeys = new Set([
  "apikey",
  "authorization",
  "body",
  "busynote",
  "content",
  "cookie",
  "current",
  "email",
  "headers",
  "jwt",
  "message",
  "messages",
  "next",
  "note",
  "password",
  "passwordhash",
  "payload",
  "previouscontent",
  "secret",
  "set-cookie",
  "text",
  "token",
]);

const tokenLike = /eyJ[\w-]{8,}(?:\.[\w-]+){1,2}/g;
const deepest = 6;

const redactText = (text: string): string => text.replace(tokenLike, "[token]");

/** An error's own words are the software's, but a parser quotes what it read. */
const redactError = (error: Error, depth: number): object => {
  const parsing = error instanceof SyntaxError;
  const stack = error.stack ?? "";
  const frames = stack.slice(Math.max(0, stack.indexOf("\n    at ")));
  return {
    type: error.name,
    message: parsing ? "[input]" : redactText(error.message),
    ...("code" in error ? { code: error.code } : {}),
    stack: frames,
    ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }),
  };
};

const redactValue = (value: unknown, depth: number): unknown => {
  if (typeof value === "string") return redactText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > deepest) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (ArrayBuffer.isView(value)) return "[bytes]";
  if (Array.isArray(value)) return value.map((item) => redactValue(item, depth + 1));
  return redactFields(value, depth + 1);
};

/**
 * A copy of the fields of a log entry without passwords, tokens, e-mail addresses and texts of messages, wherever in it they are.
 * Errors become plain objects with their causes.
 */
export const redactFields = (fields: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      privateKeys.has(key.toLowerCase()) ? "[redacted]" : redactValue(value, depth),
    ]),
  );
