import { ChatError, isChatError } from "@standin/core/ports";

/** The result codes of SQLite that decide something here. The low byte of an extended code is the code itself. */
export const resultCode = {
  permission: 3,
  busy: 5,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const uniqueCodes: ReadonlySet<number> = new Set([1555, 2067, 2579]);

const extendedCode = (error: unknown): number | undefined =>
  error instanceof Error && "errcode" in error && typeof error.errcode === "number" ? error.errcode : undefined;

/** SQLite's own result code; undefined: the error is not one of SQLite's. */
export const codeOf = (error: unknown): number | undefined => {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
};

/** Does somebody else hold the lock? */
export const isBusy = (error: unknown): boolean => codeOf(error) === resultCode.busy;

/** How long a caller is asked to wait before it tries again. */
export const retryAfterMs = 1_000;

/** The error for work that was not done, or whose outcome is unknown. */
export const unavailable = (cause?: unknown): ChatError => new ChatError("UNAVAILABLE", { cause, retryAfterMs });

/** What leaves the adapter instead of whatever was thrown within it: a taken key is CONFLICT, a mistake in a program INTERNAL, the rest UNAVAILABLE. */
export const toChatError = (error: unknown): ChatError => {
  if (isChatError(error)) return error;
  if (uniqueCodes.has(extendedCode(error) ?? 0)) return new ChatError("CONFLICT", { cause: error });
  return error instanceof TypeError ? new ChatError("INTERNAL", { cause: error }) : unavailable(error);
};
