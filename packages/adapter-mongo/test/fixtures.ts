import { randomBytes } from "node:crypto";
import { type ConversationId, conversationOf, type Id, type MessageDraft, type User } from "@standin/core/ports";
import type { Db, MongoClient } from "mongodb";
import { onTestFinished } from "vitest";
import { createMongoStore, type MongoStore, type MongoStoreOptions } from "../src/index.ts";
import { freshDatabase, type TestServer } from "./mongo-server.ts";

/** A time limit for calls whose subject is not time, in milliseconds: a server in Python under load takes its own. */
export const patient = 120_000;

export const newId = (): Id => randomBytes(12).toString("hex");

export const ada: Id = "a".repeat(24);
export const bob: Id = "b".repeat(24);
export const adaAndBob: ConversationId = conversationOf(ada, bob);

export const draft = (change: Partial<MessageDraft> = {}): MessageDraft => {
  const sender = change.sender ?? ada;
  const recipient = change.recipient ?? bob;
  return {
    id: newId(),
    conversation: conversationOf(sender, recipient),
    sender,
    recipient,
    content: "hello",
    at: 1_000,
    origin: "person",
    clientMsgId: null,
    period: null,
    blocked: false,
    messageOnly: false,
    inReplyTo: null,
    generator: null,
    notice: false,
    label: null,
    verdict: null,
    previousContent: null,
    ...change,
  };
};

export const user = (change: Partial<User> = {}): User => {
  const id = change.id ?? newId();
  return {
    id,
    email: `${id}@Example.org`,
    emailKey: `${id}@example.org`,
    username: "Ada",
    usernameKey: "ada",
    passwordHash: "hash",
    declared: { word: "none" },
    period: 0,
    lastBusy: null,
    published: { status: "AVAILABLE", prevstatus: "AVAILABLE", busyUntil: null, busyNote: null },
    version: 1,
    createdAt: 1_000,
    ...change,
  };
};

/** What a rejected promise was rejected with. */
export const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("The promise was not rejected.");
};

/** A database of its own, looked into past the adapter. It goes with the test. */
export const testDatabase = (client: MongoClient): Db => {
  const db = client.db(freshDatabase());
  onTestFinished(async () => {
    await db.dropDatabase();
  });
  return db;
};

/** A store that is closed when the test ends. */
export const openStore = async (options: MongoStoreOptions): Promise<MongoStore> => {
  const store = await createMongoStore(options);
  onTestFinished(() => store.close());
  return store;
};

/** A store on a database of its own. */
export const storeOn = async (
  { client, uri }: TestServer,
  options: Partial<MongoStoreOptions> = {},
): Promise<{ readonly store: MongoStore; readonly db: Db }> => {
  const db = testDatabase(client);
  return { db, store: await openStore({ uri, database: db.databaseName, ...options }) };
};
