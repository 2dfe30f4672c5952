import { ResponderError } from "@standin/core/ports";
import { field, type ProviderError } from "@standin/provider-http";

/** Finish reasons and block reasons by which Gemini declines; the words of both lists are the API's own. */
const declines: ReadonlySet<unknown> = new Set([
  "SAFETY",
  "RECITATION",
  "BLOCKLIST",
  "PROHIBITED_CONTENT",
  "SPII",
  "IMAGE_SAFETY",
]);

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/**
 * The text of an answer to generateContent, without what the model thought on the way.
 *
 * @throws {ResponderError} `refused` when the prompt or the answer was stopped for safety or policy; `unusable` when it is no whole text.
 */
export const textOf = (answer: unknown): string => {
  const candidate = field(answer, "candidates", 0);
  const blocked = field(answer, "promptFeedback", "blockReason");
  if (candidate === undefined && blocked !== undefined)
    throw new ResponderError("refused", { cause: new Error("gemini blocked the prompt") });
  const end = field(candidate, "finishReason");
  if (declines.has(end)) throw new ResponderError("refused", { cause: new Error(`gemini stopped: ${end}`) });
  // Some servers that pass Gemini on say nothing of the end.
  if (end !== "STOP" && end !== undefined && end !== "FINISH_REASON_UNSPECIFIED")
    throw new ResponderError("unusable", { cause: new Error("gemini's answer did not come to its end") });
  const parts = listed(field(candidate, "content", "parts")).filter((part) => field(part, "thought") !== true);
  // A part may carry nothing but the signature of a thought.
  const texts = parts.map((part) => field(part, "text") ?? (field(part, "thoughtSignature") === undefined ? null : ""));
  const text = texts.join("").trim();
  if (text === "" || !texts.every((each) => typeof each === "string"))
    throw new ResponderError("unusable", { cause: new Error("gemini's answer is not a text") });
  return text;
};

/** `"34.07s"`, a google.protobuf.Duration, in milliseconds. */
const milliseconds = (duration: unknown): number | undefined =>
  typeof duration === "string" && /^\d{1,9}(\.\d{1,9})?s$/.test(duration)
    ? Math.ceil(Number(duration.slice(0, -1)) * 1000)
    : undefined;

/** What is in a google.rpc.Status: a wrong key is a 400 there, and the hint when to come back is in its details. */
export const explainGeminiError = (body: unknown): ProviderError => {
  const details = listed(field(body, "error", "details"));
  const ofType = (name: string): unknown =>
    details.find((detail) => field(detail, "@type") === `type.googleapis.com/google.rpc.${name}`);
  const wrongKey = field(ofType("ErrorInfo"), "reason") === "API_KEY_INVALID";
  return {
    reason: wrongKey ? "unauthorized" : undefined,
    code: wrongKey ? "API_KEY_INVALID" : field(body, "error", "status"),
    retryAfterMs: milliseconds(field(ofType("RetryInfo"), "retryDelay")),
  };
};
