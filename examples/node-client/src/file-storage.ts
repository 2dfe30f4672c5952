import { readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import type { ClientStorage } from "@standin/client";

const load = (path: string): Map<string, unknown> => {
  try {
    return new Map(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return new Map();
    throw error;
  }
};

/** A storage in one JSON file, for one process at a time. A change is in the file before it is reported, whole or not at all. */
export const fileStorage = (path: string): ClientStorage => {
  let values = load(path);
  let last: Promise<unknown> = Promise.resolve();

  const save = async (next: Map<string, unknown>): Promise<void> => {
    await writeFile(`${path}.new`, JSON.stringify([...next]), { mode: 0o600 });
    await rename(`${path}.new`, path);
    values = next;
  };

  return {
    read: async (key) => structuredClone(values.get(key)),
    list: async (prefix) =>
      [...values]
        .filter(([key]) => key.startsWith(prefix))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([, value]) => structuredClone(value)),
    write: ({ put = new Map(), remove = [], removeAll = [] }, whileKey) => {
      const step = async (): Promise<boolean> => {
        if (whileKey !== undefined && !values.has(whileKey)) return false;
        const isGone = (key: string): boolean =>
          remove.includes(key) || removeAll.some((prefix) => key.startsWith(prefix));
        await save(new Map([...[...values].filter(([key]) => !isGone(key)), ...put]));
        return true;
      };
      // One after the other, whatever became of the one before.
      const done = last.then(step, step);
      last = done;
      return done;
    },
  };
};
