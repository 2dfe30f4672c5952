import { closeSync, openSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { connect, type Database } from "./database.ts";
import { codeOf, isBusy, resultCode } from "./driver-error.ts";
import { inspect } from "./inspect.ts";
import { migrate } from "./migrations.ts";
import { StoreRefused } from "./store-refused.ts";

const notWritable: ReadonlySet<unknown> = new Set([
  resultCode.permission,
  resultCode.readOnly,
  resultCode.cannotOpen,
  "EACCES",
  "EPERM",
  "EROFS",
]);

/** The refusal that says, for an operator, what went wrong with the file. */
export const refusalOf = (path: string, error: unknown): StoreRefused => {
  if (error instanceof StoreRefused) return error;
  const systemCode = error instanceof Error && "code" in error ? error.code : undefined;
  const code = codeOf(error) ?? systemCode;
  const refused = (sentence: string): StoreRefused => new StoreRefused(path, sentence, { cause: error });
  if (code === "ENOENT" || code === "ENOTDIR") {
    return refused(
      `The directory ${dirname(path)} does not exist. Create it, or choose another path for the database.`,
    );
  }
  if (notWritable.has(code)) {
    return refused(
      `The database ${path} cannot be written. Give the user that runs this program write access to it and to its directory.`,
    );
  }
  if (code === resultCode.busy)
    return refused(`The database ${path} is locked by another program. End that one first.`);
  if (code === resultCode.full || code === "ENOSPC") {
    return refused(`The database ${path} cannot be opened because the disk is full. Make room, and start again.`);
  }
  return refused(`The database ${path} cannot be opened. The cause says why.`);
};

/** Only its owner may read a new database; SQLite gives the files beside it the same mode. */
const create = (path: string): void => closeSync(openSync(path, "wx", 0o600));

const attempt = (path: string): Database => {
  if (!inspect(path)) create(path);
  const database = connect(path);
  try {
    const mode = database.prepare<{ journal_mode: string }>("PRAGMA journal_mode = WAL").get()?.journal_mode;
    if (mode !== "wal") {
      throw new StoreRefused(path, `The database ${path} is on a file system without shared memory. Use a local disk.`);
    }
    // fullfsync: without it a commit on macOS does not reach the disk. The rest bounds memory and the log's size.
    database.exec(`
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
      PRAGMA cache_size = -32768;
      PRAGMA journal_size_limit = 67108864;
      PRAGMA trusted_schema = OFF;
    `);
    migrate(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Checks the file, opens it, and brings its schema up to date. A lock of another process is waited for, `lockTimeoutMs` at most.
 * Whatever stands in the way is a {@link StoreRefused}; a file that is refused for what it is has not been changed.
 */
export const openDatabase = async (path: string, lockTimeoutMs: number): Promise<Database> => {
  const file = resolve(path);
  const deadline = performance.now() + lockTimeoutMs;
  for (;;) {
    try {
      return attempt(file);
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw refusalOf(file, error);
      await wait(10);
    }
  }
};
