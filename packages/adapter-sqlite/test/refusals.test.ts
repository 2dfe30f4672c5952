import { chmodSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { createSqliteStore } from "../src/index.ts";
import { databasePath, draft, rejection, temporaryDirectory } from "./fixtures.ts";

/** A closed database of ours with some messages in it. */
const storedDatabase = async (): Promise<string> => {
  const path = databasePath();
  const store = await createSqliteStore({ path });
  await Promise.all(
    Array.from({ length: 200 }, () => store.messages.append(draft({ content: "x".repeat(500) }), null)),
  );
  await store.close();
  return path;
};

const contentOf = (directory: string): Record<string, string> =>
  Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "base64")]));

/** Opens the file and expects a refusal with the words; the directory must not have changed by one byte or one file. */
const expectRefusal = async (path: string, words: RegExp): Promise<void> => {
  const before = contentOf(join(path, ".."));
  const error = await rejection(createSqliteStore({ path, lockTimeoutMs: 0 }));
  expect(error).toMatchObject({ name: "StoreRefused", path, message: expect.stringMatching(words) });
  expect((error as Error).message).toContain(path);
  expect(contentOf(join(path, ".."))).toEqual(before);
};

const change = (path: string, sql: string): void => {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
};

test("a database of a newer version", async () => {
  const path = await storedDatabase();
  change(path, "PRAGMA user_version = 999");
  await expectRefusal(path, /newer version of Standin \(schema 999; this version knows 2\)/);
});

test("a database of a newer version, copied with its log but without the log's index", async () => {
  const source = await storedDatabase();
  const path = databasePath();
  const writer = new DatabaseSync(source);
  onTestFinished(() => writer.close());
  // The log is not yet written back: the file alone says version 2.
  writer.exec("PRAGMA user_version = 999");
  for (const suffix of ["", "-wal"]) writeFileSync(path + suffix, readFileSync(source + suffix));
  await expectRefusal(path, /schema 999/);
});

test("a database of another application, marked or not", async () => {
  const marked = await storedDatabase();
  change(marked, "PRAGMA application_id = 7");
  await expectRefusal(marked, /another application/);

  const unmarked = databasePath();
  change(unmarked, "CREATE TABLE notes (text)");
  await expectRefusal(unmarked, /another application/);
});

test.each(["x", "not a database\n".repeat(1_000)])("a file that is not a database", async (content) => {
  const path = databasePath();
  writeFileSync(path, content);
  await expectRefusal(path, /not an SQLite database/);
});

test("a database that lost its end", async () => {
  const path = await storedDatabase();
  truncateSync(path, 40_960);
  await expectRefusal(path, /damaged/);
});

test("a database with a page overwritten", async () => {
  const path = await storedDatabase();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 30_000, 60_000);
  writeFileSync(path, bytes);
  await expectRefusal(path, /damaged/);
});

test("a log whose database is missing or empty: what it holds would be thrown away", async () => {
  const path = databasePath();
  writeFileSync(`${path}-wal`, "what is left");
  await expectRefusal(path, /damaged/);
  writeFileSync(path, "");
  await expectRefusal(path, /damaged/);
});

test("a path that is a directory, or in none", async () => {
  const directory = temporaryDirectory();
  const taken = join(directory, "standin.db");
  mkdirSync(taken);
  expect(await rejection(createSqliteStore({ path: taken }))).toMatchObject({
    name: "StoreRefused",
    message: expect.stringMatching(/is not a file/),
  });
  const missing = join(directory, "missing", "standin.db");
  expect(await rejection(createSqliteStore({ path: missing }))).toMatchObject({
    name: "StoreRefused",
    message: `The directory ${join(directory, "missing")} does not exist. Create it, or choose another path for the database.`,
  });
});

test("a directory that may not be written", async () => {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o555);
  // The superuser may write everywhere, and so becomes somebody else for a moment.
  const { getuid, seteuid } = process;
  const isSuperuser = getuid?.() === 0;
  if (isSuperuser) seteuid?.(65_534);
  try {
    await expectRefusal(join(directory, "standin.db"), /cannot be written/);
  } finally {
    if (isSuperuser) seteuid?.(0);
  }
});

test("a database that another program keeps locked", async () => {
  const path = await storedDatabase();
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  expect(await rejection(createSqliteStore({ path, lockTimeoutMs: 0 }))).toMatchObject({
    name: "StoreRefused",
    message: expect.stringMatching(/is locked by another program/),
  });
});
