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

const refused = (): ResponderError =>
  new ResponderError("refused", { cause: new Error("openai's model or filter declined") });

const isFilled = (value: unknown): boolean => typeof value === "string" && value !== "";

/** The text of a message's content: a string, or a list of parts, of which those that are no text, such as thoughts, are passed over. */
const contentOf = (content: unknown): string => {
  if (!Array.isArray(content)) return typeof content === "string" ? content : "";
  if (content.some((part) => isFilled(field(part, "refusal")))) throw refused();
  const texts = content.filter((part) => field(part, "type") === "text").map((part) => field(part, "text"));
  return texts.every((text) => typeof text === "string") ? texts.join("") : "";
};

/**
 * The text of a chat completion.
 *
 * @throws {ResponderError} `refused` when the model or a filter declined; `unusable` when it is no whole text.
 */
export const textOf = (completion: unknown): string => {
  const choice = field(completion, "choices", 0);
  const end = field(choice, "finish_reason");
  if (end === "content_filter" || isFilled(field(choice, "message", "refusal"))) throw refused();
  if (end === "length") throw unusable("cut its answer off");
  const toolCalls = field(choice, "message", "tool_calls");
  if (end === "tool_calls" || end === "function_call" || (Array.isArray(toolCalls) && toolCalls.length > 0))
    throw unusable("called a tool that it was not given");
  // Other words for the end are let pass: servers that imitate this API have several for "stop".
  const text = contentOf(field(choice, "message", "content")).trim();
  if (text === "") throw unusable("gave no text");
  return text;
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
