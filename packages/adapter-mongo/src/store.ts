import type {
  Logger,
  MessageRepository,
  RelationRepository,
  SessionRepository,
  StandInRepository,
  UserRepository,
} from "@standin/core/ports";
import type { MongoClient } from "mongodb";
import { createAccess } from "./access.ts";
import type { StoreStats } from "./messages/insert-queue.ts";
import { createMessages } from "./messages/message-repository.ts";
import { createClient, databaseOf, openDatabase, selectDatabase } from "./open.ts";
import { createRelationRepository } from "./relation-repository.ts";
import { createSessionRepository } from "./session-repository.ts";
import { createStandInRepository } from "./stand-ins/stand-in-repository.ts";
import { createUserRepository } from "./users/user-repository.ts";

interface CommonOptions {
  /** The name of the database. Default: the one that the URI or the client names, and with a URI that names none `standin`. */
  readonly database?: string;
  readonly logger?: Logger;
  /** Messages in one `insertMany`, at most. Default: 128. */
  readonly maxBatch?: number;
  /** Messages that may wait; beyond them the answer is OVERLOADED. Default: 10,000. */
  readonly maxQueue?: number;
  /** How long one call may take in all, in milliseconds; then it is UNAVAILABLE. Default: 1,800, less than the two seconds that the ports allow. */
  readonly timeoutMs?: number;
}

/** Where the server is, or a client that is connected to it and stays the caller's. */
export type MongoStoreOptions = CommonOptions & ({ readonly uri: string } | { readonly client: MongoClient });

/** The repositories of one database. */
export interface MongoStore {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly relations: RelationRepository;
  readonly messages: MessageRepository;
  readonly standIns: StandInRepository;
  /** What was written since the store was opened, for metrics. */
  stats(): StoreStats;
  /** Finishes what runs, then ends the connections, unless the client is the caller's. Calls after it are UNAVAILABLE; closing again does nothing. */
  close(): Promise<void>;
}

/**
 * Opens a store on MongoDB 5 or newer: a standalone server or a replica set. A promise of a repository that resolved is on the disk of a majority of
 * the servers. Each call ends within two seconds and is UNAVAILABLE while the server is away. Other processes may use the same database.
 *
 * Rejects with `StoreRefused` when the database cannot be reached or used.
 *
 * @example
 * const store = await createMongoStore({ uri: "mongodb://127.0.0.1:27017/standin" });
 * const user = await store.users.findByEmail("ada@example.org");
 * await store.close();
 */
export const createMongoStore = async (options: MongoStoreOptions): Promise<MongoStore> => {
  const { logger, maxBatch = 128, maxQueue = 10_000, timeoutMs = 1_800 } = options;
  const isOurs = "uri" in options;
  const client = isOurs ? createClient(options.uri, timeoutMs) : options.client;
  const db = selectDatabase(client, options.database ?? (isOurs ? databaseOf(options.uri) : undefined));
  const closeClient = async (): Promise<void> => {
    if (isOurs) await client.close();
  };
  const collections = await openDatabase(client, db, timeoutMs).catch(async (error: unknown) => {
    await closeClient();
    throw error;
  });
  const access = createAccess(collections, timeoutMs);
  const messages = createMessages(access, { maxBatch, maxQueue, logger });
  const database = db.databaseName;
  logger?.info({ database }, "store opened");

  let closing: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    await access.close();
    await closeClient();
    logger?.info({ database, ...messages.stats() }, "store closed");
  };

  return {
    users: createUserRepository(access),
    sessions: createSessionRepository(access),
    relations: createRelationRepository(access),
    messages: messages.repository,
    standIns: createStandInRepository(access),
    stats: () => messages.stats(),
    close() {
      closing ??= end();
      return closing;
    },
  };
};
