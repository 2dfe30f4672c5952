import { mkdirSync, mkdtempSync, rmdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { StartRefused } from "../start-refused.ts";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  EEXIST: "there is something else of that name",
  ENOENT: "it cannot be made there",
  ENOTDIR: "there is something else of that name",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
};

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unknown error";

/** Not the `recursive` of Node.js, which never returns where a file system answers ENOENT to every attempt, as /proc does. */
const makeDirectory = (path: string): void => {
  const make = () => mkdirSync(path, { mode: 0o700 });
  try {
    make();
  } catch (error) {
    if (codeOf(error) === "EEXIST" && statSync(path).isDirectory()) return;
    if (codeOf(error) !== "ENOENT" || dirname(path) === path) throw error;
    makeDirectory(dirname(path));
    make();
  }
};

/** Makes the data directory (mode 0700) unless it exists, and tries whether it can be written. Throws {@link StartRefused}. */
export const prepareDataDirectory = (path: string): void => {
  try {
    makeDirectory(path);
    rmdirSync(mkdtempSync(join(path, ".writable-")));
  } catch (cause) {
    const code = codeOf(cause);
    throw new StartRefused(
      `DATA_DIR: found ${JSON.stringify(path)}, expected a directory that can be written: ${reasons[code] ?? code}`,
      undefined,
      { cause },
    );
  }
};
