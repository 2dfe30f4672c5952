import { createGeminiResponder } from "@standin/adapter-gemini";
import { createOpenAiResponder } from "@standin/adapter-openai";
import type { AutoResponder } from "@standin/core/ports";
import type { Provider } from "../configuration/providers.ts";
import type { Configuration } from "../configuration/read-configuration.ts";

const responderOf = (configured: Provider, timeoutMs: number): AutoResponder => {
  const { model, baseUrl } = configured;
  const common = { model, timeoutMs, ...(baseUrl !== undefined && { baseUrl }) };
  if (configured.provider === "gemini") return createGeminiResponder({ ...common, apiKey: configured.apiKey });
  const { apiKey } = configured;
  return createOpenAiResponder({ ...common, ...(apiKey !== undefined && { apiKey }) });
};

/** The models that the operator configured, in the order in which they are asked; none: the template answers. */
export const createResponders = ({
  providers,
  policy,
}: Pick<Configuration, "providers" | "policy">): readonly AutoResponder[] =>
  providers.map((configured) => responderOf(configured, policy.providerTimeoutMs));
