import type { Id, Logger, Message, MessageDraft } from "@standin/core/ports";
import type { AnyBulkWriteOperation, ObjectId } from "mongodb";
import type { Access } from "../access.ts";
import { type ConversationDocument, rowKey } from "../documents/conversation.ts";
import { upsert } from "../driver-error.ts";
import { createRecentMap } from "../recent-map.ts";
import type { TimeLimit } from "../time-limit.ts";
import { toObjectId } from "../values.ts";
import { createBatches } from "./batches.ts";

/** How many rows are remembered to be there. */
const rowsKept = 20_000;

/** What moving up leaves of a call's time, in milliseconds: the message is stored, and that is what the caller is to hear. */
const reserveMs = 100;

type Operation = AnyBulkWriteOperation<ConversationDocument>;
type Letter = Pick<Message, "id" | "conversation" | "sender" | "recipient" | "blocked">;

/** One person's side of a message. */
interface Side {
  readonly user: Id;
  readonly peer: Id;
  /** Is the message news to this person? */
  readonly isNews: boolean;
}

const sidesOf = ({ sender, recipient, blocked }: Letter): readonly Side[] => [
  { user: sender, peer: recipient, isNews: true },
  ...(recipient === sender ? [] : [{ user: recipient, peer: sender, isNews: !blocked }]),
];

/** The rows of `conversations`: one for each person of a conversation, there before its first message is. */
export interface ConversationRows {
  /** Are both rows remembered as ready for this message? */
  areReady(draft: MessageDraft): boolean;
  /** Makes the rows that are missing, durably, so that no crash after the insert leaves out a conversation. */
  prepare(draft: MessageDraft, time: TimeLimit): Promise<void>;
  /** Moves the conversation up in the lists of those to whom the stored message is news. Never rejects: what is lost is at most an order. */
  moveUp(message: Message, time: TimeLimit): Promise<void>;
  forgetAll(): void;
}

const keyOf = ({ user, peer }: Side): string => rowKey(user, peer);

const newsOf = ({ id }: Letter, { isNews }: Side): { readonly lastVisible?: ObjectId } =>
  isNews ? { lastVisible: toObjectId(id) } : {};

/** The call that must end first comes first. */
const inOrderOfTime = (batch: readonly { readonly time: TimeLimit }[]): readonly TimeLimit[] =>
  batch.map(({ time }) => time).toSorted((one, other) => one.left() - other.left());

const batching = { maxBatch: 128, maxInFlight: 4 };

/** How one row comes to be. */
interface NewRow {
  readonly key: string;
  readonly isNews: boolean;
  /** Makes it, if it is missing. */
  readonly make: Operation;
  /** Gives it a place in the list, if it was there without. */
  readonly list: Operation;
}

interface Preparation {
  readonly rows: readonly NewRow[];
  readonly time: TimeLimit;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Move {
  readonly message: Message;
  readonly time: TimeLimit;
  readonly settle: () => void;
}

export const createConversationRows = (
  { conversations }: Pick<Access, "conversations">,
  logger: Logger | undefined,
): ConversationRows => {
  /** Row → has it news? */
  const known = createRecentMap<string, boolean>(rowsKept);

  const isReady = (side: Side): boolean => {
    const hasNews = known.get(keyOf(side));
    return hasNews === true || (hasNews === false && !side.isNews);
  };

  const newRow = (draft: MessageDraft, side: Side): NewRow => {
    const key = keyOf(side);
    const filter = { _id: { $eq: key } };
    const people = { user: toObjectId(side.user), peer: toObjectId(side.peer), conversation: draft.conversation };
    const row = { ...people, readSeq: 0, newsSeq: 0, ...newsOf(draft, side) };
    const withoutNews = { ...filter, lastVisible: { $exists: false } };
    return {
      key,
      isNews: side.isNews,
      make: { updateOne: { filter, update: { $setOnInsert: row }, upsert: true } },
      list: { updateOne: { filter: withoutNews, update: { $set: newsOf(draft, side) } } },
    };
  };

  const write = async (rows: readonly NewRow[]): Promise<void> => {
    const unordered = { ordered: false };
    const makes = rows.map(({ make }) => make);
    const lists = rows.flatMap(({ isNews, list }) => (isNews ? [list] : []));
    const made = await upsert(() => conversations.bulkWrite(makes, unordered));
    if (made.upsertedCount < makes.length && lists.length > 0) await conversations.bulkWrite(lists, unordered);
  };

  const prepareAll = async (batch: readonly Preparation[]): Promise<void> => {
    const rows = batch.flatMap((preparation) => preparation.rows);
    try {
      await inOrderOfTime(batch).at(-1)?.race(write(rows));
      for (const { key, isNews } of rows) known.set(key, isNews);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  const move = async (batch: readonly Move[]): Promise<void> => {
    /** Of several messages of one conversation, the newest is what counts. */
    const newest = new Map<string, Operation>();
    const inOrder = batch.toSorted((one, other) => one.message.seq - other.message.seq);
    for (const { message } of inOrder)
      for (const side of sidesOf(message)) {
        const filter = { _id: { $eq: keyOf(side) }, newsSeq: { $lt: message.seq } };
        const update = { $set: { newsSeq: message.seq, ...newsOf(message, side) } };
        if (side.isNews) newest.set(keyOf(side), { updateOne: { filter, update } });
      }
    try {
      const first = inOrderOfTime(batch)[0];
      // Waiting for the disk would win nothing: the messages say all that is said here.
      const options = { ordered: false, writeConcern: { w: 1 } };
      await first?.race(conversations.bulkWrite([...newest.values()], { ...options, ...first.options() }), reserveMs);
    } catch (err) {
      logger?.warn({ err }, "conversations may be listed in a wrong order until their next message");
    }
    for (const { settle } of batch) settle();
  };

  const preparations = createBatches<Preparation>(batching, prepareAll);
  const moves = createBatches<Move>(batching, move);

  return {
    areReady: (draft) => sidesOf(draft).every(isReady),
    async prepare(draft, time) {
      const missing = sidesOf(draft).filter((side) => !isReady(side));
      if (missing.length === 0) return;
      const rows = missing.map((side) => newRow(draft, side));
      await new Promise<void>((resolve, reject) => preparations.add({ rows, time, resolve, reject }));
    },
    moveUp: (message, time) => new Promise((settle) => moves.add({ message, time, settle })),
    forgetAll: () => known.clear(),
  };
};
