/** Why a provider gave no answer, in the words that the owner may see (R25). */
export type ResponderFailure =
  | "timeout"
  | "unreachable"
  | "unauthorized"
  | "rate-limited"
  | "server-error"
  /** The provider declined to answer, for safety or policy. */
  | "refused"
  /** An answer that is none: empty, not of the documented shape, cut off, too large. */
  | "unusable";

const brand = Symbol.for("standin.ResponderError");
const passing: ReadonlySet<ResponderFailure> = new Set(["timeout", "unreachable", "rate-limited", "server-error"]);

/** How an AutoResponder fails. `cause` is for the log; it must not hold a key. Recognise it with {@link isResponderError}. */
export class ResponderError extends Error {
  override readonly name = "ResponderError";
  readonly reason: ResponderFailure;
  /** May the same request succeed later? */
  readonly retryable: boolean;
  /** What the provider said about when, in milliseconds; undefined: nothing. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: ResponderFailure, options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {}) {
    super(reason, "cause" in options ? { cause: options.cause } : undefined);
    this.reason = reason;
    this.retryable = passing.has(reason);
    this.retryAfterMs = options.retryAfterMs;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for a ResponderError of any copy of this package. */
export const isResponderError = (value: unknown): value is ResponderError =>
  typeof value === "object" && value !== null && brand in value;
