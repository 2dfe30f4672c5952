import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  messageRepositoryContract,
  relationRepositoryContract,
  type Subject,
  sessionRepositoryContract,
  standInContract,
  standInRepositoryContract,
  userRepositoryContract,
} from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { createSqliteStore, type SqliteStore } from "../src/index.ts";

const name = "SQLite";

/** A store in a directory of its own, of which one port is tried. */
const subjectOf = <Port>(portOf: (store: SqliteStore) => Port) => {
  return async (): Promise<Subject<Port>> => {
    const directory = mkdtempSync(join(tmpdir(), "standin-contract-"));
    const open = (): Promise<SqliteStore> => createSqliteStore({ path: join(directory, "standin.db") });
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
        rmSync(directory, { recursive: true, force: true });
      },
    };
  };
};

testContract(userRepositoryContract, {
  name,
  capabilities: { durable: true, concurrentWriters: true },
  create: subjectOf(({ users }) => users),
});

testContract(sessionRepositoryContract, {
  name,
  capabilities: { durable: true },
  create: subjectOf(({ sessions }) => sessions),
});

testContract(relationRepositoryContract, {
  name,
  capabilities: { durable: true },
  create: subjectOf(({ relations }) => relations),
});

testContract(messageRepositoryContract, {
  name,
  capabilities: { durable: true, concurrentWriters: true },
  create: subjectOf(({ messages }) => messages),
});

testContract(standInRepositoryContract, {
  name,
  capabilities: { durable: true, concurrentWriters: true },
  create: subjectOf(({ standIns }) => standIns),
});

testContract(standInContract, {
  name,
  capabilities: { model: true },
  create: subjectOf((store) => store),
});
