import { describe, expect, test } from "vitest";
import { createMongoStore } from "../src/index.ts";
import { openStore, patient, rejection, storeOn, testDatabase } from "./fixtures.ts";
import { type OwnServer, startOwnServer } from "./mongo-server.ts";
import { startProxy } from "./proxy.ts";

const found = await startOwnServer();
const title = "unavailable" in found ? found.unavailable : `on ${found.name}`;
const server = (): OwnServer => {
  if ("unavailable" in found) throw new Error(found.unavailable);
  return found;
};

const refused = async (uri: string, database = "standin", timeoutMs = patient): Promise<Error> => {
  const error = await rejection(createMongoStore({ uri, database, timeoutMs }));
  expect(error).toMatchObject({ name: "StoreRefused" });
  return error as Error;
};

test("a connection string that is none is refused in words, without its password", async () => {
  for (const uri of [
    "",
    "localhost",
    "http://ada:secret@localhost",
    "mongodb://ada:secret@",
    "mongodb://ada:sec%ret@h",
  ]) {
    const error = await refused(uri);
    expect(error.message).toContain("mongodb://HOST:27017/DATABASE");
    expect(`${error.message} ${JSON.stringify(error.cause)}`).not.toContain("sec");
  }
});

test("where nothing listens the address is named, and not the password", async () => {
  const error = await refused("mongodb://ada:secret@127.0.0.1:1/", "standin", 200);
  expect(error.message).toMatch(/^The database standin at 127\.0\.0\.1:1 does not answer\./);
  expect(error.message).not.toContain("secret");
});

describe.skipIf("unavailable" in found)(`opening (${title})`, () => {
  test("the database is the one named, or the URI's, or standin", async () => {
    const { uri, client } = server();
    const named = testDatabase(client);
    const inPath = uri.replace("/?", `/${named.databaseName}?`);
    await openStore({ uri: inPath, timeoutMs: patient });
    expect(await named.collection("meta").countDocuments()).toBe(3);
    const standin = client.db("standin");
    await openStore({ uri, timeoutMs: patient });
    expect(await standin.collection("meta").countDocuments()).toBe(3);
    await standin.dropDatabase();
  });

  test("indexes are made once, whoever opens the database, and the epoch is one for all", async () => {
    const { uri, client } = server();
    const db = testDatabase(client);
    const stores = await Promise.all(
      [1, 2, 3].map(() => openStore({ uri, database: db.databaseName, timeoutMs: patient })),
    );
    const epochs = await Promise.all(stores.map(({ messages }) => messages.epoch()));
    expect(new Set(epochs).size).toBe(1);
    const unique = (await db.collection("messages").indexes()).filter((index) => index.unique === true);
    expect(unique.map(({ name, key }) => [name, Object.keys(key)])).toEqual(
      expect.arrayContaining([
        ["messages_by_seq", ["conversation", "seq"]],
        ["messages_by_client_id", ["clientMsgId", "sender"]],
        ["messages_by_rev", ["conversation", "rev"]],
        ["messages_by_reply", ["inReplyTo"]],
        ["messages_by_notice", ["conversation", "sender", "period"]],
        ["jobs_at_work", ["job.lock"]],
      ]),
    );
  });

  test("a database of a newer version is refused", async () => {
    const { store, db } = await storeOn(server(), { timeoutMs: patient });
    await store.close();
    await db.collection<{ _id: string }>("meta").updateOne({ _id: "schema" }, { $set: { version: 999 } });
    const error = await refused(server().uri, db.databaseName);
    expect(error.message).toMatch(/newer version of Standin \(schema 999; this version knows 2\)/);
  });

  test("a database with somebody else's users is refused", async () => {
    const db = testDatabase(server().client);
    await db.collection("users").insertMany([{ name: "Ada" }, { name: "Bob" }]);
    expect((await refused(server().uri, db.databaseName)).message).toContain("not Standin's");
    expect(await db.collection("users").countDocuments()).toBe(2);
  });

  test("its own connections end with the store, also when it cannot be opened", async () => {
    const { port, client } = server();
    const proxy = await startProxy(port);
    const db = testDatabase(client);
    const store = await createMongoStore({ uri: proxy.uri, database: db.databaseName, timeoutMs: patient });
    expect(proxy.connections()).toBeGreaterThan(0);
    await store.close();
    await expect.poll(() => proxy.connections(), { timeout: patient }).toBe(0);
    await db.collection<{ _id: string }>("meta").updateOne({ _id: "schema" }, { $set: { version: 999 } });
    await refused(proxy.uri, db.databaseName);
    await expect.poll(() => proxy.connections(), { timeout: patient }).toBe(0);
  });
});
