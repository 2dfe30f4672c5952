import {
  type ConversationId,
  type ConversationPage,
  type ConversationSummary,
  countOf,
  type Id,
  type Message,
  type MessageRepository,
  peopleOf,
  type ReadPosition,
} from "@standin/core/ports";
import { badCursor, decodeCursor, encodeCursor } from "../cursor.ts";
import { firstOf } from "../first-of.ts";
import { type ConversationRecord, copyMessage, headOf, type MessageState, messageAt } from "./message-state.ts";

type Conversations = Pick<MessageRepository, "readPosition" | "markRead" | "conversations" | "peers">;

/** What a person sees of their conversations: how far they have read, what is unread, what is new. */
export const createConversations = (state: MessageState): Conversations => ({
  async readPosition(conversation: ConversationId, user: Id): Promise<ReadPosition> {
    return positionOf(state.conversations.get(conversation), user);
  },

  async markRead(conversation: ConversationId, user: Id, seq: number): Promise<ReadPosition> {
    const record = state.conversations.get(conversation);
    const reached = Math.min(seq, headOf(record)?.seq ?? 0);
    record?.readSeq.set(user, Math.max(reached, record.readSeq.get(user) ?? 0));
    return positionOf(record, user);
  },

  async conversations(user: Id, { limit, cursor }): Promise<ConversationPage> {
    const below = cursor === null ? null : lastShown(state, user, cursor);
    const rows = [...(state.conversationsOf.get(user) ?? [])]
      .flatMap((record) => {
        const lastMessage = messageAt(record, record.newsSeq.get(user));
        return lastMessage === null || (below !== null && lastMessage.id >= below) ? [] : { record, lastMessage };
      })
      .sort((one, other) => (one.lastMessage.id < other.lastMessage.id ? 1 : -1));
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      conversations: page.map(({ record, lastMessage }) => summaryOf(record, user, lastMessage)),
      nextCursor: last === undefined ? null : encodeCursor("conversations", last.lastMessage.id),
    };
  },

  async peers(user: Id, limit: number): Promise<readonly Id[]> {
    return firstOf(state.conversationsOf.get(user) ?? [], limit).map((record) => peerOf(record.id, user));
  },
});

/** The other person; in a conversation with oneself, oneself. */
const peerOf = (conversation: ConversationId, user: Id): Id => {
  const [low, high] = peopleOf(conversation);
  return low === user ? high : low;
};

/** Unread is the count of the other's messages at the head, less the count where the user has read to. */
const positionOf = (record: ConversationRecord | undefined, user: Id): ReadPosition => {
  const head = headOf(record);
  if (record === undefined || head === null) return { readSeq: 0, unread: 0 };
  const readSeq = record.readSeq.get(user) ?? 0;
  const read = messageAt(record, readSeq);
  const peer = peerOf(record.id, user);
  return { readSeq, unread: countOf(head, peer) - (read === null ? 0 : countOf(read, peer)) };
};

const summaryOf = (record: ConversationRecord, user: Id, lastMessage: Message): ConversationSummary => ({
  conversation: record.id,
  peer: peerOf(record.id, user),
  lastSeq: record.messages.length,
  lastRev: record.changes.length,
  ...positionOf(record, user),
  lastMessage: copyMessage(lastMessage),
});

/** The id of the message with which an earlier page ended. It is still there, since no message is ever removed. */
const lastShown = (state: MessageState, user: Id, cursor: string): Id => {
  const id = decodeCursor("conversations", cursor);
  const place = state.places.get(id);
  if (place === undefined || !peopleOf(place.conversation.id).includes(user)) throw badCursor();
  return id;
};
