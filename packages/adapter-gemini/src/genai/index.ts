import { GoogleGenAI } from "@google/genai";
import type { AutoResponder } from "@standin/core/ports";
import { apiVersion, type GeminiResponderOptions, geminiResponder, generationConfig } from "../gemini-responder.ts";

export type { GeminiResponderOptions } from "../gemini-responder.ts";

/**
 * A stand-in that answers with Gemini, over the maintained `@google/genai`, which must be installed beside this package.
 *
 * @throws {TypeError} when the key or the address cannot be one.
 * @throws {RangeError} when the time limit cannot be one.
 * @example
 * const responder = createGeminiResponder({ apiKey: "AIza…", model: "gemini-flash-latest" });
 */
export const createGeminiResponder = (options: GeminiResponderOptions): AutoResponder =>
  geminiResponder(options, ({ apiKey, model, baseUrl }) => {
    // Said outright, because the SDK would take what is not said from environment variables.
    const client = new GoogleGenAI({ apiKey, vertexai: false, apiVersion, httpOptions: { baseUrl } });
    return ({ instructions, data }, fetch) =>
      client.models.generateContent({
        model,
        contents: data,
        config: {
          ...generationConfig,
          systemInstruction: instructions,
          // By default it asks again and again while the answer says so.
          automaticContinuation: false,
          httpOptions: { fetch },
        },
      });
  });
