import { type AutoResponder, promptOf, ResponderError } from "@standin/core/ports";
import { providerErrorText } from "../contracts/auto-responder.ts";
import { hang } from "../doubles/scripted-responder.ts";

/** What a model does with a call: answers with this text, takes the request and never answers, fails with {@link providerErrorText}, or declines. */
export type ModelAct = { readonly says: string } | "stalls" | "fails" | "refuses";

/** A call as it reached the provider. */
export interface ModelCall {
  /** The part that is the same for everybody. */
  readonly instructions: string;
  /** All that was sent, as text: instructions, data, and whatever carries them. */
  readonly everything: string;
}

/** A model whose provider does what a case wants, and tells what it was given: the suite's own, or an adapter before a double. */
export interface StagedModel {
  readonly responder: AutoResponder;
  /** What happens to the calls that come from now on. At first it answers with a sentence. */
  stage(act: ModelAct): void;
  /** Oldest first. */
  readonly calls: readonly ModelCall[];
  /** How many calls ended because the chat no longer wanted the answer. */
  readonly aborted: number;
}

/** A model that is nobody's. */
export const createStagedModel = (provider: "gemini" | "openai" = "gemini"): StagedModel => {
  let act: ModelAct = { says: "She is in a meeting." };
  let aborted = 0;
  const calls: ModelCall[] = [];
  return {
    responder: {
      provider,
      async respond(request, signal) {
        const { instructions, data } = promptOf(request);
        calls.push({ instructions, everything: `${instructions}\n${data}` });
        if (act === "fails") throw new ResponderError("server-error", { cause: new Error(providerErrorText) });
        if (act === "refuses") throw new ResponderError("refused");
        if (act !== "stalls") return { text: act.says, model: "staged" };
        return hang(request, signal).catch(() => {
          aborted += 1;
          throw new ResponderError("timeout");
        });
      },
    },
    stage(next) {
      act = next;
    },
    calls,
    get aborted() {
      return aborted;
    },
  };
};
