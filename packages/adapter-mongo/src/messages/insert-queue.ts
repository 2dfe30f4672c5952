import { type Collection, MongoBulkWriteError } from "mongodb";
import type { MessageDocument } from "../documents/message.ts";
import { isMistake, isRefusal, takenIndex } from "../driver-error.ts";
import type { TimeLimit } from "../time-limit.ts";
import { createBatches } from "./batches.ts";

/** What the store has written since it was opened, and what waits now. */
export interface StoreStats {
  /** `insertMany` commands that came to an end. */
  readonly commits: number;
  /** Messages stored by them. */
  readonly rows: number;
  /** The most messages in one of them. */
  readonly largestBatch: number;
  /** Messages that wait to be stored. */
  readonly queued: number;
}

/** What became of one document. */
type InsertOutcome =
  | { readonly kind: "stored" }
  /** A unique key is taken: the name of its index. */
  | { readonly kind: "duplicate"; readonly index: string }
  /** This document will never be stored. */
  | { readonly kind: "refused"; readonly cause: unknown }
  /** It may be stored, or may yet come to be. */
  | { readonly kind: "unknown"; readonly cause: unknown }
  /** The time was over before it was sent. */
  | { readonly kind: "unsent" };

export interface InsertQueueOptions {
  /** Documents in one `insertMany`, at most. */
  readonly maxBatch: number;
}

/** Group commit: the documents of one turn of the event loop go in one `insertMany`, and each has an outcome of its own. Never rejects. */
export interface InsertQueue {
  insert(document: MessageDocument, time: TimeLimit): Promise<InsertOutcome>;
  stats(): Omit<StoreStats, "queued">;
}

/** What an insert leaves of a call's time, in milliseconds, to find out what became of it. */
const reserveMs = 400;
/** With less time than this, an insert is not begun. */
const leastMs = 100;
/** Commands on their way at the same time: enough to keep a distant server busy, few enough that batches fill. */
const maxInFlight = 4;

interface Request {
  readonly document: MessageDocument;
  readonly time: TimeLimit;
  readonly settle: (outcome: InsertOutcome) => void;
}

/** The outcome of each of `count` documents, told from the error of an unordered `insertMany`. */
const outcomesOf = (count: number, cause: unknown): InsertOutcome[] => {
  const unknown: InsertOutcome = { kind: "unknown", cause };
  const outcomes = Array<InsertOutcome>(count).fill(unknown);
  if (!(cause instanceof MongoBulkWriteError)) return outcomes;
  const complaints = [cause.writeErrors].flat();
  // Only an answer that accounts for every document says of the others that they are stored.
  const isWhole =
    cause.insertedCount + complaints.length === count && cause.result.getWriteConcernError() === undefined;
  if (isWhole) outcomes.fill({ kind: "stored" });
  for (const complaint of complaints) {
    const index = takenIndex(complaint);
    if (index !== null) outcomes[complaint.index] = { kind: "duplicate", index };
    else outcomes[complaint.index] = isRefusal(complaint) ? { kind: "refused", cause } : unknown;
  }
  return outcomes;
};

export const createInsertQueue = (
  messages: Collection<MessageDocument>,
  { maxBatch }: InsertQueueOptions,
): InsertQueue => {
  let commits = 0;
  let rows = 0;
  let largestBatch = 0;

  const insertAll = async (batch: readonly Request[]): Promise<InsertOutcome[]> => {
    const [first, ...others] = batch.map(({ time }) => time).toSorted((one, other) => one.left() - other.left());
    if (first === undefined) return [];
    const documents = batch.map(({ document }) => document);
    try {
      await first.race(messages.insertMany(documents, { ordered: false, ...first.options() }), reserveMs);
      return batch.map(() => ({ kind: "stored" }));
    } catch (cause) {
      if (!isMistake(cause)) return outcomesOf(batch.length, cause);
      // The driver sent nothing because of one of them; each alone tells which.
      if (others.length === 0) return [{ kind: "refused", cause }];
      return (await Promise.all(batch.map((request) => insertAll([request])))).flat();
    }
  };

  const send = async (batch: readonly Request[]): Promise<void> => {
    const isInTime = ({ time }: Request): boolean => time.left() > reserveMs + leastMs;
    for (const late of batch.filter((request) => !isInTime(request))) late.settle({ kind: "unsent" });
    const sent = batch.filter(isInTime);
    if (sent.length === 0) return;
    const outcomes = await insertAll(sent);
    commits += 1;
    rows += outcomes.filter(({ kind }) => kind === "stored").length;
    largestBatch = Math.max(largestBatch, sent.length);
    for (const [index, { settle }] of sent.entries()) settle(outcomes[index] ?? { kind: "unsent" });
  };

  const batches = createBatches<Request>({ maxBatch, maxInFlight }, send);

  return {
    insert: (document, time) => new Promise((settle) => batches.add({ document, time, settle })),
    stats: () => ({ commits, rows, largestBatch }),
  };
};
