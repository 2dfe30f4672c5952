import { randomBytes } from "node:crypto";
import { type Db, MongoClient, MongoServerError, ReadConcern } from "mongodb";
import { type Collections, openCollections } from "./access.ts";
import { takenIndexOf, upsert } from "./driver-error.ts";
import { makeIndexes, schemaVersion } from "./indexes.ts";
import { StoreRefused } from "./store-refused.ts";
import { startTimeLimit } from "./time-limit.ts";

/** How long the server may take to answer at all, in milliseconds, unless a call may take longer. */
const openLimitMs = 5_000;

/** The name of the database where neither the options nor the URI say one. */
const defaultDatabase = "standin";

/**
 * A client of our own. Each call has its time limit anyway; with these the driver itself gives up as soon, and notices within seconds that a
 * server hangs. There is no limit for sockets, since making an index may take long.
 */
export const createClient = (uri: string, timeoutMs: number): MongoClient => {
  try {
    return new MongoClient(uri, {
      appName: "standin",
      connectTimeoutMS: timeoutMs,
      serverSelectionTimeoutMS: timeoutMs,
      waitQueueTimeoutMS: timeoutMs,
      heartbeatFrequencyMS: 2_000,
    });
  } catch (cause) {
    // The text of the error, and the URI, may contain the password.
    throw new StoreRefused("This is not a connection string of MongoDB. It looks like mongodb://HOST:27017/DATABASE.", {
      cause: cause instanceof Error ? cause.name : cause,
    });
  }
};

/** The database that a URI names. */
export const databaseOf = (uri: string): string => {
  const path = /^[^/]*\/\/[^/]*\/([^?]+)/.exec(uri)?.[1];
  return path === undefined ? defaultDatabase : decodeURIComponent(path);
};

/**
 * The database as all repositories use it: a write is acknowledged once a majority of the servers has it on disk. Reads go to the primary and see
 * its newest state, so that what was written is read; what is acknowledged because of a read is settled first (`Access.settle`).
 */
export const selectDatabase = (client: MongoClient, name: string | undefined): Db =>
  client.db(name, {
    writeConcern: { w: "majority", j: true },
    readConcern: new ReadConcern("local"),
    readPreference: "primary",
    // Whatever the client's own options are, documents come as the mappings expect them.
    promoteValues: true,
    promoteLongs: true,
    useBigInt64: false,
    raw: false,
  });

const whereIs = ({ options }: MongoClient, db: Db): string =>
  `database ${db.databaseName} at ${options.srvHost ?? options.hosts.join(", ")}`;

const reasonFor = (cause: unknown): string => {
  if (takenIndexOf(cause) !== null)
    return "holds documents that are not Standin's, or are damaged: a unique index cannot be made. Use an empty database.";
  if (cause instanceof MongoServerError) return `refuses: ${cause.message}. Check the rights of the user.`;
  return "does not answer. Check that the server runs, that the address is right, and that user and password are.";
};

const prepare = async ({ meta, ...rest }: Collections, place: string): Promise<void> => {
  const stored = (await meta.findOne({ _id: "schema" }))?.version ?? 0;
  if (stored > schemaVersion) {
    const versions = `schema ${stored}; this version knows ${schemaVersion}`;
    throw new StoreRefused(`The ${place} was used by a newer version of Standin (${versions}). Use that version.`);
  }
  await makeIndexes({ meta, ...rest }, stored);
  const epoch = { $setOnInsert: { value: randomBytes(16).toString("hex") } };
  await upsert(() =>
    meta.bulkWrite([
      { updateOne: { filter: { _id: "epoch" }, update: epoch, upsert: true } },
      { updateOne: { filter: { _id: "settled" }, update: { $setOnInsert: { writes: 0 } }, upsert: true } },
      { updateOne: { filter: { _id: "schema" }, update: { $max: { version: schemaVersion } }, upsert: true } },
    ]),
  );
};

/** Finds the server, and makes the indexes that the database does not have yet. `timeoutMs` is what one call may take. Rejects with StoreRefused. */
export const openDatabase = async (client: MongoClient, db: Db, timeoutMs: number): Promise<Collections> => {
  const place = whereIs(client, db);
  const collections = openCollections(db);
  try {
    await startTimeLimit(Math.max(openLimitMs, timeoutMs)).race(db.command({ ping: 1 }));
    await prepare(collections, place);
    return collections;
  } catch (cause) {
    if (cause instanceof StoreRefused) throw cause;
    throw new StoreRefused(`The ${place} ${reasonFor(cause)}`, { cause });
  }
};
