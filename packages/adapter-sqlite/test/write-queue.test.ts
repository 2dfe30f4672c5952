import { DatabaseSync } from "node:sqlite";
import { conversationOf } from "@standin/core/ports";
import { expect, onTestFinished, test } from "vitest";
import { ada, bob, databasePath, draft, newId, openStore, rejection, user } from "./fixtures.ts";

/** Another process, as far as SQLite can tell: it holds the write lock until told. */
const holdLock = (path: string): { release(): void } => {
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  other.exec("BEGIN IMMEDIATE");
  return { release: () => other.exec("COMMIT") };
};

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test("the writes of one turn share one commit", async () => {
  const { messages, stats } = await openStore();
  const results = await Promise.all(Array.from({ length: 100 }, () => messages.append(draft(), null)));
  expect(results.map((result) => result.outcome === "stored" && result.message.seq)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
  expect(stats()).toEqual({ commits: 1, rows: 100, largestBatch: 100, queued: 0 });
});

test("a batch is never larger than its limit", async () => {
  const { messages, stats } = await openStore({ maxBatch: 8 });
  const writes = Array.from({ length: 20 }, () => messages.append(draft(), null));
  expect(stats().queued).toBe(20);
  await Promise.all(writes);
  expect(stats()).toEqual({ commits: 3, rows: 20, largestBatch: 8, queued: 0 });
});

test("of a batch, what is wrong fails alone", async () => {
  const { messages, users, stats } = await openStore();
  const known = user();
  const [first, , again, fractional, last] = await Promise.allSettled([
    messages.append(draft(), null),
    users.create(known),
    users.create(known),
    // The table takes whole numbers only: the second half of the request fails after the first was done.
    messages.append(draft({ clientMsgId: "half" }), { owner: bob, period: 1.5, wakeAt: 0, decision: null }),
    messages.append(draft(), null),
  ]);
  expect(first).toMatchObject({ value: { message: { seq: 1 } } });
  expect(again).toMatchObject({ reason: { code: "EMAIL_TAKEN" } });
  expect(fractional).toMatchObject({ reason: { code: "UNAVAILABLE" } });
  expect(last).toMatchObject({ value: { message: { seq: 2 } } });
  expect(await messages.append(draft({ clientMsgId: "half" }), null)).toMatchObject({ message: { seq: 3 } });
  expect(stats().commits).toBe(2);
});

test("a full queue refuses at once, and takes more when there is room again", async () => {
  const { messages } = await openStore({ maxQueue: 2 });
  const accepted = [messages.append(draft(), null), messages.append(draft(), null)];
  expect(await rejection(messages.append(draft(), null))).toMatchObject({
    code: "OVERLOADED",
    retryAfterMs: expect.any(Number),
  });
  await Promise.all(accepted);
  expect(await messages.append(draft(), null)).toMatchObject({ message: { seq: 3 } });
});

test("a lock that is released in time only delays, and the process goes on meanwhile", async () => {
  const path = databasePath();
  const { messages, stats } = await openStore({ path, lockTimeoutMs: 60_000 });
  const lock = holdLock(path);
  const write = messages.append(draft(), null);
  await turns(20);
  expect(stats()).toMatchObject({ commits: 0, queued: 1 });
  expect(await messages.head(conversationOf(ada, bob))).toBeNull();
  lock.release();
  expect(await write).toMatchObject({ outcome: "stored" });
});

test("a lock that stays is UNAVAILABLE, nothing was done, and the store heals", async () => {
  const path = databasePath();
  const { messages } = await openStore({ path, lockTimeoutMs: 20 });
  const lock = holdLock(path);
  const message = draft();
  expect(await rejection(messages.append(message, null))).toMatchObject({ code: "UNAVAILABLE", retryable: true });
  expect(await rejection(messages.ping())).toMatchObject({ code: "UNAVAILABLE" });
  lock.release();
  expect(await messages.append(message, null)).toMatchObject({ outcome: "stored", message: { seq: 1 } });
  await messages.ping();
});

test("a failed commit acknowledges nothing, undoes everything, and the store heals", async () => {
  const path = databasePath();
  const { messages } = await openStore({ path });
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  // A deferred constraint is judged by COMMIT itself: the nearest thing to a disk that fails there.
  other.exec(`
    CREATE TABLE parent (id TEXT PRIMARY KEY);
    CREATE TABLE child (id TEXT REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER fail AFTER INSERT ON messages WHEN new.content = 'fail' BEGIN INSERT INTO child VALUES (new.id); END;
  `);
  const writes = [draft(), draft({ content: "fail" }), draft()].map((message) => messages.append(message, null));
  expect(await Promise.all(writes.map(rejection))).toEqual(
    Array(3).fill(expect.objectContaining({ code: "UNAVAILABLE", cause: expect.any(Error) })),
  );
  expect(await messages.head(conversationOf(ada, bob))).toBeNull();
  expect(await messages.append(draft(), null)).toMatchObject({ outcome: "stored", message: { seq: 1 } });
});

test("what another process writes is seen by the next read and the next write", async () => {
  const path = databasePath();
  const one = await openStore({ path });
  const other = await openStore({ path });
  const id = newId();
  const epoch = await one.messages.epoch();
  await one.messages.append(draft(), null);
  expect(await other.messages.append(draft({ id }), null)).toMatchObject({ message: { seq: 2 } });
  expect(await one.messages.head(conversationOf(ada, bob))).toMatchObject({ id, counts: [2, 0] });
  const renewed = await other.messages.newEpoch();
  expect(renewed).not.toBe(epoch);
  expect(await one.messages.epoch()).toBe(renewed);
});
