import type { Message, Verdict } from "../../domain/index.ts";
import { ChatError } from "../../errors/chat-error.ts";
import type { Caller } from "../chat.ts";
import type { Context } from "../context.ts";
import { invalid, readContent, readId } from "../input-rules.ts";
import type { VerdictInput } from "../stand-in-calls.ts";

const verdicts: readonly Verdict[] = ["unconfirmed", "confirmed", "corrected", "withdrawn"];

/** What the message says after the verdict: the owner's words, nothing, or what the assistant said first. */
const contentAfter = (message: Message, { verdict, content }: VerdictInput): string => {
  if (verdict === "corrected") return readContent(content, "content");
  if (content !== undefined && content !== null)
    throw invalid({ path: "content", message: "content goes with corrected only" });
  return verdict === "withdrawn" ? "" : (message.previousContent ?? message.content);
};

/** The owner confirms, corrects or withdraws what was said in their name; both people are told (R29). */
export const judge = async (
  { ports }: Context,
  caller: Caller,
  messageId: string,
  input: VerdictInput,
): Promise<Message> => {
  const { messages, events } = ports;
  const { verdict } = input;
  if (!verdicts.includes(verdict))
    throw invalid({ path: "verdict", message: `verdict must be one of ${verdicts.join(", ")}` });
  const id = readId(messageId, "id", "a message");
  const message = await messages.find(id);
  if (message === null || message.origin !== "standin" || message.sender !== caller.userId)
    throw new ChatError("NOT_FOUND", { message: "Message not found" });
  const updated = await messages.amend(id, { verdict, content: contentAfter(message, input) });
  if (updated === null) throw new ChatError("CONFLICT", { message: "This message was withdrawn" });
  events.publish({ type: "message-changed", message: updated });
  return updated;
};
