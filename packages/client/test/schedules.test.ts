import { type ChatClient, type ChatClientOptions, type ClientStorage, createChatClient } from "@standin/client";
import { describe, expect, test } from "vitest";
import { type ChatServer, startChatServer } from "./chat-server.ts";
import { newTally, runSchedule, type Tally } from "./schedule.ts";

/** Another run, other schedules: `SCHEDULE_SEED=<n>` begins at the one of a run that failed. */
const firstSeed = Number(process.env["SCHEDULE_SEED"] ?? 1);

interface RunOptions {
  readonly server: ChatServer;
  readonly tally: Tally;
  readonly count: number;
  readonly atOnce: number;
  /** The server is exchanged each time when that many schedules are done, in the middle of others. */
  readonly restartEvery?: number;
  readonly create?: (options: ChatClientOptions) => ChatClient;
  readonly catchUpWithinMs?: number;
}

/** Resolves with what went wrong, each with the seed that shows it. */
const run = async ({ count, atOnce, restartEvery = Number.POSITIVE_INFINITY, ...rest }: RunOptions) => {
  const seeds = Array.from({ length: count }, (_, index) => firstSeed + index);
  const failures: string[] = [];
  let finished = 0;
  const worker = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
      const mistakes = await runSchedule({ ...rest, seed });
      failures.push(...mistakes.map((mistake) => `seed ${seed}: ${mistake}`));
      finished += 1;
      if (finished % restartEvery === 0) await rest.server.restart();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { failures, finished };
};

test("300 schedules of cuts, losses, delays, reloads and restarts: no message lost, doubled or out of order", {
  timeout: 600_000,
  retry: 0,
}, async () => {
  const server = await startChatServer();
  const tally = newTally();
  const { failures, finished } = await run({ server, tally, count: 300, atOnce: 50, restartEvery: 30 });
  expect(failures).toEqual([]);
  expect(finished).toBe(300);
  // Each fault really happened, and repeats really met what they repeated.
  for (const [fault, times] of Object.entries(tally)) expect(times, fault).toBeGreaterThan(10);
  expect(tally.acknowledgements + tally.requests).toBeGreaterThan(100);
  expect(server.asked() - tally.messages).toBeGreaterThan(tally.acknowledgements / 2);
});

/** What is asked of the server for a gap has no answer in it. */
const withoutCatchUp = (options: ChatClientOptions): ChatClient =>
  createChatClient({
    ...options,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).includes("/messages?") || !String(input).includes("&after=")) return response;
      return Response.json({ ...((await response.json()) as object), messages: [], hasMore: false });
    },
  });

/** What was not acknowledged is sent under another id next time. */
const withNewIds = (options: ChatClientOptions): ChatClient => {
  const { storage } = options as { storage: ClientStorage };
  let counter = 0;
  return createChatClient({
    ...options,
    storage: {
      ...storage,
      read: async (key) => (key.includes("/outbox/") ? true : storage.read(key)),
      list: async (prefix) => {
        if (!prefix.endsWith("/outbox/")) return storage.list(prefix);
        counter += 1;
        const entries = (await storage.list(prefix)) as readonly { readonly id: string }[];
        return entries.map((entry) => ({ ...entry, id: `${entry.id}-${counter}` }));
      },
    },
  });
};

/** Nothing is on the device when it dies. */
const withoutKeepingTheOutbox = (options: ChatClientOptions): ChatClient => {
  const { storage } = options as { storage: ClientStorage };
  const list: ClientStorage["list"] = async (prefix) => (prefix.endsWith("/outbox/") ? [] : storage.list(prefix));
  return createChatClient({ ...options, storage: { ...storage, list } });
};

describe("a client with a mistake is found out", () => {
  test.each([
    ["that does not fetch what is missing", withoutCatchUp, /was (not )?told of|shows/, 1_500],
    ["that repeats under a new id", withNewIds, /is stored ([2-9]|\d\d+) times/, 60_000],
    ["whose outbox does not outlive it", withoutKeepingTheOutbox, /is stored 0 times/, 60_000],
  ])("%s", async (_, create, expected, catchUpWithinMs) => {
    const server = await startChatServer();
    const { failures } = await run({ server, tally: newTally(), count: 12, atOnce: 12, create, catchUpWithinMs });
    expect(failures.join("\n")).toMatch(expected);
    expect(failures.join("\n")).not.toContain("not all was sent");
  });
});
