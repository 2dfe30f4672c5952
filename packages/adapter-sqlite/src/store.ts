import type {
  Logger,
  MessageRepository,
  RelationRepository,
  SessionRepository,
  StandInRepository,
  UserRepository,
} from "@standin/core/ports";
import { createAccess } from "./access.ts";
import { createMessageRepository } from "./messages/message-repository.ts";
import { openDatabase } from "./open.ts";
import { createRelationRepository } from "./relation-repository.ts";
import { createSessionRepository } from "./session-repository.ts";
import { createStandInRepository } from "./stand-ins/stand-in-repository.ts";
import { createUserRepository } from "./users/user-repository.ts";
import { createWriteQueue, type StoreStats } from "./write-queue.ts";

export interface SqliteStoreOptions {
  /** The database file; made if it is not there, in a directory that is. On a local disk: WAL needs shared memory. */
  readonly path: string;
  readonly logger?: Logger;
  /** Write requests in one transaction, at most. Default: 128. */
  readonly maxBatch?: number;
  /** Write requests that may wait; beyond them the answer is OVERLOADED. Default: 10,000. */
  readonly maxQueue?: number;
  /** How long a request waits for a lock of another process, in milliseconds; then it is UNAVAILABLE. Default: 2,000. */
  readonly lockTimeoutMs?: number;
}

/** The repositories of one database file. */
export interface SqliteStore {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly relations: RelationRepository;
  readonly messages: MessageRepository;
  readonly standIns: StandInRepository;
  /** What was written since the store was opened, for metrics. */
  stats(): StoreStats;
  /** Finishes what waits, then closes the file. Calls after it are UNAVAILABLE; closing again does nothing. */
  close(): Promise<void>;
}

/**
 * Opens the embedded store: one SQLite file in WAL mode with `synchronous=FULL`. A promise of a repository that resolved is on the disk. The
 * writes of one turn of the event loop share one commit. Another process may use the same file at the same time.
 *
 * Rejects with `StoreRefused` when the file cannot be used, and then leaves it as it was.
 *
 * @example
 * const store = await createSqliteStore({ path: "./data/standin.db" });
 * const user = await store.users.findByEmail("ada@example.org");
 * await store.close();
 */
export const createSqliteStore = async (options: SqliteStoreOptions): Promise<SqliteStore> => {
  const { path, logger, maxBatch = 128, maxQueue = 10_000, lockTimeoutMs = 2_000 } = options;
  const database = await openDatabase(path, lockTimeoutMs);
  const queue = createWriteQueue(database, { maxBatch, maxQueue, lockTimeoutMs });
  let closing: Promise<void> | null = null;
  const access = createAccess(database, queue, () => closing !== null);
  logger?.info({ path }, "store opened");

  const end = async (): Promise<void> => {
    await queue.close();
    database.close();
    logger?.info({ path, ...queue.stats() }, "store closed");
  };

  return {
    users: createUserRepository(access),
    sessions: createSessionRepository(access),
    relations: createRelationRepository(access),
    messages: createMessageRepository(access),
    standIns: createStandInRepository(access),
    stats: () => queue.stats(),
    close() {
      closing ??= end();
      return closing;
    },
  };
};
