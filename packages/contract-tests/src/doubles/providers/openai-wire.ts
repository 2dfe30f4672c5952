import { type ProviderFault, type ProviderWire, textAt } from "./provider-wire.ts";

const faults: Readonly<Record<ProviderFault, readonly [status: number, type: string, code: string]>> = {
  unauthorized: [401, "invalid_request_error", "unauthorized"],
  "invalid-key": [401, "invalid_request_error", "invalid_api_key"],
  "rate-limited": [429, "requests", "rate_limit_exceeded"],
  "server-error": [500, "server_error", "internal_error"],
  unavailable: [503, "server_error", "overloaded"],
  "unknown-model": [404, "invalid_request_error", "model_not_found"],
  "prompt-blocked": [400, "invalid_request_error", "content_filter"],
};

const completion = (finishReason: string | null, message: object): object => ({
  id: "chatcmpl-double",
  object: "chat.completion",
  created: 1_893_456_000,
  model: "openai-double",
  choices: [
    {
      index: 0,
      message: { role: "assistant", content: null, refusal: null, ...message },
      logprobs: null,
      finish_reason: finishReason,
    },
  ],
  usage: { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
});

/** `/chat/completions`, as OpenAI and the servers that imitate it have it. */
export const openAiWire: ProviderWire = {
  basePath: "/v1",
  answer: (text) => completion("stop", { content: text }),
  answerInParts: (texts) => completion("stop", { content: texts.map((text) => ({ type: "text", text })) }),
  answerWithoutEnd: (text) => completion(null, { content: text }),
  thoughtfulAnswer: (thought, text) => completion("stop", { reasoning_content: thought, content: text }),
  cutOff: (text) => completion("length", { content: text }),
  toolCall: () =>
    completion("tool_calls", {
      tool_calls: [{ id: "call_1", type: "function", function: { name: "send_money", arguments: '{"amount":100}' } }],
    }),
  filtered: () => completion("content_filter", { content: "Well, the first" }),
  declined: () => completion("stop", { refusal: "I cannot help with that." }),
  wrongTypes: () => completion("stop", { content: 5 }),
  fault: (fault, detail, { code, retryAfterMs } = {}) => {
    const [status, type, ownCode] = faults[fault];
    return {
      status,
      headers: retryAfterMs === undefined ? {} : { "retry-after-ms": String(retryAfterMs) },
      body: { error: { message: detail, type, param: null, code: code ?? ownCode } },
    };
  },
  keyOf: ({ headers }) => (headers.authorization ?? "").replace(/^Bearer /, ""),
  instructionsOf: ({ body }) => textAt(body, "messages", 0, "content"),
};
