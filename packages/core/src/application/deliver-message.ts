import { conversationOf, declarationAt, type Id, type Message, type MessageDraft, type User } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Via } from "./chat.ts";
import type { Context } from "./context.ts";

/** The two people of a message that is about to be sent. */
export interface Correspondents {
  readonly sender: User;
  readonly recipient: User;
}

/** Reads both in one step. NOT_FOUND: no such recipient; UNAUTHORIZED: the sender is no more. */
export const readCorrespondents = async ({ ports }: Context, from: Id, to: Id): Promise<Correspondents> => {
  const people = await ports.users.findMany([from, to]);
  const sender = people.find(({ id }) => id === from);
  const recipient = people.find(({ id }) => id === to);
  if (recipient === undefined) throw new ChatError("NOT_FOUND", { message: "User not found" });
  if (sender === undefined) throw new ChatError("UNAUTHORIZED");
  return { sender, recipient };
};

/** What a person says; where it goes is for {@link Correspondents}. */
export type Words = Pick<MessageDraft, "id" | "content" | "clientMsgId" | "inReplyTo" | "generator">;

/** The way of everything that a person sends: committed with the stand-in's job in one step, then announced, then acknowledged. */
export const deliverMessage = async (
  { ports, standIn, announcements }: Context,
  { sender, recipient }: Correspondents,
  words: Words,
  via: Via,
): Promise<Message> => {
  const blocks = await ports.relations.between(sender.id, recipient.id);
  const now = ports.clock.now();
  const senderBusy = declarationAt(sender.declared, now).word === "BUSY";
  const draft: MessageDraft = {
    ...words,
    conversation: conversationOf(sender.id, recipient.id),
    sender: sender.id,
    recipient: recipient.id,
    at: now,
    origin: "person",
    period: senderBusy ? sender.period : null,
    blocked: blocks.some(({ owner }) => owner === recipient.id),
    messageOnly: false,
    notice: false,
    label: null,
    verdict: null,
    previousContent: null,
  };
  const { job, messageOnly } = await standIn.accept(draft, recipient);
  const result = await ports.messages.append({ ...draft, messageOnly }, job).catch((error: unknown) => {
    announcements.unknown(draft);
    throw error;
  });
  if (result.outcome === "conflict") {
    const message = "clientMsgId was used for another message";
    throw new ChatError("CONFLICT", { message, errors: [{ path: "clientMsgId", message }] });
  }
  const isNews = announcements.stored(result.message, result.outcome === "stored", via);
  if (result.outcome === "stored" && result.job !== null) standIn.wake(result.job);
  if (isNews && senderBusy) await standIn.ownerWrote(sender.id, draft.conversation);
  return result.message;
};
