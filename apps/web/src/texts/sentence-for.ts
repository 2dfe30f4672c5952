import { t } from "./texts.ts";

/** What is known of a failure: a ClientError, or anything else that was thrown. */
interface Failure {
  readonly code?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly retryAfterMs?: number | undefined;
}

/** What to tell a person of a failure: what happened and what to do next, in their language. */
export const sentenceFor = (failure: unknown): string => {
  const { code, message = "", errors = [], retryAfterMs } = (failure ?? {}) as Failure;
  const texts = t().errors;
  switch (code) {
    case "NETWORK":
      return texts.network;
    case "TIMEOUT":
      return texts.timeout;
    case "LIMITED":
      return texts.limited(Math.max(1, Math.ceil((retryAfterMs ?? 1_000) / 1_000)));
    case "OVERLOADED":
    case "UNAVAILABLE":
      return texts.overloaded;
    case "INTERNAL":
      return texts.internal;
    case "NOT_FOUND":
      return texts.gone;
    case "CONFLICT":
      return texts.conflict;
    case "EMAIL_TAKEN":
      return t().signIn.taken;
    case "INVALID_CREDENTIALS":
      return t().signIn.wrong;
    case "UNAUTHORIZED":
    case "SIGNED_OUT":
      return t().signIn.ended;
    case "INVALID":
    case "TOO_LARGE":
      return texts.invalid(
        errors.length === 0 ? message : errors.map((one) => `${one.path} ${one.message}`).join(", "),
      );
    default:
      return texts.unexpected;
  }
};
