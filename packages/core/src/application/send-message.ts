import { isId, type Message } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Caller, SendInput, Via } from "./chat.ts";
import type { Context } from "./context.ts";
import { deliverMessage, readCorrespondents } from "./deliver-message.ts";
import { invalid, readClientMsgId, readContent } from "./input-rules.ts";
import { rules } from "./limits.ts";
import { takeOne } from "./rate-limits.ts";

/** The send path: checked, counted, delivered. */
export const sendMessage = async (
  context: Context,
  caller: Caller,
  input: SendInput,
  via: Via = {},
): Promise<Message> => {
  const { to } = input;
  if (typeof to !== "string" || to === "") throw invalid({ path: "to", message: "to and message are required" });
  const content = readContent(input.message);
  const clientMsgId = readClientMsgId(input.clientMsgId);
  await takeOne(context, rules.messages, caller.userId);
  if (!isId(to)) throw new ChatError("NOT_FOUND", { message: "User not found" });
  const people = await readCorrespondents(context, caller.userId, to);
  const id = context.ports.ids.id();
  return deliverMessage(context, people, { id, content, clientMsgId, inReplyTo: null, generator: null }, via);
};
