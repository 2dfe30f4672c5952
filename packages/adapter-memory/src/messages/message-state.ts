import { randomUUID } from "node:crypto";
import type { ConversationId, Id, Message, StandInJob } from "@standin/core/ports";
import type { SortedKeys } from "../sorted-keys.ts";

/** One conversation, with an index for each question that is asked of it. Exists from its first message on. */
export interface ConversationRecord {
  readonly id: ConversationId;
  /** The message with the number `seq` is at `seq - 1`. */
  readonly messages: Message[];
  /** The number of the message that the change `rev` changed is at `rev - 1`. */
  readonly changes: number[];
  /** Person → how far they have read. */
  readonly readSeq: Map<Id, number>;
  /** Person → the newest message that is news to them: their own, or the other's unless blocked. */
  readonly newsSeq: Map<Id, number>;
  /** Person → the newest message that they wrote in person. */
  readonly inPersonSeq: Map<Id, number>;
  /** Person → the messages that their stand-in wrote, ascending. */
  readonly standInSeqs: Map<Id, number[]>;
}

/** Everything that one message repository stores. Records are replaced, never changed, and copied on their way in and out. */
export interface MessageState {
  epoch: string;
  readonly conversations: Map<ConversationId, ConversationRecord>;
  readonly conversationsOf: Map<Id, Set<ConversationRecord>>;
  /** Message id → where it is. */
  readonly places: Map<Id, { readonly conversation: ConversationRecord; readonly seq: number }>;
  /** {@link sendKey} → the id of the message that was stored for it. */
  readonly sends: Map<string, Id>;
  /** The messages that a stand-in has answered. */
  readonly replies: Set<Id>;
  /** {@link noticeKey} of the notices that were sent. */
  readonly notices: Set<string>;
  readonly jobs: Map<Id, StandInJob>;
  /** Owner → the triggers of their jobs, by id. */
  readonly triggersOf: Map<Id, SortedKeys>;
  /** Owner → the triggers of their jobs that have not ended. */
  readonly openTriggersOf: Map<Id, Set<Id>>;
}

export const createMessageState = (): MessageState => ({
  epoch: randomUUID(),
  conversations: new Map(),
  conversationsOf: new Map(),
  places: new Map(),
  sends: new Map(),
  replies: new Set(),
  notices: new Set(),
  jobs: new Map(),
  triggersOf: new Map(),
  openTriggersOf: new Map(),
});

export const sendKey = (sender: Id, clientMsgId: string): string => `${sender} ${clientMsgId}`;

export const noticeKey = (message: Pick<Message, "conversation" | "sender" | "period">): string =>
  `${message.conversation} ${message.sender} ${message.period}`;

/** The entry of a map, made when it is missing. */
export const entryOf = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
};

export const messageAt = (conversation: ConversationRecord | undefined, seq: number | undefined): Message | null =>
  (seq === undefined ? undefined : conversation?.messages[seq - 1]) ?? null;

export const headOf = (conversation: ConversationRecord | undefined): Message | null =>
  conversation?.messages.at(-1) ?? null;

export const messageOf = (state: MessageState, id: Id | undefined): Message | null => {
  const place = id === undefined ? undefined : state.places.get(id);
  return messageAt(place?.conversation, place?.seq);
};

/** A copy, all the way down, of a message or of null. */
export const copyMessage = <Given extends Message | null>(message: Given): Given =>
  message === null
    ? message
    : { ...message, counts: [...message.counts], generator: message.generator && { ...message.generator } };

/** A copy, all the way down, of a job or of null. */
export const copyJob = <Given extends StandInJob | null>(job: Given): Given =>
  job === null ? job : { ...job, answer: job.answer && { ...job.answer, generator: { ...job.answer.generator } } };
