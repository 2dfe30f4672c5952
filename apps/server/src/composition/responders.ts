import type { AutoResponder } from "@standin/core/ports";
import type { Provider } from "../configuration/providers.ts";
import type { Configuration } from "../configuration/read-configuration.ts";

/** What a provider needs is loaded with the first start that has the provider: it is large. */
const responderOf = async (configured: Provider, timeoutMs: number): Promise<AutoResponder> => {
  const { model, baseUrl } = configured;
  const common = { model, timeoutMs, ...(baseUrl !== undefined && { baseUrl }) };
  if (configured.provider === "gemini") {
    const { createGeminiResponder } = await import("@standin/adapter-gemini");
    return createGeminiResponder({ ...common, apiKey: configured.apiKey });
  }
  const { createOpenAiResponder } = await import("@standin/adapter-openai");
  const { apiKey } = configured;
  return createOpenAiResponder({ ...common, ...(apiKey !== undefined && { apiKey }) });
};

/** The models that the operator configured, in the order in which they are asked; none: the template answers. */
export const createResponders = ({
  providers,
  policy,
}: Pick<Configuration, "providers" | "policy">): Promise<readonly AutoResponder[]> =>
  Promise.all(providers.map((configured) => responderOf(configured, policy.providerTimeoutMs)));
