import type { AutoResponder } from "@standin/core/ports";
import { apiVersion, type GeminiResponderOptions, geminiResponder, generationConfig } from "./gemini-responder.ts";
import { sdkWithFetch } from "./sdk-with-fetch.ts";

export type { GeminiResponderOptions } from "./gemini-responder.ts";

/**
 * A stand-in that answers with Gemini, over `@google/generative-ai`. The entry `./genai` has the same factory over `@google/genai`.
 *
 * @throws {TypeError} when the key or the address cannot be one.
 * @throws {RangeError} when the time limit cannot be one.
 * @example
 * const responder = createGeminiResponder({ apiKey: "AIza…" });
 */
export const createGeminiResponder = (options: GeminiResponderOptions): AutoResponder =>
  geminiResponder(options, ({ apiKey, model, baseUrl }) => async ({ instructions, data }, fetch) => {
    const { GoogleGenerativeAI } = sdkWithFetch(fetch);
    const { response } = await new GoogleGenerativeAI(apiKey)
      .getGenerativeModel({ model, systemInstruction: instructions, generationConfig }, { baseUrl, apiVersion })
      .generateContent(data);
    return response;
  });
