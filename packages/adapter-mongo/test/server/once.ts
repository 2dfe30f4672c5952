import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";

const busy = 5;

const isTaken = (error: unknown): boolean => (error as { readonly errcode?: unknown } | null)?.errcode === busy;

/** Runs the work while nobody else runs work under this lock, a file, in any process. The system frees what a process that died held. */
export const withLock = async <T>(lock: string, work: () => Promise<T>): Promise<T> => {
  const database = new DatabaseSync(lock);
  try {
    for (;;) {
      try {
        database.exec("BEGIN EXCLUSIVE");
        break;
      } catch (error) {
        if (!isTaken(error)) throw error;
        await wait(100);
      }
    }
    return await work();
  } finally {
    database.close();
  }
};
