/** Every way in which a use case or a port can refuse. Closed: a new code is a new version of the API. */
export type ChatErrorCode =
  | "INVALID"
  | "INVALID_CREDENTIALS"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "EMAIL_TAKEN"
  | "TOO_LARGE"
  | "LIMITED"
  | "OVERLOADED"
  | "UNAVAILABLE"
  | "INTERNAL";

/** One mistake in an input: where it is (dotted path, "" for the whole) and what is wrong with it, in words for a person. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

export interface ChatErrorOptions {
  /** What a person may read. Never the text of a driver or a provider; without it the API's own sentence for the code is used. */
  readonly message?: string;
  /** The underlying error, for the log only. */
  readonly cause?: unknown;
  readonly errors?: readonly FieldError[];
  /** Milliseconds after which the same call may succeed. */
  readonly retryAfterMs?: number;
}

const brand = Symbol.for("standin.ChatError");
const retryableCodes: ReadonlySet<ChatErrorCode> = new Set(["LIMITED", "OVERLOADED", "UNAVAILABLE"]);

/** The one error type that leaves a port or a use case. Recognise it with {@link isChatError}, never with `instanceof`. */
export class ChatError extends Error {
  override readonly name = "ChatError";
  readonly code: ChatErrorCode;
  /** May the same call succeed later, unchanged? */
  readonly retryable: boolean;
  readonly errors: readonly FieldError[];
  readonly retryAfterMs: number | undefined;
  /** Did the author of the error give a sentence meant for people? */
  readonly hasMessage: boolean;

  constructor(code: ChatErrorCode, options: ChatErrorOptions = {}) {
    super(options.message ?? code, "cause" in options ? { cause: options.cause } : undefined);
    Object.defineProperty(this, brand, { value: true });
    this.code = code;
    this.retryable = retryableCodes.has(code);
    this.errors = options.errors ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.hasMessage = options.message !== undefined;
  }
}

/** True for a ChatError of any copy of this package. */
export const isChatError = (value: unknown): value is ChatError =>
  typeof value === "object" && value !== null && brand in value;
