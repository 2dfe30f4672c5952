import type { ConversationId, Id } from "./ids.ts";

/** Who wrote: a person, the stand-in of a busy person, or the server. */
export type Origin = "person" | "standin" | "system";

/** What the owner has said of a stand-in's message since. */
export type Verdict = "unconfirmed" | "confirmed" | "corrected" | "withdrawn";

/** What wrote a stand-in's message. */
export type Generator =
  | { readonly provider: "template" }
  | { readonly provider: "gemini" | "openai"; readonly model: string };

/** One message, as stored. All of it but what a verdict changes is fixed once it is committed. */
export interface Message {
  /** Made before the first try to store it, and monotonic within a process, also when the clock goes back. */
  readonly id: Id;
  readonly conversation: ConversationId;
  readonly sender: Id;
  readonly recipient: Id;
  readonly content: string;
  /** When it was accepted, in milliseconds since the epoch. Never decides an order. */
  readonly at: number;
  /** 1, 2, 3 … without holes within the conversation, in commit order. Given by the store. */
  readonly seq: number;
  readonly origin: Origin;
  /** The id by which the sender's client makes a send repeatable. */
  readonly clientMsgId: string | null;
  /** The sender's period of BUSY in which it was written; null when the sender was not BUSY. */
  readonly period: number | null;
  /** The recipient had blocked the sender: stored, never pushed, counted or answered. Stays so. */
  readonly blocked: boolean;
  /** Written while its sender wanted a message to be kept and nothing else (`messageOnly`): never answered, never shown to a model. Stays so. */
  readonly messageOnly: boolean;
  /** How many messages each of the two has sent up to and with this one that count as unread for the other: [lower id, higher id]. Given by the store. */
  readonly counts: readonly [number, number];
  /** The number of its last change within the conversation (1, 2, 3 …, unique); null: never changed. Given by the store. */
  readonly rev: number | null;
  /** The message that this one answers. Unique among stand-in messages. */
  readonly inReplyTo: Id | null;
  readonly generator: Generator | null;
  /** Fixed text of the stand-in: at most one per conversation, sender and period. */
  readonly notice: boolean;
  /** "<name>'s assistant", on stand-in messages only. */
  readonly label: string | null;
  readonly verdict: Verdict | null;
  /** What a corrected or withdrawn message said before. */
  readonly previousContent: string | null;
}

/** A message before the store gave it its place. */
export type MessageDraft = Omit<Message, "seq" | "counts" | "rev">;

/** How much of `of`'s writing up to this message counts as unread for the other person. */
export const countOf = (message: Pick<Message, "conversation" | "counts">, of: Id): number =>
  message.counts[message.conversation.startsWith(of) ? 0 : 1];

/** The message as one of its two people may see it: nobody learns of a block against them, of another's client ids, or of withdrawn words. */
export const messageFor = (message: Message, viewer: Id): Message => ({
  ...message,
  clientMsgId: message.sender === viewer ? message.clientMsgId : null,
  blocked: message.blocked && message.recipient === viewer,
  previousContent: message.verdict === "withdrawn" && message.sender !== viewer ? null : message.previousContent,
});
