import type { Database, Statement } from "./database.ts";
import { toChatError, unavailable } from "./driver-error.ts";
import type { WriteQueue } from "./write-queue.ts";

/** What a repository does its work with. Nothing read is kept: another process may write to the same file. */
export interface Access {
  prepare<Row = never>(sql: string): Statement<Row>;
  /** Runs now, on what is committed. One statement sees one state; two may see two. Errors are ChatErrors. */
  read<T>(run: () => T): Promise<T>;
  /** Runs within the next transaction, see {@link WriteQueue.write}: later, so it works on copies of what the caller gave. */
  write<T>(run: () => T, patienceMs?: number): Promise<T>;
}

/** Ties a connection and its queue together. After `isClosed()` every read is UNAVAILABLE, as every write is. */
export const createAccess = (database: Database, queue: WriteQueue, isClosed: () => boolean): Access => ({
  prepare: (sql) => database.prepare(sql),
  async read(run) {
    if (isClosed()) throw unavailable();
    try {
      return run();
    } catch (error) {
      throw toChatError(error);
    }
  },
  write: (run, patienceMs) => queue.write(run, patienceMs),
});
