import type { Generator, ResponderRequest } from "../../domain/index.ts";
import { isResponderError, ResponderError, type ResponderFailure } from "../../errors/responder-error.ts";
import type { AutoResponder, CancelSignal } from "../../ports/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatPolicy } from "../policy.ts";
import { type Attempt, type Breaker, createBreaker } from "./breaker.ts";
import { createCancelSource } from "./cancel-source.ts";
import { type GuardContext, guard } from "./guard.ts";

/**
 * What the providers came to: an answer that may be said, or why there is none: nobody was to be asked, the day's budget is used up, or each failed.
 * `detail` says which one failed last, and how, in words for the owner (R25); null: none did.
 */
export type Asked =
  | { readonly text: string; readonly generator: Generator; readonly detail: string | null }
  | { readonly text: null; readonly why: "no-provider" | "budget" }
  | { readonly text: null; readonly why: "failed"; readonly detail: string };

/** What the providers are asked under. */
interface Terms {
  /** When all of them must have ended, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Takes one call out of the owner's budget, or says that there is none left. */
  readonly spend: () => Promise<boolean>;
  readonly signal: CancelSignal;
}

/** Asks the providers in their order. */
export type AskProviders = (request: ResponderRequest, context: GuardContext, terms: Terms) => Promise<Asked>;

type Needs = Pick<ChatPorts, "clock" | "timer" | "logger" | "responders">;
type Limits = Pick<ChatPolicy, "providerTimeoutMs" | "totalTimeoutMs">;

/** Asks one provider, for so long at most. What comes later is thrown away; the call is aborted with the signal. */
const askOne = (
  { timer }: Needs,
  responder: AutoResponder,
  request: ResponderRequest,
  ms: number,
  signal: CancelSignal,
) => {
  const call = createCancelSource();
  return new Promise<{ text: string; model: string | null }>((resolve, reject) => {
    const giveUp = (): void => {
      call.cancel();
      reject(new ResponderError("timeout"));
    };
    const cancelTimer = timer.after(ms, giveUp);
    signal.addEventListener("abort", giveUp);
    responder
      .respond(request, call.signal)
      .then(resolve, reject)
      .finally(() => {
        cancelTimer();
        signal.removeEventListener("abort", giveUp);
      });
  });
};

/** How one provider's turn ended. `given-up`: the answer is no longer wanted. */
type Turn =
  | { readonly end: "said"; readonly text: string; readonly generator: Generator }
  | { readonly end: "failed"; readonly failure: ResponderFailure }
  | { readonly end: "no-budget" }
  | { readonly end: "given-up" };

/** How long a provider may take now, and whether that is enough to hold its silence against it. */
interface Time {
  readonly ms: number;
  readonly isFair: boolean;
}

interface Question extends Pick<Terms, "spend" | "signal"> {
  readonly request: ResponderRequest;
  readonly context: GuardContext;
}

/** One provider's turn: paid for, asked within its time, guarded. */
const takeTurn = async (
  needs: Needs,
  responder: AutoResponder,
  { request, context, spend, signal }: Question,
  { ms, isFair }: Time,
  attempt: Attempt,
): Promise<Turn> => {
  const { clock, logger } = needs;
  const { provider } = responder;
  let isSettled = false;
  try {
    if (!(await spend())) return { end: "no-budget" };
    if (signal.aborted) return { end: "given-up" };
    const reply = await askOne(needs, responder, request, ms, signal);
    isSettled = true;
    attempt.succeeded();
    const text = guard(reply.text, context);
    if (text !== null && provider !== "template")
      return { end: "said", text, generator: { provider, model: reply.model ?? "unknown" } };
    logger.warn({ provider, model: reply.model }, "a provider's answer must not be said");
    return { end: "failed", failure: "unusable" };
  } catch (err) {
    if (signal.aborted) return { end: "given-up" };
    const failure = isResponderError(err) ? err.reason : "unusable";
    logger.warn({ err, provider, failure }, "a provider gave no answer");
    if (failure === "timeout" && !isFair) return { end: "failed", failure };
    isSettled = true;
    // A refusal is about what was written: the provider is well, and nobody's words may keep it from others.
    if (failure === "refused") attempt.succeeded();
    else attempt.failed(clock.now(), isResponderError(err) ? err.retryAfterMs : undefined);
    return { end: "failed", failure };
  } finally {
    if (!isSettled) attempt.abandoned(clock.now());
  }
};

/** The providers in their order, each within its time and all within theirs; one that keeps failing is skipped for a while (R23). */
export const createProviders = (needs: Needs, { providerTimeoutMs, totalTimeoutMs }: Limits): AskProviders => {
  const { clock, responders = [] } = needs;
  const states = responders.map((responder): { responder: AutoResponder; breaker: Breaker; last: string | null } => ({
    responder,
    breaker: createBreaker(providerTimeoutMs),
    last: null,
  }));

  const fairMs = Math.min(providerTimeoutMs, totalTimeoutMs) / 2;

  return async (request, context, { deadline, spend, signal }) => {
    let detail: string | null = null;
    for (const state of states) {
      const { responder, breaker } = state;
      if (signal.aborted) break;
      const left = Math.min(providerTimeoutMs, deadline - clock.now());
      if (left <= 0) {
        detail ??= `timeout (${responder.provider})`;
        break;
      }
      const attempt = breaker.attempt(clock.now());
      if (attempt === null) {
        detail = state.last ?? detail;
        continue;
      }
      const time: Time = { ms: left, isFair: left >= fairMs };
      const turn = await takeTurn(needs, responder, { request, context, spend, signal }, time, attempt);
      if (turn.end === "said") return { text: turn.text, generator: turn.generator, detail };
      if (turn.end === "given-up") break;
      if (turn.end === "no-budget")
        return detail === null ? { text: null, why: "budget" } : { text: null, why: "failed", detail };
      state.last = `${turn.failure} (${responder.provider})`;
      detail = state.last;
    }
    return detail === null ? { text: null, why: "no-provider" } : { text: null, why: "failed", detail };
  };
};
