import { setTimeout as wait } from "node:timers/promises";
import { conversationOf, type Id, isChatError, type MessageDraft } from "@standin/core/ports";
import { MongoClient } from "mongodb";
import { describe, expect, onTestFinished, test } from "vitest";
import type { MongoStore, MongoStoreOptions } from "../src/index.ts";
import { ada, adaAndBob, bob, draft, newId, openStore, patient, rejection, testDatabase, user } from "./fixtures.ts";
import { type OwnServer, startOwnServer } from "./mongo-server.ts";
import { startProxy } from "./proxy.ts";

const found = await startOwnServer();
const title = "unavailable" in found ? found.unavailable : `on ${found.name}`;
const ownServer = (): OwnServer => {
  if ("unavailable" in found) throw new Error(found.unavailable);
  return found;
};

const unavailable = { code: "UNAVAILABLE", retryable: true };
const isUnavailable = (error: unknown): boolean => isChatError(error) && error.code === "UNAVAILABLE";

/** Waits for it, and says for what when it does not come within two minutes, which is far longer than it takes on a slow machine. */
const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (const end = performance.now() + 120_000; !(await holds()); await wait(5))
    if (performance.now() > end) throw new Error(`not within two minutes: ${what}`);
};

/** What the first attempt comes to for which a slow machine leaves time enough, though its limit is the default one. */
const inTime = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (const end = performance.now() + 120_000; ; await wait(20)) {
    try {
      return await attempt();
    } catch (error) {
      const isLate = isUnavailable(error) || (error instanceof Error && error.name === "StoreRefused");
      if (!isLate || performance.now() > end) throw error;
    }
  }
};

/** A store in which a call has no more time than by default, so that what fails does so soon. */
const openHasty = (options: MongoStoreOptions): Promise<MongoStore> => inTime(() => openStore(options));

/** The same send again and again, each time under a new id, as clients do, until it is acknowledged. */
const sendUntilAcknowledged = async (
  { messages }: MongoStore,
  send: MessageDraft,
  onUnavailable: () => void = () => {},
): Promise<{ readonly outcome: string; readonly id: Id; readonly seq: number; readonly tries: number }> => {
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await messages.append(tries === 1 ? send : { ...send, id: newId() }, null);
      if (result.outcome === "conflict") throw new Error("a repeated send was taken for another one");
      return { outcome: result.outcome, id: result.message.id, seq: result.message.seq, tries };
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      onUnavailable();
      await wait(20);
    }
  }
};

describe.skipIf("unavailable" in found)(`a server that fails (${title})`, () => {
  test.each([
    ["of the store's own client", (): null => null],
    ["of a caller's client", (): MongoClient => new MongoClient(ownServer().uri)],
  ])(
    "one that hangs, seen through the connections %s: every call is UNAVAILABLE, and it heals by itself",
    async (_, makeClient) => {
      const server = ownServer();
      const db = testDatabase(server.client);
      const client = makeClient();
      onTestFinished(async () => client?.close());
      const before = await openStore({ uri: server.uri, database: db.databaseName, timeoutMs: patient });
      const person = user();
      const known = draft({ clientMsgId: "known" });
      await before.users.create(person);
      const store = await openHasty({
        database: db.databaseName,
        ...(client === null ? { uri: server.uri } : { client }),
      });
      await sendUntilAcknowledged(store, known);

      server.pause();
      onTestFinished(() => server.resume());
      const hung = draft({ clientMsgId: "hung" });
      const calls = {
        append: store.messages.append(hung, null),
        firstOfConversation: store.messages.append(draft({ recipient: newId() }), null),
        repeated: store.messages.append({ ...known, id: newId() }, null),
        insertAt: store.messages.insertAt(2, draft({ origin: "standin" }), null),
        ping: store.messages.ping(),
        head: store.messages.head(adaAndBob),
        find: store.users.find(person.id),
        compareAndSet: store.users.compareAndSet({ ...person, period: 1 }),
        create: store.users.create(user()),
        session: store.sessions.create({ id: "s", userId: ada, createdAt: 1, expiresAt: 2 }),
        block: store.relations.block({ owner: ada, blocked: bob, at: 1, ownerReadSeq: 0, blockedReadSeq: 0 }),
      };
      const results = await Promise.all(Object.values(calls).map(rejection));
      for (const [index, name] of Object.keys(calls).entries()) expect(results[index], name).toMatchObject(unavailable);

      server.resume();
      const healed = await sendUntilAcknowledged(store, hung);
      expect(await db.collection("messages").countDocuments({ clientMsgId: "hung" })).toBe(1);
      const found = await inTime(() => store.messages.find(healed.id));
      expect(found).toMatchObject({ clientMsgId: "hung", seq: healed.seq });
      await inTime(() => store.messages.ping());
      expect(await inTime(() => store.users.find(person.id))).not.toBeNull();
    },
  );

  test("one that refuses connections, and then is back", async () => {
    const { port, client } = ownServer();
    const proxy = await startProxy(port);
    const store = await openHasty({ uri: proxy.uri, database: testDatabase(client).databaseName });
    await sendUntilAcknowledged(store, draft({ clientMsgId: "first" }));
    proxy.refuse();
    const refused = [store.messages.append(draft(), null), store.messages.ping(), store.users.find(ada)];
    for (const error of await Promise.all(refused.map(rejection))) expect(error).toMatchObject(unavailable);
    proxy.accept();
    expect(await sendUntilAcknowledged(store, draft({ clientMsgId: "back" }))).toMatchObject({ seq: 2 });
  });

  test("the answer to an insert is lost: what was stored is found by its id, and acknowledged as stored", async () => {
    const { port, client } = ownServer();
    const proxy = await startProxy(port);
    const db = testDatabase(client);
    const store = await openStore({ uri: proxy.uri, database: db.databaseName, timeoutMs: patient });
    await store.messages.append(draft(), null);

    const message = draft({ content: "the answer to this is lost" });
    const job = { owner: bob, period: 1, wakeAt: 5, decision: null };
    proxy.loseAnswerTo(message.content);
    const result = await store.messages.append(message, job);
    expect(proxy.lost()).toBe(1);
    expect(result).toMatchObject({ outcome: "stored", message: { id: message.id, seq: 2 }, job: { state: "pending" } });

    const answer = draft({ content: "this answer, too", origin: "standin", sender: bob, recipient: ada });
    proxy.loseAnswerTo(answer.content);
    expect(await store.messages.insertAt(3, answer, null)).toBe("inserted");
    expect(proxy.lost()).toBe(2);
    expect(await db.collection("messages").countDocuments()).toBe(3);
  });

  test("an insert is lost on its way: it is made again, once", async () => {
    const { port, client } = ownServer();
    const proxy = await startProxy(port);
    const db = testDatabase(client);
    const store = await openStore({ uri: proxy.uri, database: db.databaseName, timeoutMs: patient });
    await store.messages.append(draft(), null);
    const message = draft({ content: "this is lost on its way" });
    proxy.loseRequest(message.content);
    expect(await store.messages.append(message, null)).toMatchObject({ outcome: "stored", message: { seq: 2 } });
    expect(proxy.lost()).toBe(1);
    expect(await db.collection("messages").countDocuments()).toBe(2);
  });

  test("the answer is lost and nothing can be read: UNAVAILABLE, and the same call later tells that it was stored", async () => {
    const { port, client } = ownServer();
    const proxy = await startProxy(port);
    const db = testDatabase(client);
    const store = await openHasty({ uri: proxy.uri, database: db.databaseName });
    await sendUntilAcknowledged(store, draft({ clientMsgId: "first" }));
    const send = draft({ clientMsgId: "c-1", content: "no answer comes back after this" });
    let { id } = send;
    proxy.muteFrom(send.content);
    await until("it is sent before its time is over", async () => {
      id = newId();
      expect(await rejection(store.messages.append({ ...send, id }, null))).toMatchObject(unavailable);
      return proxy.isMute();
    });
    const stored = db.collection("messages");
    await until("it is stored", async () => (await stored.countDocuments({ clientMsgId: "c-1" })) > 0);
    proxy.refuse();
    proxy.accept();
    expect(await sendUntilAcknowledged(store, send)).toMatchObject({ outcome: "repeated", id, seq: 2 });
  });

  const slowMachine = { timeout: 300_000 };
  test(
    "kill -9 of the server under load: nothing acknowledged is lost, nothing is there twice",
    slowMachine,
    async () => {
      const server = ownServer();
      const proxy = await startProxy(server.port);
      const db = testDatabase(server.client);
      const store = await openHasty({ uri: proxy.uri, database: db.databaseName });
      const stored = db.collection("messages");
      const acknowledged = new Map<string, { readonly outcome: string; readonly id: Id; readonly seq: number }>();
      const peers = Array.from({ length: 8 }, newId);
      let isOver = false;
      onTestFinished(() => {
        isOver = true;
      });
      let round = 0;
      const refused = new Set<string>();

      const write = async (peer: Id, writer: number): Promise<void> => {
        for (let number = 0; !isOver; number += 1) {
          const clientMsgId = `${peer}-${writer}-${number}`;
          const send = draft({ recipient: peer, clientMsgId, content: `of round ${round}` });
          acknowledged.set(clientMsgId, await sendUntilAcknowledged(store, send, () => refused.add(clientMsgId)));
        }
      };
      const writing = Promise.all(peers.flatMap((peer) => [0, 1].map((writer) => write(peer, writer))));

      const kills = 3;
      for (let kill = 1; kill <= kills; kill += 1) {
        const before = acknowledged.size;
        await until("60 more sends are acknowledged", () => acknowledged.size >= before + 60);
        refused.clear();
        round = kill;
        // From a first attempt on, what is committed is acknowledged to nobody: the server dies when a send is both refused and stored, so that its retry meets its first copy.
        proxy.muteFrom(`of round ${round}`);
        await until("a send is stored and refused", async () => {
          return (await stored.countDocuments({ clientMsgId: { $in: [...refused] } })) > 0;
        });
        // What was seen need not be on the disk yet; what was written before this is.
        await db.collection("seen").insertOne({ round }, { writeConcern: { w: "majority", j: true } });
        await server.kill();
        await server.start();
        proxy.refuse();
        proxy.accept();
      }
      isOver = true;
      await writing;

      const documents = await stored.find().toArray();
      const idOf = new Map(documents.map(({ _id, clientMsgId, seq }) => [clientMsgId, `${_id.toHexString()} ${seq}`]));
      const lost = [...acknowledged].filter(([clientMsgId, { id, seq }]) => idOf.get(clientMsgId) !== `${id} ${seq}`);
      expect(lost).toEqual([]);
      expect(idOf.size, "a message is there twice").toBe(documents.length);
      expect(documents.length).toBe(acknowledged.size);
      expect(acknowledged.size).toBeGreaterThan(kills * 60);
      const repeated = [...acknowledged.values()].filter(({ outcome }) => outcome === "repeated");
      expect(repeated.length, "retries that met their first copy").toBeGreaterThanOrEqual(kills);
      for (const peer of peers) {
        const conversation = conversationOf(ada, peer);
        const seqs = documents.flatMap(({ conversation: its, seq }) => (its === conversation ? [seq as number] : []));
        expect(seqs.sort((one, other) => one - other)).toEqual(seqs.map((_, index) => index + 1));
      }
      const after = await openStore({ uri: server.uri, database: db.databaseName, timeoutMs: patient });
      const { conversations } = await after.messages.conversations(ada, { limit: 99, cursor: null });
      expect(conversations.map(({ peer }) => peer).sort()).toEqual(peers.sort());
    },
  );
});
