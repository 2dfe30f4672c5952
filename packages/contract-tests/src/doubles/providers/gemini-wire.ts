import { type ProviderFault, type ProviderWire, textAt } from "./provider-wire.ts";

const faults: Readonly<Record<Exclude<ProviderFault, "prompt-blocked">, readonly [status: number, code: string]>> = {
  unauthorized: [401, "UNAUTHENTICATED"],
  "invalid-key": [400, "INVALID_ARGUMENT"],
  "rate-limited": [429, "RESOURCE_EXHAUSTED"],
  "server-error": [500, "INTERNAL"],
  unavailable: [503, "UNAVAILABLE"],
  "unknown-model": [404, "NOT_FOUND"],
};

const modelVersion = "gemini-double";
const usageMetadata = { promptTokenCount: 7, candidatesTokenCount: 5, totalTokenCount: 12 };
const candidate = (finishReason: string | undefined, ...parts: readonly object[]): object => ({
  candidates: [{ content: { role: "model", parts }, finishReason, index: 0 }],
  usageMetadata,
  modelVersion,
});

/** Version v1beta of generateContent of the Gemini API. */
export const geminiWire: ProviderWire = {
  basePath: "",
  answer: (text) => candidate("STOP", { text }),
  answerInParts: (texts) => candidate("STOP", ...texts.map((text) => ({ text })), { thoughtSignature: "c2lnbmVk" }),
  answerWithoutEnd: (text) => candidate(undefined, { text }),
  thoughtfulAnswer: (thought, text) => candidate("STOP", { text: thought, thought: true }, { text }),
  cutOff: (text) => candidate("MAX_TOKENS", { text }),
  toolCall: () => candidate("STOP", { functionCall: { name: "send_money", args: { amount: 100 } } }),
  filtered: () => ({
    candidates: [
      {
        finishReason: "SAFETY",
        index: 0,
        safetyRatings: [{ category: "HARM_CATEGORY_HARASSMENT", probability: "HIGH", blocked: true }],
      },
    ],
    usageMetadata,
    modelVersion,
  }),
  declined: () => candidate("PROHIBITED_CONTENT"),
  wrongTypes: () => candidate("STOP", { text: 5 }),
  fault: (fault, detail, { code, retryAfterMs } = {}) => {
    if (fault === "prompt-blocked")
      return { status: 200, body: { promptFeedback: { blockReason: "SAFETY" }, usageMetadata, modelVersion } };
    const [status, ownCode] = faults[fault];
    const type = (name: string): object => ({ "@type": `type.googleapis.com/google.rpc.${name}` });
    const details = [
      ...(fault === "invalid-key"
        ? [{ ...type("ErrorInfo"), reason: "API_KEY_INVALID", domain: "googleapis.com" }]
        : []),
      ...(retryAfterMs === undefined ? [] : [{ ...type("RetryInfo"), retryDelay: `${retryAfterMs / 1000}s` }]),
    ];
    return { status, body: { error: { code: status, message: detail, status: code ?? ownCode, details } } };
  },
  keyOf: ({ headers }) => String(headers["x-goog-api-key"] ?? ""),
  instructionsOf: ({ body }) => textAt(body, "systemInstruction", "parts", 0, "text"),
};
