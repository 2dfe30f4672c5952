import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { conversationOf, defaultSettings } from "@standin/core/ports";
import { expect, onTestFinished, test } from "vitest";
import { createSqliteStore } from "../src/index.ts";
import { ada, bob, databasePath, draft, newId, openStore, rejection, user } from "./fixtures.ts";

const conversation = conversationOf(ada, bob);

test("what was stored is there after closing and opening again", async () => {
  const path = databasePath();
  const first = await createSqliteStore({ path });
  const person = user({
    declared: { word: "BUSY", since: 1, until: 2, note: "in a meeting", resume: "AVAILABLE" },
    published: { status: "BUSY", prevstatus: "ONLINE", busyUntil: 2, busyNote: "in a meeting" },
  });
  const session = { id: "session", userId: person.id, createdAt: 1, expiresAt: 2 };
  const block = { owner: ada, blocked: bob, at: 1, ownerReadSeq: 2, blockedReadSeq: 3 };
  const message = draft({ clientMsgId: "c-1", content: "nul \0, half a pair \ud83d, and \u{1f600}" });
  const epoch = await first.messages.epoch();
  const [stored] = await Promise.all([
    first.messages.append(message, { owner: bob, period: 4, wakeAt: 5, decision: null }),
    first.users.create(person),
    first.sessions.create(session),
    first.relations.block(block),
  ]);
  await first.close();

  const { users, sessions, relations, messages } = await openStore({ path });
  expect(await users.find(person.id)).toEqual(person);
  expect(await sessions.find("session")).toEqual(session);
  expect(await relations.blocksOf(ada)).toEqual([block]);
  expect(await messages.epoch()).toBe(epoch);
  expect(stored).toEqual({
    outcome: "stored",
    message: await messages.find(message.id),
    job: await messages.job(message.id),
  });
  expect(await messages.append({ ...message, id: newId() }, null)).toMatchObject({
    outcome: "repeated",
    message: { id: message.id, seq: 1 },
  });
});

test("a killed process loses nothing that it acknowledged, and leaves no hole and no message without its job", {
  retry: 0,
}, async () => {
  const path = databasePath();
  const script = fileURLToPath(import.meta.resolve("./keep-writing.ts"));
  const writer = spawn(process.execPath, ["--conditions=@standin/source", script, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    writer.kill("SIGKILL");
  });
  const gone = once(writer, "exit");
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    if (line.length === 24) acknowledged.push(line);
    if (acknowledged.length === 200) writer.kill("SIGKILL");
  }
  // The system closes what it wrote to the test before what it wrote to the disk.
  await gone;
  const { messages } = await openStore({ path });
  const stored = await messages.page(conversation, { limit: 100_000 });
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, index) => index + 1));
  expect(acknowledged.length).toBeGreaterThanOrEqual(200);
  const ids = new Set(stored.map(({ id }) => id));
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  const jobs = await Promise.all(stored.map(({ id }) => messages.job(id)));
  expect(jobs.map((job) => job?.trigger)).toEqual(stored.map(({ id }) => id));
});

test("closing finishes what waits, and then everything is UNAVAILABLE", async () => {
  const path = databasePath();
  const store = await createSqliteStore({ path });
  const write = store.messages.append(draft(), null);
  const closed = Promise.all([store.close(), store.close()]);
  const late = [store.messages.append(draft(), null), store.messages.head(conversation)].map(rejection);
  expect(await Promise.all(late)).toMatchObject([{ code: "UNAVAILABLE" }, { code: "UNAVAILABLE" }]);
  expect(await write).toMatchObject({ outcome: "stored" });
  await closed;
  expect(await rejection(store.messages.head(conversation))).toMatchObject({ code: "UNAVAILABLE" });
  expect(await rejection(store.messages.ping())).toMatchObject({ code: "UNAVAILABLE" });
  const { messages } = await openStore({ path });
  expect(await messages.head(conversation)).toMatchObject({ seq: 1 });
});

test("a database of version 1 is brought up to date, with everything in it", async () => {
  const path = databasePath();
  const before = await createSqliteStore({ path });
  const owner = user({ period: 2, lastBusy: { since: 5, until: 6 } });
  const message = draft({ messageOnly: true });
  await before.users.create(owner);
  await before.messages.append(message, null);
  await before.close();
  const old = new DatabaseSync(path);
  old.exec(`
    DROP TABLE stand_in_settings; DROP TABLE budgets; DROP TABLE stand_in_requests; DROP TABLE suggestions;
    ALTER TABLE users DROP COLUMN last_busy_since; ALTER TABLE users DROP COLUMN last_busy_until;
    ALTER TABLE messages DROP COLUMN message_only; PRAGMA user_version = 1`);
  old.close();

  const { users, messages, standIns } = await openStore({ path });
  expect(await users.find(owner.id)).toEqual({ ...owner, version: 1, lastBusy: null });
  expect(await messages.find(message.id)).toMatchObject({ content: message.content, messageOnly: false, seq: 1 });
  expect(await standIns.settings(owner.id)).toEqual({ settings: defaultSettings, version: 0 });
  expect(await standIns.spend(owner.id, "2031-05-01", { limit: 1, newPeopleLimit: null })).toBe(true);
});

test("a database of version 0 gets the schema once, whoever opens it", async () => {
  const path = databasePath();
  const empty = new DatabaseSync(path);
  empty.exec("PRAGMA user_version = 1; PRAGMA user_version = 0");
  empty.close();
  const stores = await Promise.all([openStore({ path }), openStore({ path })]);
  const epochs = await Promise.all(stores.map((store) => store.messages.epoch()));
  expect(epochs[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(epochs[1]).toBe(epochs[0]);

  const look = new DatabaseSync(path);
  onTestFinished(() => look.close());
  expect({ ...look.prepare("PRAGMA user_version").get() }).toEqual({ user_version: 2 });
  expect({ ...look.prepare("PRAGMA application_id").get() }).toEqual({ application_id: 0x53746e64 });
  expect({ ...look.prepare("PRAGMA journal_mode").get() }).toEqual({ journal_mode: "wal" });
});

test("only its owner may read a new database", async () => {
  const path = databasePath();
  await openStore({ path });
  for (const suffix of ["", "-wal", "-shm"]) expect(statSync(path + suffix).mode & 0o777).toBe(0o600);
});
