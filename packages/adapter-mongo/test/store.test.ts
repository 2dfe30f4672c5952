import { defaultSettings, type Message } from "@standin/core/ports";
import fc from "fast-check";
import { type CommandStartedEvent, type Document, MongoClient, ObjectId } from "mongodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { createMongoStore, type MongoStore } from "../src/index.ts";
import {
  ada,
  adaAndBob,
  bob,
  draft,
  newId,
  openStore,
  patient,
  rejection,
  storeOn,
  testDatabase,
  user,
} from "./fixtures.ts";
import { type TestServer, useServer } from "./mongo-server.ts";

const found = await useServer();
const title = "unavailable" in found ? found.unavailable : `on ${found.name}`;
const server = (): TestServer => {
  if ("unavailable" in found) throw new Error(found.unavailable);
  return found;
};

const append = async ({ messages }: MongoStore, change: Parameters<typeof draft>[0] = {}): Promise<Message> => {
  const result = await messages.append(draft(change), null);
  if (result.outcome !== "stored") throw new Error(`expected "stored", not "${result.outcome}"`);
  return result.message;
};

/** A caller's client that tells what it sends. */
const observedClient = async (): Promise<{
  readonly client: MongoClient;
  readonly commands: CommandStartedEvent[];
}> => {
  const client = new MongoClient(server().uri, { monitorCommands: true });
  const commands: CommandStartedEvent[] = [];
  client.on("commandStarted", (event) => commands.push(event));
  onTestFinished(() => client.close());
  await client.connect();
  return { client, commands };
};

describe.skipIf("unavailable" in found)(`the store (${title})`, () => {
  test("who knows the documented model reads users and messages as it says", async () => {
    const { store, db } = await storeOn(server(), { timeoutMs: patient });
    const person = user({
      email: "Ada@Example.org",
      emailKey: "ada@example.org",
      username: "Ada",
      passwordHash: "$argon2id$hash",
      period: 3,
      declared: { word: "BUSY", since: 1_000, until: 2_000, note: "Exam", resume: "none" },
      lastBusy: { since: 1_000, until: null },
      published: { status: "BUSY", prevstatus: "ONLINE", busyUntil: 2_000, busyNote: "Exam" },
    });
    await store.users.create(person);
    const [{ id, at }] = [draft({ at: 1_700_000_000_000 })];
    const job = { owner: bob, period: 3, wakeAt: 5_000, decision: null };
    await store.messages.append(draft({ id, at, clientMsgId: "c-1" }), job);

    expect(await db.collection("users").find().toArray()).toEqual([
      {
        _id: new ObjectId(person.id),
        email: "Ada@Example.org",
        emailKey: "ada@example.org",
        password: "$argon2id$hash",
        username: "Ada",
        usernameKey: "ada",
        status: "BUSY",
        prevstatus: "ONLINE",
        busyUntil: new Date(2_000),
        busyNote: "Exam",
        declared: { word: "BUSY", since: new Date(1_000), until: new Date(2_000), note: "Exam", resume: "none" },
        period: 3,
        lastBusy: { since: new Date(1_000), until: null },
        version: 1,
        createdAt: new Date(1_000),
      },
    ]);
    expect(await db.collection("messages").find().toArray()).toEqual([
      {
        _id: new ObjectId(id),
        sender: new ObjectId(ada),
        recipient: new ObjectId(bob),
        content: "hello",
        timestamp: new Date(at),
        conversation: adaAndBob,
        seq: 1,
        counts: [1, 0],
        news: [1, 1],
        inPerson: [1, 0],
        origin: "person",
        clientMsgId: "c-1",
        blocked: false,
        notice: false,
        job: { owner: new ObjectId(bob), period: 3, state: "pending", wakeAt: new Date(5_000) },
      },
    ]);
    const names = (await db.listCollections().toArray()).map(({ name }) => name).sort();
    for (const name of ["conversations", "messages", "meta", "users"]) expect(names).toContain(name);
  });

  test("who knows the documented model reads what belongs to the stand-in as it says", async () => {
    const { store, db } = await storeOn(server(), { timeoutMs: patient });
    const { standIns } = store;
    const [draftId, trigger] = [newId(), newId()];
    const facts = { text: "On a train", backAt: 2_000, delegate: bob, links: ["https://a.example/"] };
    const settings = { ...defaultSettings, people: new Map([[bob, "off" as const]]), noticeText: "Later", facts };
    await standIns.compareAndSetSettings(ada, settings, 0);
    await standIns.spend(ada, "2031-05-01", { limit: 2, newPeopleLimit: 1 });
    await standIns.spend(ada, "2031-05-01", { limit: 2, newPeopleLimit: null });
    await standIns.request({ kind: "urgent", owner: ada, writer: bob, period: 3, at: 1_000 });
    await standIns.suggest({
      ...{ id: draftId, owner: ada, peer: bob, conversation: adaAndBob, inReplyTo: trigger, text: "Back soon" },
      ...{ generator: { provider: "template" }, notice: true, period: 3, at: 1_000, state: "open" },
    });

    const [owner, other] = [new ObjectId(ada), new ObjectId(bob)];
    const stored = async (name: string): Promise<unknown> => await db.collection(name).find().toArray();
    expect(await stored("standin_settings")).toEqual([
      {
        ...{ _id: owner, mode: "answer", newPeople: null, people: [{ user: other, mode: "off" }], noticeText: "Later" },
        facts: { text: "On a train", backAt: new Date(2_000), delegate: other, links: ["https://a.example/"] },
        ...{ shareUntil: true, waitSeconds: 0, answersPerPeriod: 3, version: 1 },
      },
    ]);
    expect(await stored("standin_budgets")).toEqual([
      { _id: `2031-05-01:${ada}`, day: "2031-05-01", owner, spent: 2, spentForNew: 1 },
    ]);
    expect(await stored("standin_requests")).toEqual([
      { _id: `${ada}:${bob}:3:urgent`, kind: "urgent", owner, writer: other, period: 3, at: new Date(1_000) },
    ]);
    expect(await stored("standin_suggestions")).toEqual([
      {
        ...{
          _id: new ObjectId(draftId),
          owner,
          peer: other,
          conversation: adaAndBob,
          inReplyTo: new ObjectId(trigger),
        },
        ...{ text: "Back soon", generator: { provider: "template" }, notice: true, period: 3, at: new Date(1_000) },
        state: "open",
      },
    ]);
  });

  test("a database of the version before is brought up to date, and what it holds is read", async () => {
    const { store, db } = await storeOn(server(), { timeoutMs: patient });
    const person = user();
    await store.users.create(person);
    const message = await append(store);
    await store.close();
    // As it was before there was anything of the stand-in's own.
    for (const name of ["settings", "budgets", "requests", "suggestions"]) await db.dropCollection(`standin_${name}`);
    await db.collection("users").updateMany({}, { $unset: { lastBusy: "" } });
    await db.collection<{ _id: string }>("meta").updateOne({ _id: "schema" }, { $set: { version: 1 } });

    const upgraded = await openStore({ uri: server().uri, database: db.databaseName, timeoutMs: patient });
    expect(await upgraded.users.find(person.id)).toEqual({ ...person, lastBusy: null });
    expect(await upgraded.messages.find(message.id)).toEqual({ ...message, messageOnly: false });
    const before = await db.collection("messages").findOne({ _id: new ObjectId(message.id) });
    expect(before).not.toHaveProperty("messageOnly");
    const unique = (await db.collection("standin_suggestions").indexes()).filter((index) => index.unique === true);
    expect(unique.map(({ name }) => name).sort()).toEqual(["suggestions_by_notice", "suggestions_by_reply"]);
    expect(await db.collection<{ _id: string }>("meta").findOne({ _id: "schema" })).toMatchObject({ version: 2 });
  });

  test("the messages of one turn of the event loop go in one insertMany, at most 128, on the disk of a majority", async () => {
    const { client, commands } = await observedClient();
    const db = testDatabase(client);
    const store = await openStore({ client, database: db.databaseName, timeoutMs: patient });
    const peers = Array.from({ length: 130 }, newId);
    await Promise.all(peers.map((recipient) => append(store, { recipient })));
    const before = store.stats();
    commands.length = 0;

    await Promise.all(peers.map((recipient) => append(store, { recipient })));
    const after = store.stats();
    expect(after.commits - before.commits).toBe(2);
    expect(after.rows - before.rows).toBe(130);
    expect(after.largestBatch).toBe(128);
    expect(after.queued).toBe(0);
    const inserts = commands.filter(({ commandName }) => commandName === "insert").map(({ command }) => command);
    expect(inserts.map(({ documents }) => documents.length)).toEqual([128, 2]);
    for (const insert of inserts)
      expect(insert).toMatchObject({ ordered: false, writeConcern: { w: "majority", j: true } });
  });

  test("one message of a conversation is on its way at a time, however many are sent at once", async () => {
    const { client, commands } = await observedClient();
    const db = testDatabase(client);
    const store = await openStore({ client, database: db.databaseName, timeoutMs: patient });
    await append(store);
    commands.length = 0;
    const sent = await Promise.all(Array.from({ length: 20 }, () => append(store)));
    expect(sent.map(({ seq }) => seq)).toEqual(sent.map((_, index) => index + 2));
    const inserts = commands.filter(({ commandName }) => commandName === "insert");
    expect(inserts.map(({ command }) => (command as { documents?: unknown[] }).documents?.length)).toEqual(
      sent.map(() => 1),
    );
    // The number comes from the acknowledged insert before: it was never asked for, and never wrong.
    const reads = commands.filter(
      ({ commandName, command }) => commandName === "find" && Object.values(command).includes("messages"),
    );
    expect(reads).toEqual([]);
  });

  test("a document that cannot be stored fails alone", async () => {
    const { store } = await storeOn(server(), { timeoutMs: patient });
    const peers = Array.from({ length: 6 }, newId);
    await Promise.all(peers.map((recipient) => append(store, { recipient })));
    const tooLarge = "x".repeat(17_000_000);
    const results = await Promise.allSettled(
      peers.map((recipient, index) => append(store, { recipient, content: index === 3 ? tooLarge : "hello" })),
    );
    expect(results.map(({ status }) => status)).toEqual(
      peers.map((_, index) => (index === 3 ? "rejected" : "fulfilled")),
    );
    expect(results[3]).toMatchObject({ reason: { code: "INTERNAL" } });
    expect(await append(store, { recipient: peers[3] ?? "" })).toMatchObject({ seq: 2 });
  });

  test("beyond the queue the answer is OVERLOADED, at once", async () => {
    const { store } = await storeOn(server(), { maxQueue: 2, timeoutMs: patient });
    const sends = [append(store), append(store)];
    expect(store.stats().queued).toBe(2);
    expect(await rejection(append(store))).toMatchObject({ code: "OVERLOADED", retryAfterMs: 1_000 });
    expect((await Promise.all(sends)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(await append(store)).toMatchObject({ seq: 3 });
  });

  test("two processes write into one conversation: the taken key tells who was first, and in what", async () => {
    const { store: one, db } = await storeOn(server(), { timeoutMs: patient });
    const other = await openStore({ uri: server().uri, database: db.databaseName, timeoutMs: patient });
    const stores = [one, other];
    await Promise.all(stores.map((store) => append(store)));

    const numbers = await Promise.all(
      stores.map(async (store) => {
        const seqs: number[] = [];
        for (let sent = 0; sent < 20; sent += 1) seqs.push((await append(store)).seq);
        return seqs;
      }),
    );
    const inOrder = numbers.flat().sort((a, b) => a - b);
    expect(inOrder).toEqual(inOrder.map((_, index) => index + 3));

    for (let round = 0; round < 5; round += 1) {
      const send = { clientMsgId: `c-${round}` };
      const results = await Promise.all(stores.map((store) => store.messages.append(draft(send), null)));
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(["repeated", "stored"]);
      const [first, second] = results.map((result) => (result.outcome === "conflict" ? null : result.message));
      expect(first).toEqual(second);
    }

    const head = (await one.messages.head(adaAndBob))?.seq ?? 0;
    const answers = stores.map((store) =>
      store.messages.insertAt(head + 1, draft({ origin: "standin", sender: bob, recipient: ada, period: 1 }), null),
    );
    expect((await Promise.all(answers)).sort()).toEqual(["inserted", "seq-taken"]);
    const same = draft({ clientMsgId: null });
    const both = await Promise.all(stores.map((store) => store.messages.append(same, null)));
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(["repeated", "stored"]);
    expect(await db.collection("messages").countDocuments()).toBe((await one.messages.head(adaAndBob))?.seq);
  });

  test("what was read is acknowledged only behind a write that waits for the disk of a majority", async () => {
    const { client, commands } = await observedClient();
    const store = await openStore({ client, database: testDatabase(client).databaseName, timeoutMs: patient });
    const send = draft({ clientMsgId: "c-1" });
    await store.messages.append(send, null);
    commands.length = 0;
    expect(await store.messages.append({ ...send, id: newId() }, null)).toMatchObject({ outcome: "repeated" });
    const names = commands.map(({ commandName, command }) => `${commandName} ${command[commandName]}`);
    expect(names).toContain("find messages");
    expect(names.indexOf("update meta")).toBeGreaterThan(names.lastIndexOf("find messages"));
    expect(commands[names.indexOf("update meta")]?.command).toMatchObject({ writeConcern: { w: "majority", j: true } });
  });

  test("a crash between a message and its place in the lists: no conversation is missing, and each shows its newest message", async () => {
    const { store, db } = await storeOn(server(), { timeoutMs: patient });
    const rows = db.collection<Document & { _id: string }>("conversations");
    const first = await append(store);
    const second = await append(store);
    // As if nothing had been written after the rows were made for the first message.
    await rows.updateMany({}, { $set: { newsSeq: 0, lastVisible: new ObjectId(first.id) } });
    for (const reader of [ada, bob]) {
      const { conversations } = await store.messages.conversations(reader, { limit: 9, cursor: null });
      expect(conversations).toMatchObject([{ lastSeq: 2, lastMessage: { id: second.id } }]);
      expect(await store.messages.peers(reader, 9)).toEqual([reader === ada ? bob : ada]);
    }
    // And as if the message itself had not been written.
    const stranger = newId();
    const conversation = `${stranger}:${ada}`;
    await rows.insertOne({
      ...{ _id: `${ada}:${stranger}`, user: new ObjectId(ada), peer: new ObjectId(stranger), conversation },
      ...{ readSeq: 0, newsSeq: 0, lastVisible: new ObjectId() },
    });
    expect((await store.messages.conversations(ada, { limit: 9, cursor: null })).conversations).toHaveLength(1);
    expect(await store.messages.peers(ada, 9)).toEqual([bob]);
  });

  test("objects in place of strings are values, never operators", async () => {
    const { store } = await storeOn(server(), { timeoutMs: patient });
    await store.users.create(user());
    await store.sessions.create({ id: "session", userId: ada, createdAt: 1, expiresAt: 2 });
    await store.sessions.rememberAddress(ada, "192.0.2.1", 1);
    await append(store, { clientMsgId: "c-1" });
    await store.standIns.compareAndSetSettings(ada, defaultSettings, 0);
    await store.standIns.request({ kind: "urgent", owner: ada, writer: bob, period: 1, at: 1 });
    await store.standIns.suggest({
      ...{ id: newId(), owner: ada, peer: bob, conversation: adaAndBob, inReplyTo: newId(), text: "hello" },
      ...{ generator: { provider: "template" }, notice: false, period: 1, at: 1, state: "open" },
    });
    for (const operator of [{ $gt: "" }, { $ne: null }, { $exists: true }, { $regex: "" }]) {
      const text = operator as unknown as string;
      expect(await store.users.findByEmail(text)).toBeNull();
      expect(await store.users.find(text)).toBeNull();
      expect(await store.users.findMany([text])).toEqual([]);
      expect(await store.sessions.find(text)).toBeNull();
      expect(await store.sessions.knowsAddress(ada, text)).toBe(false);
      expect(await store.messages.find(text)).toBeNull();
      expect(await store.messages.head(text)).toBeNull();
      expect(await store.messages.page(text, { limit: 9 })).toEqual([]);
      expect(await store.messages.job(text)).toBeNull();
      expect(await store.standIns.settings(text)).toMatchObject({ version: 0 });
      expect(await store.standIns.findSuggestion(text, text)).toBeNull();
      expect(await store.standIns.endSuggestion(ada, text, "sent")).toBeNull();
      expect(await store.standIns.suggestions(text, null, 9)).toEqual([]);
      expect(await store.standIns.requestsOf(ada, text, 1)).toEqual([]);
      expect(await store.standIns.urgentSince(text, 0, 9)).toEqual([]);
    }
  });

  test("a prefix finds exactly the names that begin with it, whatever characters they have", async () => {
    const { store } = await storeOn(server(), { timeoutMs: patient });
    const names = [
      "a",
      "ab",
      "abc",
      "b",
      "é",
      "\u{10ffff}",
      "\u{10ffff}x",
      "😀",
      "😀😀",
      "\ud7ff",
      "\ue000",
      ".*",
      "^a",
      "$gt",
    ];
    for (const name of names) await store.users.create(user({ username: name, usernameKey: name }));
    const letters = fc.constantFrom(...new Set(names.flatMap((name) => [...name])), "z", "\0", "\u{10fffe}");
    const prefixes = fc.array(letters, { minLength: 1, maxLength: 3 }).map((characters) => characters.join(""));
    await fc.assert(
      fc.asyncProperty(prefixes, async (prefix) => {
        const page = await store.users.list({ except: ada, limit: 99, cursor: null, prefix, inEmails: false });
        const matching = names.filter((name) => name.startsWith(prefix));
        expect(page.users.map(({ username }) => username).sort()).toEqual(matching.sort());
      }),
      { numRuns: 60 },
    );
  });

  test("text that is not well-formed is stored, answered and compared as the database keeps it", async () => {
    const { store } = await storeOn(server(), { timeoutMs: patient });
    const send = draft({ clientMsgId: "c-1", content: "nul \0, half a pair \ud83d, and \u{1f600}" });
    const result = await store.messages.append(send, null);
    const content = "nul \0, half a pair \ufffd, and \u{1f600}";
    expect(result).toMatchObject({ outcome: "stored", message: { content } });
    expect(await store.messages.find(send.id)).toMatchObject({ content });
    expect(await store.messages.append({ ...send, id: newId() }, null)).toMatchObject({ outcome: "repeated" });
  });

  test("a caller's client stays open when the store is closed, and with it the store is UNAVAILABLE", async () => {
    const client = new MongoClient(server().uri);
    onTestFinished(() => client.close());
    const database = testDatabase(server().client).databaseName;
    const store = await createMongoStore({ client, database, timeoutMs: patient });
    const late = append(store);
    await Promise.all([store.close(), store.close()]);
    expect(await late).toMatchObject({ seq: 1 });
    expect(await client.db("admin").command({ ping: 1 })).toMatchObject({ ok: 1 });
    for (const call of [store.messages.ping(), append(store), store.users.find(ada)])
      expect(await rejection(call)).toMatchObject({ code: "UNAVAILABLE" });
  });
});
