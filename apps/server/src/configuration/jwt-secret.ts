import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StartRefused } from "../start-refused.ts";

const minBytes = 32;
const generatedBytes = 48;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unknown error";

const refuse = (path: string, found: string, cause?: unknown): never => {
  throw new StartRefused(
    `JWT_SECRET: found ${found} in ${path}, expected at least ${minBytes} bytes: set JWT_SECRET, put the file back, or delete it (a new one ends all sessions)`,
    undefined,
    { cause },
  );
};

const syncDirectory = (path: string): void => {
  const directory = openSync(path, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
};

/** The whole secret appears under its name at once, or not at all; of two that race, one wins and both use its secret. */
const generate = (directory: string, path: string): void => {
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  const file = openSync(draft, "wx", 0o600);
  try {
    writeSync(file, `${randomBytes(generatedBytes).toString("base64url")}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
    syncDirectory(directory);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
};

const read = (path: string): string | null => {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    return codeOf(error) === "ENOENT" ? null : refuse(path, `nothing readable (${codeOf(error)})`, error);
  }
};

/**
 * The secret kept in the data directory, generated at the first call. The file has mode 0600.
 * Throws {@link StartRefused} when there is one that cannot be read or is shorter than 32 bytes.
 */
export const keptSecret = (dataDir: string): string => {
  const path = join(dataDir, "jwt-secret");
  let secret = read(path);
  if (secret === null) {
    generate(dataDir, path);
    secret = read(path) ?? "";
  }
  const length = Buffer.byteLength(secret);
  return length < minBytes ? refuse(path, `${length} bytes`) : secret;
};
