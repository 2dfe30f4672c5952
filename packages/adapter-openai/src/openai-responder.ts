import { type AutoResponder, promptOf } from "@standin/core/ports";
import { callProvider, checkProviderSettings, type ProviderFetch } from "@standin/provider-http";
import { OpenAI } from "openai";
import { completionRequest, explainOpenAiError, textOf } from "./chat-completion.ts";

export interface OpenAiResponderOptions {
  /** Left out for a server that asks for none. The environment is never read. */
  readonly apiKey?: string;
  /** As the server names it, such as `gpt-5-mini` or `llama3.2`. */
  readonly model: string;
  /** What comes before `/chat/completions`. Default: OpenAI's, `https://api.openai.com/v1`. */
  readonly baseUrl?: string;
  /** For a whole call, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** Lets these headers out and no others: the SDK adds some about this machine, and what OPENAI_CUSTOM_HEADERS says. */
const withPlainHeaders =
  (fetch: ProviderFetch, apiKey: string | undefined): ProviderFetch =>
  (input, init) => {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const key = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
    return fetch(input, { ...init, headers: { ...headers, ...key } });
  };

/**
 * A stand-in that answers with a model of OpenAI, or of any server with `/chat/completions`: Ollama, vLLM, llama.cpp, LM Studio.
 *
 * @throws {TypeError} when the key, the model or the address cannot be one.
 * @throws {RangeError} when the time limit cannot be one.
 * @example
 * const responder = createOpenAiResponder({ model: "llama3.2", baseUrl: "http://127.0.0.1:11434/v1" });
 */
export const createOpenAiResponder = (options: OpenAiResponderOptions): AutoResponder => {
  const { apiKey, model, baseUrl, timeoutMs } = checkProviderSettings({
    apiKey: options.apiKey,
    model: options.model,
    baseUrl: options.baseUrl ?? "https://api.openai.com/v1",
    timeoutMs: options.timeoutMs ?? 10_000,
  });
  const connect = (fetch: ProviderFetch): OpenAI =>
    new OpenAI({
      // Said outright, because the SDK would take what is not said from environment variables, and insists on some key.
      apiKey: apiKey ?? "none",
      adminAPIKey: null,
      organization: null,
      project: null,
      baseURL: baseUrl,
      maxRetries: 0,
      logLevel: "off",
      fetch: withPlainHeaders(fetch, apiKey),
    });
  return {
    provider: "openai",
    respond: (request, signal) =>
      callProvider({
        provider: "openai",
        timeoutMs,
        signal,
        explain: explainOpenAiError,
        ask: async (fetch) => {
          const body = completionRequest(model, baseUrl, promptOf(request));
          return { text: textOf(await connect(fetch).chat.completions.create(body)), model };
        },
      }),
  };
};
