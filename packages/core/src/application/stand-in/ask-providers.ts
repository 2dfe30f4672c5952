import type { Generator, ResponderRequest } from "../../domain/index.ts";
import { isResponderError, ResponderError, type ResponderFailure } from "../../errors/responder-error.ts";
import type { AutoResponder, CancelSignal } from "../../ports/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatPolicy } from "../policy.ts";
import { type Breaker, createBreaker } from "./breaker.ts";
import { createCancelSource } from "./cancel-source.ts";
import { type GuardContext, guard } from "./guard.ts";

/**
 * What the providers came to: an answer that may be said, or why there is none: nobody was to be asked, the day's budget is used up, or each failed, in
 * words for the owner (R25).
 */
export type Asked =
  | { readonly text: string; readonly generator: Generator }
  | { readonly text: null; readonly why: "no-provider" | "budget" }
  | { readonly text: null; readonly why: "failed"; readonly detail: string };

/** Asks the providers in their order. `spend` takes one call out of the owner's budget, or says that there is none left. */
export type AskProviders = (
  request: ResponderRequest,
  context: GuardContext,
  spend: () => Promise<boolean>,
  signal: CancelSignal,
) => Promise<Asked>;

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

/** The providers in their order, each within its time and all within theirs; one that keeps failing is skipped for a while (R23). */
export const createProviders = (needs: Needs, limits: Limits): AskProviders => {
  const { clock, logger, responders = [] } = needs;
  const states = responders.map((responder): { responder: AutoResponder; breaker: Breaker; last: string | null } => ({
    responder,
    breaker: createBreaker(),
    last: null,
  }));

  return async (request, context, spend, signal) => {
    const deadline = clock.now() + limits.totalTimeoutMs;
    let detail: string | null = null;
    for (const state of states) {
      const { responder, breaker } = state;
      const { provider } = responder;
      const left = Math.min(limits.providerTimeoutMs, deadline - clock.now());
      if (signal.aborted || left <= 0) break;
      if (!breaker.allows(clock.now())) {
        detail = state.last;
        continue;
      }
      if (!(await spend()))
        return detail === null ? { text: null, why: "budget" } : { text: null, why: "failed", detail };
      let failure: ResponderFailure;
      try {
        const reply = await askOne(needs, responder, request, left, signal);
        const text = guard(reply.text, context);
        if (text !== null && provider !== "template") {
          breaker.succeeded();
          return { text, generator: { provider, model: reply.model ?? "unknown" } };
        }
        failure = "unusable";
        breaker.succeeded();
        logger.warn({ provider, model: reply.model }, "a provider's answer must not be said");
      } catch (err) {
        if (signal.aborted) break;
        failure = isResponderError(err) ? err.reason : "unusable";
        // A refusal is about what was written: the provider is well, and nobody's words may keep it from others.
        if (failure === "refused") breaker.succeeded();
        else breaker.failed(clock.now(), isResponderError(err) ? err.retryAfterMs : undefined);
        logger.warn({ err, provider, failure }, "a provider gave no answer");
      }
      state.last = `${failure} (${provider})`;
      detail = state.last;
    }
    return detail === null ? { text: null, why: "no-provider" } : { text: null, why: "failed", detail };
  };
};
