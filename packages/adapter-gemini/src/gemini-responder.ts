import { type AutoResponder, type Prompt, promptOf } from "@standin/core/ports";
import { callProvider, checkProviderSettings, type ProviderFetch } from "@standin/provider-http";
import { explainGeminiError, textOf } from "./gemini-wire.ts";

export interface GeminiResponderOptions {
  /** From Google AI Studio. It travels in a header, never in an address. */
  readonly apiKey: string;
  /** Default: `gemini-pro-latest`. */
  readonly model?: string;
  /** Without the version of the API. Default: Google's, `https://generativelanguage.googleapis.com`. */
  readonly baseUrl?: string;
  /** For a whole call, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** What a client of either SDK is made of. */
export interface GeminiSettings {
  readonly apiKey: string;
  readonly model: string;
  readonly baseUrl: string;
}

/** Sends one generateContent through `fetch`; resolves to its answer as the SDK gives it. */
export type AskGemini = (prompt: Prompt, fetch: ProviderFetch) => Promise<unknown>;

/** For both SDKs. The limit is far above four sentences because thinking counts; temperature is left to the model, as Google advises. */
export const generationConfig: { readonly maxOutputTokens: number } = { maxOutputTokens: 8192 };

/** The version that both SDKs must ask for; it is the one that knows systemInstruction. */
export const apiVersion = "v1beta";

/** The part of the adapter that does not depend on the SDK. */
export const geminiResponder = (
  options: GeminiResponderOptions,
  connect: (settings: GeminiSettings) => AskGemini,
): AutoResponder => {
  // Whoever has no types may have left the key out; no key is not a key.
  const { apiKey = "" } = options;
  const { model, baseUrl, timeoutMs } = checkProviderSettings({
    apiKey,
    model: options.model ?? "gemini-pro-latest",
    baseUrl: options.baseUrl ?? "https://generativelanguage.googleapis.com",
    timeoutMs: options.timeoutMs ?? 10_000,
  });
  const askGemini = connect({ apiKey, model, baseUrl });
  return {
    provider: "gemini",
    respond: (request, signal) =>
      callProvider({
        provider: "gemini",
        timeoutMs,
        signal,
        explain: explainGeminiError,
        ask: async (fetch) => ({ text: textOf(await askGemini(promptOf(request), fetch)), model }),
      }),
  };
};
