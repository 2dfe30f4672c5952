import type { AutoResponder } from "@standin/core/ports";
import { providerErrorText } from "../../contracts/auto-responder.ts";
import type { ModelAct, ModelCall, StagedModel } from "../../stand-in-rules/staged-model.ts";
import { answer, type ProviderBehaviour, providerBehaviours, serverError } from "./behaviours.ts";
import type { ProviderDouble } from "./provider-double.ts";

const behaviourOf = (act: ModelAct): ProviderBehaviour => {
  if (act === "stalls") return providerBehaviours.hangBeforeHeaders;
  if (act === "fails") return serverError(providerErrorText);
  if (act === "refuses") return providerBehaviours.refusedBySafety;
  return answer(act.says);
};

/**
 * An adapter before its double, as the model of the stand-in contract.
 *
 * @example
 * const double = await createGeminiDouble();
 * const model = stagedProvider(double, createGeminiResponder({ apiKey: "key", baseUrl: double.baseUrl }));
 */
export const stagedProvider = (double: ProviderDouble, responder: AutoResponder): StagedModel => {
  const calls: ModelCall[] = [];
  const stage = (act: ModelAct): void =>
    double.answerWith((exchange) => {
      const { wire, request } = exchange;
      calls.push({ instructions: wire.instructionsOf(request), everything: JSON.stringify(request) });
      behaviourOf(act)(exchange);
    });
  stage({ says: "She is in a meeting." });
  return {
    responder,
    stage,
    calls,
    get aborted() {
      return double.aborted;
    },
  };
};
