import type { ProviderBehaviour, ProviderDouble } from "@standin/contract-tests/doubles";

/** A model that says this. */
export const says =
  (text: string): ProviderBehaviour =>
  ({ wire, response }) =>
    void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(wire.answer(text)));

/** The environment of a server that asks this model. It has time, since the model answers when a test lets it. */
export const modelAt = ({ baseUrl }: ProviderDouble): Readonly<Record<string, string>> => ({
  OPENAI_BASE_URL: baseUrl,
  OPENAI_API_KEY: "none",
  OPENAI_MODEL: "llama3.2",
  AI_MERGE_WINDOW_MS: "50",
  AI_TIMEOUT_MS: "300000",
  AI_TOTAL_TIMEOUT_MS: "300000",
});
