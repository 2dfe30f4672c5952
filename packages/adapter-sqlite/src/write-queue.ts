import { ChatError } from "@standin/core/ports";
import type { Database } from "./database.ts";
import { isBusy, retryAfterMs, toChatError, unavailable } from "./driver-error.ts";

/** What the queue has done since the store was opened, and what waits now. */
export interface StoreStats {
  /** Transactions committed. */
  readonly commits: number;
  /** Write requests in them. */
  readonly rows: number;
  /** The most requests in one of them. */
  readonly largestBatch: number;
  /** Requests that wait for their transaction. */
  readonly queued: number;
}

export interface WriteQueueOptions {
  /** Requests in one transaction, at most. */
  readonly maxBatch: number;
  /** Requests that may wait, at most. */
  readonly maxQueue: number;
  /** How long a request waits for a lock that another process holds, in milliseconds. */
  readonly lockTimeoutMs: number;
}

/** Group commit: the requests of one turn of the event loop share one transaction, and with it one fsync. */
export interface WriteQueue {
  /**
   * Runs `change` in the next transaction and resolves with what it returned, once that is on the disk. What it throws undoes its own
   * changes and no one else's. A full queue is OVERLOADED at once; a failed commit, a lock held too long (`patienceMs` shortens what the options allow) and
   * a closed queue are UNAVAILABLE.
   */
  write<T>(change: () => T, patienceMs?: number): Promise<T>;
  stats(): StoreStats;
  /** Takes nothing more; resolves when nothing waits. */
  close(): Promise<void>;
}

interface Request {
  /** Does the work, and returns how to settle the caller's promise once the transaction is committed. */
  readonly decide: () => () => void;
  readonly reject: (error: ChatError) => void;
  /** By the monotonic clock. */
  readonly deadline: number;
}

const firstRetryMs = 2;
const longestRetryMs = 50;

/** Makes the queue of a connection, which must be used for writing through it alone. */
export const createWriteQueue = (database: Database, options: WriteQueueOptions): WriteQueue => {
  const begin = database.prepare("BEGIN IMMEDIATE");
  const commit = database.prepare("COMMIT");
  const rollback = database.prepare("ROLLBACK");
  const mark = database.prepare("SAVEPOINT request");
  const keep = database.prepare("RELEASE request");
  const undo = database.prepare("ROLLBACK TO request");

  const waiting: Request[] = [];
  let isScheduled = false;
  let isClosed = false;
  let retryMs = firstRetryMs;
  let commits = 0;
  let rows = 0;
  let largestBatch = 0;
  const idle: (() => void)[] = [];

  const decideAlone = (request: Request): (() => void) => {
    mark.run();
    try {
      const settle = request.decide();
      keep.run();
      return settle;
    } catch (error) {
      // A full disk or an I/O error may have ended the whole transaction, and with it every request of the batch.
      if (!database.inTransaction()) throw error;
      undo.run();
      keep.run();
      return () => request.reject(toChatError(error));
    }
  };

  /** Ends what a failed commit left open, so that one failure is never the end of all writing. */
  const clear = (): void => {
    if (database.inTransaction()) rollback.run();
  };

  const transact = (batch: readonly Request[]): void => {
    let settlements: readonly (() => void)[];
    try {
      settlements = batch.map(decideAlone);
      commit.run();
    } catch (error) {
      for (const request of batch) request.reject(unavailable(error));
      // At once: the next read must not see what was never committed.
      clear();
      return;
    }
    commits += 1;
    rows += batch.length;
    largestBatch = Math.max(largestBatch, batch.length);
    for (const settle of settlements) settle();
  };

  /** Gives up the requests that waited long enough for the lock; returns when the others try again. */
  const waitForLock = (cause: unknown): number => {
    const now = performance.now();
    const patient = waiting.filter((request) => request.deadline > now);
    const late = waiting.filter((request) => request.deadline <= now);
    waiting.splice(0, waiting.length, ...patient);
    for (const request of late) request.reject(unavailable(cause));
    const untilFirst = Math.min(...patient.map((request) => request.deadline)) - now;
    const pauseMs = Math.max(1, Math.min(retryMs, untilFirst));
    retryMs = Math.min(retryMs * 2, longestRetryMs);
    return pauseMs;
  };

  const flush = (): void => {
    let pauseMs = 0;
    try {
      clear();
      begin.run();
      retryMs = firstRetryMs;
      transact(waiting.splice(0, options.maxBatch));
    } catch (error) {
      if (isBusy(error)) pauseMs = waitForLock(error);
      else for (const request of waiting.splice(0, options.maxBatch)) request.reject(unavailable(error));
    }
    proceed(pauseMs);
  };

  /** The next batch, if any, gets a turn of its own, so that reading sockets and answering go on in between. */
  const proceed = (pauseMs: number): void => {
    isScheduled = waiting.length > 0;
    if (!isScheduled) for (const done of idle.splice(0)) done();
    else if (pauseMs === 0) setImmediate(flush);
    else setTimeout(flush, pauseMs);
  };

  return {
    write<T>(change: () => T, patienceMs: number = Number.POSITIVE_INFINITY): Promise<T> {
      if (isClosed) return Promise.reject(unavailable());
      if (waiting.length >= options.maxQueue) return Promise.reject(new ChatError("OVERLOADED", { retryAfterMs }));
      return new Promise<T>((resolve, reject) => {
        waiting.push({
          decide: () => {
            const result = change();
            return () => resolve(result);
          },
          reject,
          deadline: performance.now() + Math.min(patienceMs, options.lockTimeoutMs),
        });
        if (isScheduled) return;
        isScheduled = true;
        setImmediate(flush);
      });
    },
    stats: () => ({ commits, rows, largestBatch, queued: waiting.length }),
    close(): Promise<void> {
      isClosed = true;
      return new Promise((resolve) => {
        if (isScheduled) idle.push(resolve);
        else resolve();
      });
    },
  };
};
