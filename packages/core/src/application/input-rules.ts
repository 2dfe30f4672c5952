import { type Id, isId } from "../domain/index.ts";
import { ChatError, type FieldError } from "../errors/chat-error.ts";
import { sizes } from "./limits.ts";
import { looksLikeLabel } from "./stand-in/label.ts";

/** Refuses an input, naming the fields. The first mistake is the sentence a person reads. */
export const invalid = (...errors: readonly FieldError[]): ChatError =>
  new ChatError("INVALID", { message: errors[0]?.message ?? "Invalid input", errors });

export const mistake = (path: string, message: string): FieldError => ({ path, message: `${path} ${message}` });

/** Length in Unicode code points. */
export const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** Length in bytes of UTF-8. */
const utf8Bytes = (text: string): number => {
  let bytes = 0;
  for (const point of text) {
    const code = point.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
  }
  return bytes;
};

// Control characters, line and paragraph separators, lone surrogates, and the characters that reorder text around them.
const unsafeInNames = /[\p{Cc}\p{Cs}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
const loneSurrogates = /\p{Cs}/gu;
const blank = /^[\s\p{Cf}]*$/u;

/** An e-mail address, trimmed. */
export const readEmail = (value: unknown): string => {
  if (typeof value !== "string") throw invalid(mistake("email", "is required"));
  const email = value.trim();
  if (codePoints(email) > sizes.email) throw invalid(mistake("email", `must have at most ${sizes.email} characters`));
  if (!/^[^\s@]+@[^\s@]+$/u.test(email) || unsafeInNames.test(email))
    throw invalid(mistake("email", "must be an e-mail address"));
  return email;
};

export const readUsername = (value: unknown): string => {
  if (typeof value !== "string") throw invalid(mistake("username", "is required"));
  const username = value.normalize("NFC").trim();
  if (blank.test(username)) throw invalid(mistake("username", "must not be empty"));
  if (codePoints(username) > sizes.username)
    throw invalid(mistake("username", `must have at most ${sizes.username} characters`));
  if (unsafeInNames.test(username))
    throw invalid(mistake("username", "must not contain control or bidirectional characters"));
  if (looksLikeLabel(username)) {
    throw invalid(mistake("username", 'must not end in "\'s assistant": so the assistants of busy people are called'));
  }
  return username;
};

/** Has the password a length that may be hashed at all? */
export const isPasswordSize = (value: string): boolean => {
  const bytes = utf8Bytes(value);
  return bytes >= sizes.passwordMinBytes && bytes <= sizes.passwordMaxBytes;
};

export const readPassword = (value: unknown, path = "password"): string => {
  if (typeof value !== "string") throw invalid(mistake(path, "is required"));
  if (!isPasswordSize(value)) {
    throw invalid(mistake(path, `must have ${sizes.passwordMinBytes} to ${sizes.passwordMaxBytes} bytes of UTF-8`));
  }
  return value;
};

/** Text as any wire would carry it: what is no Unicode at all (half a surrogate pair) becomes U+FFFD. */
export const wellFormed = (text: string): string => text.replace(loneSurrogates, "\uFFFD");

/** The text of a message. */
export const readContent = (value: unknown, path = "message"): string => {
  if (typeof value !== "string" || value === "") throw invalid(mistake(path, "is required"));
  if (/^\s*$/u.test(value)) throw invalid(mistake(path, "must not be only white space"));
  if (codePoints(value) > sizes.message) throw invalid(mistake(path, `must have at most ${sizes.message} characters`));
  return wellFormed(value);
};

export const readClientMsgId = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || !/^[A-Za-z0-9_-]{1,64}$/.test(value)) {
    throw invalid(mistake("clientMsgId", `must be 1 to ${sizes.clientMsgId} characters of A-Z a-z 0-9 _ -`));
  }
  return value;
};

/** A note beside BUSY, trimmed; an empty one is none. */
export const readNote = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw invalid(mistake("note", "must be a text"));
  const note = value.trim();
  if (codePoints(note) > sizes.busyNote)
    throw invalid(mistake("note", `must have at most ${sizes.busyNote} characters`));
  if (unsafeInNames.test(note)) throw invalid(mistake("note", "must not contain control or bidirectional characters"));
  return note === "" ? null : note;
};

const isoInstant = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Is there such a day? Without asking, the 30th of February is the 2nd of March. */
const isDay = (date: string): boolean => {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
};

/** An instant in milliseconds since the epoch, from ISO 8601 with a time zone; null: it is none. */
export const instantOf = (value: unknown): number | null => {
  if (typeof value !== "string") return null;
  const [, date] = isoInstant.exec(value) ?? [];
  const instant = date !== undefined && isDay(date) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
};

/** What an instant must look like. */
export const instantForm = "must be an ISO 8601 time with a time zone, such as 2031-05-01T15:00:00Z";

/** The end of BUSY as an instant: ISO 8601 with a time zone, in the future, at most 365 days away. */
export const readUntil = (value: unknown, now: number): number | null => {
  if (value === undefined || value === null) return null;
  const instant = instantOf(value);
  if (instant === null) throw invalid(mistake("until", instantForm));
  if (instant <= now) throw invalid(mistake("until", "must be in the future"));
  if (instant - now > sizes.busyDays * 86_400_000)
    throw invalid(mistake("until", `must be at most ${sizes.busyDays} days away`));
  return instant;
};

export const readId = (value: unknown, path: string, what = "a user"): Id => {
  if (!isId(value)) throw invalid(mistake(path, `must be the id of ${what}`));
  return value;
};

const isWhole = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least;

export const readLimit = (value: unknown, byDefault: number): number => {
  if (value === undefined) return byDefault;
  if (!isWhole(value, 1) || value > sizes.pageMax)
    throw invalid(mistake("limit", `must be a whole number from 1 to ${sizes.pageMax}`));
  return value;
};

/** A number of a message or of a change: 0 or more. */
export const readNumber = (value: unknown, path: string): number => {
  if (!isWhole(value, 0)) throw invalid(mistake(path, "must be a whole number, 0 or more"));
  return value;
};

export const readQuery = (value: unknown): string | null => {
  if (value === undefined) return null;
  if (typeof value !== "string" || value === "" || codePoints(value) > sizes.query) {
    throw invalid(mistake("q", `must have 1 to ${sizes.query} characters`));
  }
  return value;
};
