import type { ErrorJson } from "@standin/http-api";

/** What the server's refusals are called; docs/api has the table. */
export type ServerErrorCode = ErrorJson["code"];

/**
 * What can go wrong on this side: `NETWORK` no answer came (what was asked may have happened), `TIMEOUT` none in time (the same),
 * `SIGNED_OUT` nobody is signed in, or not any more, `REPLACED` another sign-in or a sign-out came after this one, `DISCARDED` the message
 * was taken out of the outbox, `UNEXPECTED` an answer that is none of this API's.
 */
export type LocalErrorCode = "NETWORK" | "TIMEOUT" | "SIGNED_OUT" | "REPLACED" | "DISCARDED" | "UNEXPECTED";

export type ClientErrorCode = ServerErrorCode | LocalErrorCode;

/** One mistake in an input: where it is (dotted path) and what is wrong with it, in words for a person. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** A {@link ClientError} as data: what is kept of it, and what the server sends of its own. */
export interface ClientErrorJson {
  readonly code: ClientErrorCode;
  readonly message: string;
  readonly errors?: readonly FieldError[] | undefined;
  readonly retryAfterMs?: number | undefined;
}

const retryable: ReadonlySet<ClientErrorCode> = new Set([
  "LIMITED",
  "OVERLOADED",
  "UNAVAILABLE",
  "INTERNAL",
  "NETWORK",
  "TIMEOUT",
]);

/** The one error with which calls of the client reject, beside the reason of an aborted signal. `message` may be shown to people. */
export class ClientError extends Error {
  override readonly name = "ClientError";
  readonly code: ClientErrorCode;
  /** The fields that are wrong; empty for all but bad input. */
  readonly errors: readonly FieldError[];
  /** Milliseconds after which the same call may succeed, where the server said so. */
  readonly retryAfterMs: number | undefined;

  constructor(json: ClientErrorJson, cause?: unknown) {
    super(json.message, cause === undefined ? undefined : { cause });
    this.code = json.code;
    this.errors = json.errors ?? [];
    this.retryAfterMs = json.retryAfterMs;
  }

  /** May the same call succeed later, unchanged? */
  get retryable(): boolean {
    return retryable.has(this.code);
  }

  toJSON(): ClientErrorJson {
    const { code, message, errors, retryAfterMs } = this;
    return { code, message, ...(errors.length > 0 && { errors }), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
}

const sentences: Readonly<Record<LocalErrorCode, string>> = {
  NETWORK: "The server cannot be reached",
  TIMEOUT: "The server did not answer in time",
  SIGNED_OUT: "Nobody is signed in",
  REPLACED: "Another sign-in or sign-out came after this one",
  DISCARDED: "The message was discarded",
  UNEXPECTED: "The answer was not understood",
};

/** An error of this side, with its sentence. */
export const localError = (code: LocalErrorCode, cause?: unknown): ClientError =>
  new ClientError({ code, message: sentences[code] }, cause);
