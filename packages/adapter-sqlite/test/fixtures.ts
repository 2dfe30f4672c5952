import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conversationOf, type Id, type MessageDraft, type User } from "@standin/core/ports";
import { onTestFinished } from "vitest";
import { createSqliteStore, type SqliteStore, type SqliteStoreOptions } from "../src/index.ts";

/** A directory that is there until the test ends. */
export const temporaryDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "standin-sqlite-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};

export const databasePath = (): string => join(temporaryDirectory(), "standin.db");

/** A store that is closed when the test ends. */
export const openStore = async (options: Partial<SqliteStoreOptions> = {}): Promise<SqliteStore> => {
  const store = await createSqliteStore({ path: options.path ?? databasePath(), ...options });
  onTestFinished(() => store.close());
  return store;
};

export const newId = (): Id => randomBytes(12).toString("hex");

export const ada: Id = "a".repeat(24);
export const bob: Id = "b".repeat(24);

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
    email: `${id}@example.org`,
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
