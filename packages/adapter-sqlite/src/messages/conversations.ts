import {
  type ConversationPage,
  type ConversationSummary,
  type Id,
  type MessageRepository,
  peopleOf,
  type ReadPosition,
} from "@standin/core/ports";
import type { Access } from "../access.ts";
import { badCursor, readCursor, writeCursor } from "../cursor.ts";
import { afterAllText } from "../database.ts";
import { type MessageRow, messageFrom } from "../rows/message.ts";

type Conversations = Pick<MessageRepository, "readPosition" | "markRead" | "conversations" | "peers">;

/** Where a participant stands: the counts at the head less the counts at the read position are what is unread. */
interface PositionRow {
  readonly user: Id;
  readonly conversation: string;
  readonly peer: Id;
  readonly read_seq: number;
  readonly head_seq: number;
  readonly new_low: number;
  readonly new_high: number;
}

const positionColumns = `p.user, p.conversation, p.peer, p.read_seq, head.seq AS head_seq,
  head.count_low - coalesce(seen.count_low, 0) AS new_low, head.count_high - coalesce(seen.count_high, 0) AS new_high`;

// CROSS JOIN keeps the order of the tables: each is one look-up for a row of the one before.
const positionTables = `participants p
  CROSS JOIN messages head ON head.conversation = p.conversation
    AND head.seq = (SELECT max(seq) FROM messages WHERE conversation = p.conversation)
  LEFT JOIN messages seen ON seen.conversation = p.conversation AND seen.seq = p.read_seq`;

const unreadOf = ({ conversation, peer, new_low, new_high }: PositionRow): number =>
  peer === peopleOf(conversation)[0] ? new_low : new_high;

type SummaryRow = PositionRow & MessageRow & { readonly last_rev: number };

const summaryFrom = (row: SummaryRow): ConversationSummary => ({
  conversation: row.conversation,
  peer: row.peer,
  lastSeq: row.head_seq,
  lastRev: row.last_rev,
  readSeq: row.read_seq,
  unread: unreadOf(row),
  lastMessage: messageFrom(row),
});

const positionFrom = (row: PositionRow | undefined): ReadPosition =>
  row === undefined ? { readSeq: 0, unread: 0 } : { readSeq: row.read_seq, unread: unreadOf(row) };

/** What one person sees of their conversations, from the table `participants` and the counts that each message carries. */
export const createConversations = ({ prepare, read, write }: Access): Conversations => {
  const position = prepare<PositionRow>(
    `SELECT ${positionColumns} FROM ${positionTables} WHERE p.user = ? AND p.conversation = ?`,
  );
  const moveForward = prepare(
    `UPDATE participants SET read_seq = min(:seq, (SELECT max(seq) FROM messages WHERE conversation = :conversation))
     WHERE user = :user AND conversation = :conversation AND read_seq < :seq`,
  );
  const summaries = prepare<SummaryRow>(
    `SELECT last.*, ${positionColumns},
       coalesce((SELECT max(rev) FROM messages WHERE conversation = p.conversation AND rev IS NOT NULL), 0) AS last_rev
     FROM ${positionTables} CROSS JOIN messages last ON last.id = p.last_visible
     WHERE p.user = ? AND p.last_visible < ? ORDER BY p.last_visible DESC LIMIT ?`,
  );
  const peers = prepare<{ readonly peer: Id }>(
    "SELECT peer FROM participants WHERE user = ? ORDER BY last_visible DESC LIMIT ?",
  );

  const heard = prepare(
    `SELECT 1 FROM messages m CROSS JOIN participants p ON p.user = ? AND p.conversation = m.conversation WHERE m.id = ?`,
  );

  /** The id of the message with which an earlier page of this user ended. It is still there: no message is ever removed. */
  const endOfPage = (user: Id, cursor: string): Id => {
    const [kind, id = "", ...rest] = readCursor(cursor);
    if (kind !== "conversation" || rest.length > 0 || heard.get(user, id) === undefined) throw badCursor();
    return id;
  };

  const pageOf = (user: Id, limit: number, cursor: string | null): ConversationPage => {
    const before = cursor === null ? afterAllText : endOfPage(user, cursor);
    // One more than is shown tells whether there are more.
    const rows = summaries.all(user, before, limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      conversations: shown.map(summaryFrom),
      nextCursor: rows.length > limit && last !== undefined ? writeCursor(["conversation", last.id]) : null,
    };
  };

  return {
    readPosition: (conversation, user) => read(() => positionFrom(position.get(user, conversation))),
    markRead: (conversation, user, seq) =>
      write(() => {
        moveForward.run({ user, conversation, seq });
        return positionFrom(position.get(user, conversation));
      }),
    conversations: (user, { limit, cursor }) => read(() => pageOf(user, limit, cursor)),
    peers: (user, limit) => read(() => peers.all(user, limit).map(({ peer }) => peer)),
  };
};
