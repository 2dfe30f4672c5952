import { copyFileSync, mkdtempSync, rmSync, type Stats, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { connect, type Database, readPragma } from "./database.ts";
import { codeOf, resultCode } from "./driver-error.ts";
import { applicationId, schemaVersion } from "./migrations.ts";
import { StoreRefused } from "./store-refused.ts";

const damaged = (path: string, cause?: unknown): StoreRefused =>
  new StoreRefused(
    path,
    `The database ${path} is damaged. Keep a copy of it and of the files beside it, and restore a backup.`,
    { cause },
  );

const judge = (path: string, database: Database): void => {
  const application = readPragma(database, "application_id");
  const version = readPragma(database, "user_version");
  const isEmpty = database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  const isUntouched = application === 0 && version === 0 && isEmpty;
  if (application !== applicationId && !isUntouched) {
    throw new StoreRefused(
      path,
      `The database ${path} belongs to another application. Choose another directory, or move that file away.`,
    );
  }
  if (version > schemaVersion) {
    throw new StoreRefused(
      path,
      `The database ${path} was written by a newer version of Standin (schema ${version}; this version knows ${schemaVersion}). ` +
        "Use that newer version, or restore a backup made before the upgrade.",
    );
  }
  const check = database.prepare<{ quick_check: string }>("PRAGMA quick_check(1)").get();
  if (check?.quick_check !== "ok") throw damaged(path, check?.quick_check);
};

const notADatabase = (path: string, cause?: unknown): StoreRefused =>
  new StoreRefused(path, `The file ${path} is not an SQLite database. Move it away, or restore a backup over it.`, {
    cause,
  });

/** The smallest page of SQLite in bytes. It takes a file of one byte for an empty database, and would overwrite it. */
const smallestDatabase = 512;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Calls `look` with a read-only connection that creates no file beside the database. */
const withReader = (path: string, look: (database: Database) => void): void => {
  const open = (file: string | URL): void => {
    const database = connect(file, { readOnly: true });
    try {
      look(database);
    } finally {
      database.close();
    }
  };
  if (exists(`${path}-wal`) && exists(`${path}-shm`)) {
    // In use, or left by a crash: everything that reading needs is there.
    open(path);
  } else if (sizeOf(`${path}-wal`) === 0) {
    // Closed cleanly: the file is the whole truth, and "immutable" reads it without a log and its index.
    const file = pathToFileURL(path);
    file.searchParams.set("immutable", "1");
    open(file);
  } else {
    // A log without its index, as in a copied backup: reading it in place would create the index.
    const directory = mkdtempSync(join(tmpdir(), "standin-inspect-"));
    try {
      const copy = join(directory, "copy.db");
      copyFileSync(path, copy);
      copyFileSync(`${path}-wal`, `${copy}-wal`);
      open(copy);
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
};

const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (cause) {
    throw new StoreRefused(path, `The database ${path} cannot be reached. Check the permissions of its directory.`, {
      cause,
    });
  }
};

/**
 * Looks at the file without changing it or leaving anything beside it. Returns whether it is there; throws {@link StoreRefused} when it is not
 * a database of this application, of a newer version, or damaged. A held lock comes out as the driver's error.
 */
export const inspect = (path: string): boolean => {
  const file = statOf(path);
  if (file !== undefined && !file.isFile()) {
    throw new StoreRefused(path, `${path} is not a file. Choose another path for the database.`);
  }
  if (file === undefined || file.size === 0) {
    // SQLite would throw the log away.
    if (sizeOf(`${path}-wal`) > 0) throw damaged(path, "the file is missing or empty, its log is not");
    return file !== undefined;
  }
  if (file.size < smallestDatabase) throw notADatabase(path);
  try {
    withReader(path, (database) => judge(path, database));
  } catch (error) {
    if (codeOf(error) === resultCode.notADatabase) throw notADatabase(path, error);
    throw codeOf(error) === resultCode.corrupt ? damaged(path, error) : error;
  }
  return true;
};
