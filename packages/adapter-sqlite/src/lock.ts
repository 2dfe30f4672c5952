import { resolve } from "node:path";
import { ChatError } from "@standin/core/ports";
import { connect, type Database } from "./database.ts";
import { isBusy } from "./driver-error.ts";
import { refusalOf } from "./open.ts";

/** A lock that one process holds. */
export interface DirectoryLock {
  /** Lets others have it. Releasing again does nothing. */
  release(): void;
}

/** A connection that is collected as garbage gives its lock up: what is held is kept here. */
const held = new Set<Database>();

/**
 * Takes the lock that says "a server works in this directory". The file at `path`, such as `server.lock`, is an empty SQLite database of its own,
 * held in an exclusive transaction: the operating system frees it when the process ends, however it ends, and the file that stays behind means nothing.
 *
 * Throws CONFLICT when somebody holds it, and `StoreRefused` when the file cannot be opened. Never waits. Do not open the file by other
 * means in the same process: on POSIX systems, closing it there would free the lock.
 *
 * @example
 * const lock = createDirectoryLock("./data/server.lock");
 * process.once("exit", () => lock.release());
 */
export const createDirectoryLock = (path: string): DirectoryLock => {
  const file = resolve(path);
  let database: Database | undefined;
  try {
    database = connect(file);
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database?.close();
    if (!isBusy(error)) throw refusalOf(file, error);
    throw new ChatError("CONFLICT", { message: `Another process holds the lock ${file}.`, cause: error });
  }
  const holder = database;
  held.add(holder);
  return {
    release() {
      if (held.delete(holder)) holder.close();
    },
  };
};
