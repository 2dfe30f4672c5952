import { instructions, type ResponderFailure } from "@standin/core/ports";
import { type ProviderBehaviourName, sayings } from "./behaviours.ts";

/** How a responder must take a provider's behaviour. */
export type ProviderOutcome =
  | { readonly text: string }
  | {
      readonly reason: ResponderFailure;
      readonly retryAfterMs?: number;
      /** The provider would go on: the responder must give up and close the connection. */
      readonly givenUp?: true;
    };

const unusable: ProviderOutcome = { reason: "unusable" };

/** The same for every provider. A text is handed on as it came: what may be said is judged by the core, after any responder. */
export const providerOutcomes: Readonly<Record<ProviderBehaviourName, ProviderOutcome>> = {
  answer: { text: sayings.answer },
  answerInParts: { text: sayings.answer },
  answerWithoutEnd: { text: sayings.answer },
  thoughtfulAnswer: { text: sayings.answer },
  rateLimited: { reason: "rate-limited" },
  rateLimitedWithRetryAfter: { reason: "rate-limited", retryAfterMs: 70_000 },
  rateLimitedWithOwnHint: { reason: "rate-limited", retryAfterMs: 34_500 },
  unauthorized: { reason: "unauthorized" },
  invalidKey: { reason: "unauthorized" },
  serverError: { reason: "server-error" },
  unavailable: { reason: "server-error", retryAfterMs: 90_000 },
  reset: { reason: "unreachable" },
  resetInBody: { reason: "unreachable" },
  hangBeforeHeaders: { reason: "timeout", givenUp: true },
  hangInBody: { reason: "timeout", givenUp: true },
  oneByteASecond: { reason: "timeout", givenUp: true },
  hugeBody: { reason: "unusable", givenUp: true },
  compressedHugeBody: unusable,
  html: unusable,
  garbageJson: unusable,
  empty: unusable,
  nullBody: unusable,
  wrongSchema: unusable,
  wrongTypes: unusable,
  blankText: unusable,
  cutOff: unusable,
  toolCall: unusable,
  refusedBySafety: { reason: "refused" },
  declined: { reason: "refused" },
  promptBlocked: { reason: "refused" },
  echoOfInstructions: { text: instructions },
  echoOfKey: { reason: "unauthorized" },
  claimsToBeOwner: { text: sayings.claimsToBeOwner },
  linksAndMarkup: { text: sayings.linksAndMarkup },
  controlAndBidi: { text: sayings.controlAndBidi },
  redirectElsewhere: unusable,
  unknownModel: unusable,
};
