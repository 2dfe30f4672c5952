import {
  messageRepositoryContract,
  relationRepositoryContract,
  type StandInPorts,
  type Subject,
  sessionRepositoryContract,
  standInContract,
  standInRepositoryContract,
  userRepositoryContract,
} from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { createMongoStore, type MongoStore } from "../src/index.ts";
import { freshDatabase, useServer } from "./mongo-server.ts";

const server = await useServer();

/** A server in Python takes its time, and some cases ask a thousand things at once. */
const deadlineMs = 120_000;

type Ports = Pick<MongoStore, "users" | "sessions" | "relations" | "messages" | "standIns">;

/** A store in a database of its own, which can be opened again and goes with the case. Of it one port is tried, or all together. */
const subjectOf =
  <Port>(portOf: (store: MongoStore) => Port) =>
  async (): Promise<Required<Subject<Port>>> => {
    if ("unavailable" in server) throw new Error(server.unavailable);
    const { uri, client } = server;
    const database = freshDatabase();
    const open = (): Promise<MongoStore> => createMongoStore({ uri, database, timeoutMs: deadlineMs });
    let store = await open();
    return {
      port: portOf(store),
      async reopen() {
        await store.close();
        store = await open();
        return portOf(store);
      },
      async dispose() {
        await store.close();
        await client.db(database).dropDatabase();
      },
    };
  };

const unlessUnavailable = <Create>(create: Create): Create | { readonly unavailable: string } =>
  "unavailable" in server ? server : create;

const createFor = <Name extends keyof Ports>(name: Name) => unlessUnavailable(subjectOf((store) => store[name]));

const name = "unavailable" in server ? "mongo" : `mongo on ${server.name}`;
const durable = true;
const concurrentWriters = true;
testContract(userRepositoryContract, {
  name,
  capabilities: { durable, concurrentWriters },
  create: createFor("users"),
  deadlineMs,
});
testContract(sessionRepositoryContract, {
  name,
  capabilities: { durable },
  create: createFor("sessions"),
  deadlineMs,
});
testContract(relationRepositoryContract, {
  name,
  capabilities: { durable },
  create: createFor("relations"),
  deadlineMs,
});
testContract(messageRepositoryContract, {
  name,
  capabilities: { durable, concurrentWriters },
  create: createFor("messages"),
  deadlineMs,
});
testContract(standInRepositoryContract, {
  name,
  capabilities: { durable, concurrentWriters },
  create: createFor("standIns"),
  deadlineMs,
});
testContract(standInContract, {
  name,
  capabilities: { model: true },
  create: unlessUnavailable(subjectOf<StandInPorts>((store) => store)),
  // A thousand conversations, one write after the other.
  deadlineMs: 10 * deadlineMs,
});
