import { type ChatErrorCode, isChatError } from "@standin/core";
import { z } from "zod";

/** What a code means at a door. */
export interface ErrorEntry {
  /** HTTP status. */
  readonly status: number;
  /** Said when the error brings no sentence meant for people. */
  readonly message: string;
  /** Said when the error does not know when to try again; null: it makes no sense to. Milliseconds. */
  readonly retryAfterMs: number | null;
}

const once = (status: number, message: string): ErrorEntry => ({ status, message, retryAfterMs: null });
const again = (status: number, message: string): ErrorEntry => ({ status, message, retryAfterMs: 1_000 });

/** The one table from codes to HTTP statuses and sentences; sockets use the same sentences. */
export const errorTable: Readonly<Record<ChatErrorCode, ErrorEntry>> = {
  INVALID: once(400, "The request is not valid"),
  INVALID_CREDENTIALS: once(400, "Invalid credentials"),
  UNAUTHORIZED: once(401, "You are not authorized"),
  FORBIDDEN: once(403, "This origin is not allowed"),
  NOT_FOUND: once(404, "Not found"),
  CONFLICT: once(409, "This contradicts what was done before"),
  EMAIL_TAKEN: once(409, "An account with this email exists already"),
  TOO_LARGE: once(413, "The request is too large"),
  LIMITED: again(429, "Too many requests, please try again later"),
  OVERLOADED: again(503, "The server is busy, please try again shortly"),
  UNAVAILABLE: again(503, "The service is unavailable, please try again shortly"),
  INTERNAL: once(500, "Something went wrong"),
};

/** The body of every refusal. */
export const errorSchema = z
  .object({
    message: z.string(),
    code: z.enum(Object.keys(errorTable) as ChatErrorCode[]),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    retryAfterMs: z.int().min(0).optional(),
  })
  .meta({ id: "Error" });

export type ErrorJson = z.infer<typeof errorSchema>;

/**
 * What a client is told of any error. Only the sentence that a ChatError's author meant for people gets through; everything else, a
 * driver's text above all, becomes our own sentence for the code, and what is no ChatError is INTERNAL.
 *
 * @example
 * toErrorJson(new Error("ECONNREFUSED 10.0.0.7")); // { message: "Something went wrong", code: "INTERNAL" }
 */
export const toErrorJson = (error: unknown): ErrorJson => {
  if (!isChatError(error) || !Object.hasOwn(errorTable, error.code)) {
    return { message: errorTable.INTERNAL.message, code: "INTERNAL" };
  }
  const entry = errorTable[error.code];
  const retryAfterMs = error.retryAfterMs ?? entry.retryAfterMs;
  return {
    message: error.hasMessage ? error.message : (error.errors[0]?.message ?? entry.message),
    code: error.code,
    ...(error.errors.length > 0 && { errors: error.errors.map(({ path, message }) => ({ path, message })) }),
    ...(retryAfterMs !== null && { retryAfterMs: Math.max(0, Math.ceil(retryAfterMs)) }),
  };
};
