import { type Prompt, ResponderError } from "@standin/core/ports";
import { field, type ProviderError } from "@standin/provider-http";
import type { ChatCompletionCreateParamsNonStreaming } from "openai/resources/chat/completions";

/** Far above four sentences, because what a model thinks counts as well. */
const maxTokens = 8192;

/**
 * One request for one answer. Temperature is left to the model: OpenAI's reasoning models refuse any other. The limit goes by the name
 * that the server knows: OpenAI's newer models refuse the old one, and other servers pass over the new one.
 */
export const completionRequest = (
  model: string,
  baseUrl: string,
  { instructions, data }: Prompt,
): ChatCompletionCreateParamsNonStreaming => ({
  model,
  messages: [
    { role: "system", content: instructions },
    { role: "user", content: data },
  ],
  ...(/(^|\.)openai\.com$/.test(new URL(baseUrl).hostname)
    ? { max_completion_tokens: maxTokens }
    : { max_tokens: maxTokens }),
});

const unusable = (what: string): ResponderError =>
  new ResponderError("unusable", { cause: new Error(`openai ${what}`) });

/**
 * The text of a chat completion.
 *
 * @throws {ResponderError} `refused` when the model or a filter declined; `unusable` when it is no whole text.
 */
export const textOf = (completion: unknown): string => {
  const choice = field(completion, "choices", 0);
  const [end, refusal] = [field(choice, "finish_reason"), field(choice, "message", "refusal")];
  if (end === "content_filter" || (typeof refusal === "string" && refusal !== ""))
    throw new ResponderError("refused", { cause: new Error("openai's model or filter declined") });
  if (end === "length") throw unusable("cut its answer off");
  const toolCalls = field(choice, "message", "tool_calls");
  if (end === "tool_calls" || end === "function_call" || (Array.isArray(toolCalls) && toolCalls.length > 0))
    throw unusable("called a tool that it was not given");
  // Other words for the end are let pass: servers that imitate this API have several for "stop".
  const content = field(choice, "message", "content");
  if (typeof content !== "string" || content.trim() === "") throw unusable("gave no text");
  return content.trim();
};

/** Codes by which a server declines a prompt before any model saw it. */
const declines: ReadonlySet<unknown> = new Set(["content_filter", "content_policy_violation"]);

/** What is in the body of an error, which OpenAI puts under `error` and some servers put at the top. */
export const explainOpenAiError = (body: unknown): ProviderError => {
  const error = field(body, "error") ?? body;
  const code = field(error, "code");
  return {
    reason: declines.has(code) ? "refused" : undefined,
    code: typeof code === "string" ? code : field(error, "type"),
  };
};
