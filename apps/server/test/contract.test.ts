// The stand-in's rules over combinations that no adapter can try alone: each model, and none, on each store.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGeminiResponder } from "@standin/adapter-gemini";
import { createMemoryStore } from "@standin/adapter-memory";
import { createMongoStore } from "@standin/adapter-mongo";
import { createOpenAiResponder } from "@standin/adapter-openai";
import { createSqliteStore } from "@standin/adapter-sqlite";
import { type StagedModel, type StandInPorts, type Subject, standInContract } from "@standin/contract-tests";
import { createGeminiDouble, createOpenAiDouble, stagedProvider } from "@standin/contract-tests/doubles";
import { testContract } from "@standin/contract-tests/vitest";
import { freshDatabase, useServer } from "../../../packages/adapter-mongo/test/mongo-server.ts";

type Opened<What> = What & { readonly close: () => Promise<void> | void };

/** The interleavings take a second or two, and a busy machine many times that. */
const deadlineMs = 60_000;
/** The cases hold calls open in a time of their own; an adapter's, which is real, must not end one before. */
const timeoutMs = 2 * deadlineMs;

const server = await useServer();

interface TriedStore {
  readonly name: string;
  readonly open: (() => Promise<Opened<{ readonly port: StandInPorts }>>) | { readonly unavailable: string };
  readonly cases: typeof standInContract.cases;
  readonly deadlineMs: number;
}

const stores: readonly TriedStore[] = [
  {
    name: "memory",
    cases: standInContract.cases,
    open: async () => ({ port: createMemoryStore(), close: () => {} }),
    deadlineMs,
  },
  {
    name: "SQLite",
    cases: standInContract.cases,
    open: async () => {
      const directory = mkdtempSync(join(tmpdir(), "standin-rules-"));
      const store = await createSqliteStore({ path: join(directory, "standin.db") });
      const close = async (): Promise<void> => {
        await store.close();
        rmSync(directory, { recursive: true, force: true });
      };
      return { port: store, close };
    },
    deadlineMs,
  },
  {
    name: "MongoDB",
    // One of each rule; those of the store alone take a minute, and its own package runs them.
    cases: standInContract.cases.filter(({ id }) => /^R\d\d$/.test(id) && !["R05", "R21", "R27"].includes(id)),
    open:
      "unavailable" in server
        ? server
        : async () => {
            const database = freshDatabase();
            const store = await createMongoStore({ uri: server.uri, database, timeoutMs: 40_000 });
            const close = async (): Promise<void> => {
              await store.close();
              await server.client.db(database).dropDatabase();
            };
            return { port: store, close };
          },
    deadlineMs,
  },
];

interface TriedModel {
  readonly name: string;
  /** null: the template answers alone. */
  readonly open: (() => Promise<Opened<{ readonly model: StagedModel }>>) | null;
}

const models: readonly TriedModel[] = [
  {
    name: "Gemini",
    open: async () => {
      const double = await createGeminiDouble();
      const responder = createGeminiResponder({ apiKey: "key-of-the-double", baseUrl: double.baseUrl, timeoutMs });
      return { model: stagedProvider(double, responder), close: () => double.close() };
    },
  },
  {
    name: "OpenAI",
    open: async () => {
      const double = await createOpenAiDouble();
      const responder = createOpenAiResponder({ model: "llama3.2", baseUrl: double.baseUrl, timeoutMs });
      return { model: stagedProvider(double, responder), close: () => double.close() };
    },
  },
  { name: "template", open: null },
];

for (const store of stores) {
  for (const model of models) {
    const { open } = store;
    testContract(
      { ...standInContract, cases: store.cases },
      {
        name: `${model.name} on ${store.name}`,
        capabilities: { model: model.open === null ? { unsupported: "the template answers alone" } : true },
        create:
          typeof open !== "function"
            ? open
            : async (): Promise<Subject<StandInPorts> & { readonly model?: StagedModel }> => {
                const [{ port, close }, opened] = [await open(), await model.open?.()];
                const dispose = async (): Promise<void> => {
                  await opened?.close();
                  await close();
                };
                return opened === undefined ? { port, dispose } : { port, model: opened.model, dispose };
              },
        deadlineMs: store.deadlineMs,
      },
    );
  }
}
