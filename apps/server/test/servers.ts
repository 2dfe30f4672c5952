/**
 * The servers that the end-to-end tests of the chat run on: each store behind each HTTP adapter.
 *
 * - `servers`, all six, for the doors: documented-http and documented-sockets. Answers are compared, so that no client can tell one from another.
 * - `stores`, one of each store and both adapters among them, for what takes time behind doors that the six have compared: status, stand-in,
 *   assistant, concurrency.
 * - `durableStores` for restarts and crashes, which a store in memory does not outlive, and in which an HTTP adapter has nothing to keep or to lose.
 *
 * On MongoDB a call has more time than it has in production: a database that a crowded machine starves would be a service that is unavailable.
 *
 * What no store takes part in (hostile input, configuration, signals, logs, documents) runs on the embedded one alone.
 */
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, describe } from "vitest";
import { freshDatabase, useServer } from "../../../packages/adapter-mongo/test/mongo-server.ts";
import { type Environment, type ServerProcess, type StartOptions, startServer } from "./server-process.ts";

type StoreName = "memory" | "embedded" | "mongodb";
type Adapter = "express" | "hono";

export interface TestedServer {
  /** For titles; it says NOT RUN and why where this machine cannot have it. */
  readonly name: string;
  readonly store: StoreName;
  readonly canRun: boolean;
  /** Starts one on a fresh store of its own, which is gone when the tests of the file are done. */
  readonly start: (options?: StartOptions) => Promise<ServerProcess>;
}

const mongo = await useServer();

const databases: string[] = [];
afterAll(async () => {
  if ("unavailable" in mongo) return;
  await Promise.all(databases.map((name) => mongo.client.db(name).dropDatabase()));
});

/** What lets a server work in this database. Who signs in still does so in the database that the URI names. */
export const mongoEnvironment = (uri: string, database: string): Environment => {
  const [, address = "", named = "", query = ""] = /^([^/]*\/\/[^/?]*)\/?([^?]*)\??(.*)$/.exec(uri) ?? [];
  const options = new URLSearchParams(query);
  if (address.includes("@") && named !== "" && !options.has("authSource")) options.set("authSource", named);
  return { MONGODB_URI: `${address}/${database}?${options}`, JWT_SECRET: randomBytes(32).toString("hex") };
};

const memoryEntry = fileURLToPath(new URL("./memory-server.ts", import.meta.url));
const mongoEntry = fileURLToPath(new URL("./mongo-server.ts", import.meta.url));

const storeOptions: { readonly [Name in StoreName]: () => StartOptions } = {
  memory: () => ({ entry: memoryEntry, channel: true }),
  embedded: () => ({}),
  mongodb: () => {
    if ("unavailable" in mongo) throw new Error(mongo.unavailable);
    const database = freshDatabase();
    databases.push(database);
    return { entry: mongoEntry, env: mongoEnvironment(mongo.uri, database) };
  },
};

const nameOf: { readonly [Name in StoreName]: string } = {
  memory: "memory",
  embedded: "the embedded store",
  mongodb: "unavailable" in mongo ? `MongoDB: ${mongo.unavailable}` : `MongoDB (${mongo.name})`,
};

const tested = (store: StoreName, adapter: Adapter): TestedServer => ({
  name: `${adapter} on ${nameOf[store]}`,
  store,
  canRun: store !== "mongodb" || !("unavailable" in mongo),
  start: (options = {}) => {
    const own = storeOptions[store]();
    return startServer({ ...own, ...options, env: { HTTP_ADAPTER: adapter, ...own.env, ...options.env } });
  },
});

const embedded = tested("embedded", "express");
const mongodb = tested("mongodb", "hono");

export const servers: readonly TestedServer[] = [
  tested("memory", "express"),
  tested("memory", "hono"),
  embedded,
  tested("embedded", "hono"),
  tested("mongodb", "express"),
  mongodb,
];

export const stores: readonly TestedServer[] = [tested("memory", "hono"), embedded, mongodb];

export const durableStores: readonly TestedServer[] = [embedded, mongodb];

/** `describe` for each of these servers; what cannot run here is skipped under a name that says so. */
export const describeServers = (which: readonly TestedServer[], tests: (server: TestedServer) => void): void => {
  for (const server of which) describe.skipIf(!server.canRun)(server.name, () => tests(server));
};
