import {
  type ConversationId,
  type Generator,
  type Id,
  type Message,
  type MessageDraft,
  type Origin,
  peopleOf,
  type StandInJobDraft,
  type Verdict,
} from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { type Present, present, storedText, toObjectId } from "../values.ts";
import { firstJobDocument, type JobDocument } from "./job.ts";

/** A number for each of the two people of a conversation: [lower id, higher id]. */
type Pair = readonly [number, number];

/**
 * What a conversation adds up to, with one message as the last. Each message carries it on from the one before, so that
 * nothing is ever counted or searched for.
 */
export interface Head {
  readonly seq: number;
  /** How many messages each has sent that count as unread for the other. */
  readonly counts: Pair;
  /** The number of the newest message that is news to each: their own, or the other's unless blocked. 0: none. */
  readonly news: Pair;
  /** The number of the newest message that each wrote in person. 0: none. */
  readonly inPerson: Pair;
}

/** A document of `messages`: sender, recipient, content and timestamp are the documented fields. */
export type MessageDocument = Head &
  Present<{
    readonly _id: ObjectId;
    readonly conversation: ConversationId;
    readonly sender: ObjectId;
    readonly recipient: ObjectId;
    readonly content: string;
    readonly timestamp: Date;
    readonly origin: Origin;
    readonly clientMsgId: string | null;
    readonly period: number | null;
    readonly blocked: boolean;
    /** true, or absent. */
    readonly messageOnly: true | null;
    readonly rev: number | null;
    readonly inReplyTo: ObjectId | null;
    readonly generator: Generator | null;
    readonly notice: boolean;
    readonly label: string | null;
    readonly verdict: Verdict | null;
    readonly previousContent: string | null;
    readonly job: JobDocument | null;
  }>;

/** The head of a conversation without messages. */
export const noHead: Head = { seq: 0, counts: [0, 0], news: [0, 0], inPerson: [0, 0] };

/** Which number of a {@link Pair} is the person's. */
export const sideOf = (conversation: ConversationId, person: Id): 0 | 1 =>
  peopleOf(conversation)[0] === person ? 0 : 1;

const replaced = ([low, high]: Pair, side: 0 | 1, value: number): Pair => (side === 0 ? [value, high] : [low, value]);

const headAfter = (head: Head, draft: MessageDraft): Head => {
  const seq = head.seq + 1;
  const side = sideOf(draft.conversation, draft.sender);
  const otherSide = sideOf(draft.conversation, draft.recipient);
  const isCounted = !draft.blocked && draft.sender !== draft.recipient;
  const own = replaced(head.news, side, seq);
  return {
    seq,
    counts: isCounted ? replaced(head.counts, side, head.counts[side] + 1) : head.counts,
    news: draft.blocked ? own : replaced(own, otherSide, seq),
    inPerson: draft.origin === "person" ? replaced(head.inPerson, side, seq) : head.inPerson,
  };
};

/** The document of a new message as the next after `head`. */
export const messageDocument = (draft: MessageDraft, head: Head, job: StandInJobDraft | null): MessageDocument => ({
  ...present({
    _id: toObjectId(draft.id),
    sender: toObjectId(draft.sender),
    recipient: toObjectId(draft.recipient),
    content: storedText(draft.content),
    timestamp: new Date(draft.at),
    conversation: draft.conversation,
    origin: draft.origin,
    clientMsgId: draft.clientMsgId,
    period: draft.period,
    blocked: draft.blocked,
    messageOnly: draft.messageOnly ? (true as const) : null,
    rev: null,
    inReplyTo: draft.inReplyTo === null ? null : toObjectId(draft.inReplyTo),
    generator: draft.generator === null ? null : { ...draft.generator },
    notice: draft.notice,
    label: draft.label === null ? null : storedText(draft.label),
    verdict: draft.verdict,
    previousContent: draft.previousContent === null ? null : storedText(draft.previousContent),
    job: job === null ? null : firstJobDocument(job),
  }),
  ...headAfter(head, draft),
});

export const messageFrom = (document: MessageDocument): Message => ({
  id: document._id.toHexString(),
  conversation: document.conversation,
  sender: document.sender.toHexString(),
  recipient: document.recipient.toHexString(),
  content: document.content,
  at: document.timestamp.getTime(),
  seq: document.seq,
  origin: document.origin,
  clientMsgId: document.clientMsgId ?? null,
  period: document.period ?? null,
  blocked: document.blocked,
  messageOnly: document.messageOnly ?? false,
  counts: [document.counts[0], document.counts[1]],
  rev: document.rev ?? null,
  inReplyTo: document.inReplyTo?.toHexString() ?? null,
  generator: document.generator === undefined ? null : { ...document.generator },
  notice: document.notice,
  label: document.label ?? null,
  verdict: document.verdict ?? null,
  previousContent: document.previousContent ?? null,
});
