import {
  type ConversationId,
  type ConversationSummary,
  countOf,
  type Id,
  isId,
  type MessageRepository,
  peopleOf,
  type ReadPosition,
} from "@standin/core/ports";
import { type Access, findList } from "../access.ts";
import { badCursor, readCursor, writeCursor } from "../cursor.ts";
import { type ConversationDocument, rowKey } from "../documents/conversation.ts";
import { type MessageDocument, messageFrom, sideOf } from "../documents/message.ts";
import type { TimeLimit } from "../time-limit.ts";
import { isThe, toObjectId } from "../values.ts";
import type { Reader } from "./read.ts";

type Conversations = Pick<MessageRepository, "readPosition" | "markRead" | "conversations" | "peers">;

/** The other person; in a conversation with oneself, oneself. */
const peerOf = (conversation: ConversationId, user: Id): Id => {
  const [low, high] = peopleOf(conversation);
  return low === user ? high : low;
};

const isOf = (conversation: ConversationId, user: Id): { readonly _id: { readonly $eq: string } } => ({
  _id: { $eq: rowKey(user, peerOf(conversation, user)) },
});

const nothingRead: ReadPosition = { readSeq: 0, unread: 0 };

/** What one person sees of their conversations: which there are is in `conversations`, what is in them is read from `messages`. */
export const createConversations = ({ conversations, run }: Access, reader: Reader): Conversations => {
  /** Unread is the count of the other's messages at the head, less the count where the user has read to. */
  const positionAt = async (
    head: MessageDocument,
    user: Id,
    readSeq: number,
    time: TimeLimit,
  ): Promise<ReadPosition> => {
    const { conversation } = head;
    const peer = peerOf(conversation, user);
    const read = readSeq === head.seq ? head : await reader.at(conversation, readSeq, time);
    return { readSeq, unread: countOf(head, peer) - (read === null ? 0 : countOf(read, peer)) };
  };

  /** null: the row was made, and its first message never stored. */
  const summaryOf = async (
    { conversation, peer, readSeq }: ConversationDocument,
    user: Id,
    time: TimeLimit,
  ): Promise<ConversationSummary | null> => {
    const [head, lastRev] = await Promise.all([reader.head(conversation, time), reader.lastRev(conversation, time)]);
    const newsSeq = head?.news[sideOf(conversation, user)] ?? 0;
    if (head === null || newsSeq === 0) return null;
    const [position, news] = await Promise.all([
      positionAt(head, user, readSeq, time),
      newsSeq === head.seq ? head : reader.at(conversation, newsSeq, time),
    ]);
    const lastMessage = news === null ? null : messageFrom(news);
    return { conversation, peer: peer.toHexString(), lastSeq: head.seq, lastRev, ...position, lastMessage };
  };

  /** The row with which an earlier page of this user ended. */
  const endOfPage = (user: Id, cursor: string): Id => {
    const [kind, owner, id = "", ...rest] = readCursor(cursor);
    if (kind !== "conversations" || owner !== user || !isId(id) || rest.length > 0) throw badCursor();
    return id;
  };

  return {
    readPosition: (conversation, user) =>
      run(async (time) => {
        const [row, head] = await Promise.all([
          conversations.findOne(isOf(conversation, user), time.options()),
          reader.head(conversation, time),
        ]);
        return row === null || head === null ? nothingRead : positionAt(head, user, row.readSeq, time);
      }),
    markRead: (conversation, user, seq) =>
      run(async (time) => {
        const head = await reader.head(conversation, time);
        if (head === null) return nothingRead;
        const row = await conversations.findOneAndUpdate(
          isOf(conversation, user),
          { $max: { readSeq: Math.min(seq, head.seq) } },
          { returnDocument: "after", ...time.options() },
        );
        return row === null ? nothingRead : positionAt(head, user, row.readSeq, time);
      }),
    conversations: (user, { limit, cursor }) =>
      run(async (time) => {
        const before = cursor === null ? {} : { $lt: toObjectId(endOfPage(user, cursor)) };
        const filter = { user: isThe(user), lastVisible: { $exists: true, ...before } };
        // One more than is shown tells whether there are more.
        const rows = await findList(conversations, filter, { sort: { lastVisible: -1 }, limit: limit + 1, time });
        const shown = rows.slice(0, limit);
        const summaries = await Promise.all(shown.map((row) => summaryOf(row, user, time)));
        const end = rows.length > limit ? shown.at(-1)?.lastVisible?.toHexString() : undefined;
        return {
          conversations: summaries.filter((summary) => summary !== null),
          nextCursor: end === undefined ? null : writeCursor(["conversations", user, end]),
        };
      }),
    peers: (user, limit) =>
      run(async (time) => {
        const rows = await findList(conversations, { user: isThe(user) }, { sort: { lastVisible: -1 }, limit, time });
        const isThere = async ({ newsSeq, conversation }: ConversationDocument): Promise<boolean> =>
          newsSeq > 0 || (await reader.head(conversation, time)) !== null;
        const there = await Promise.all(rows.map(isThere));
        return rows.filter((_, index) => there[index]).map(({ peer }) => peer.toHexString());
      }),
  };
};
