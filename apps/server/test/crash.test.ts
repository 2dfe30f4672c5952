import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { freshDatabase, type OwnServer, startOwnServer } from "../../../packages/adapter-mongo/test/mongo-server.ts";
import { startProxy } from "../../../packages/adapter-mongo/test/proxy.ts";
import { eventually } from "./eventually.ts";
import { judge, type Ledger, newLedger, startLoad } from "./load.ts";
import { call, type Json, type Person, signUp, wholeHistory } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, type StartOptions, startServer } from "./server-process.ts";
import { describeServers, durableStores, mongoEnvironment, type TestedServer } from "./servers.ts";

/** A server of MongoDB that may be killed, whichever the others use. */
const killable = await startOwnServer();

cleanUpAfterwards();

const planted = fileURLToPath(new URL("./planted/acknowledge-before-commit.ts", import.meta.url));
const env = { RATE_LIMITS: "off", LOG_LEVEL: "warn" };

/** For a whole test: ten times what it takes. */
const patienceMs = 600_000;
/** A loss that is found once is a loss. */
const byChance = { timeout: patienceMs, retry: 0 };

/** Every third answer is thrown away: promise A3 speaks of 30 % of them. */
const dropEvery = 3;

interface Figures {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly changed: number;
  readonly duplicates: number;
  readonly contradictions: number;
  /** Orders whose first copy was stored though its sender had no acknowledgement, and that were sent again. */
  readonly retriesThatMetTheirFirst: number;
  /** Numbers of the conversation at the end, and messages in it. */
  readonly lastSeq: number;
  readonly stored: number;
  readonly orders: number;
  /** What was refused, how often. */
  readonly refusals: Readonly<Record<string, number>>;
}

const countsOf = (words: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

/** Two people and all that is ever found wrong with what they can read. */
const newAudit = async (url: string) => {
  const ledger = newLedger();
  const people = [await signUp(url, "ann"), await signUp(url, "bob")] as const;
  const [ann, bob] = people;
  const found = { lost: new Set<string>(), changed: new Set<string>(), duplicates: new Set<string>() };
  /** Stored before the look, and not acknowledged. */
  const met = new Set<string>();

  /** Compares what is stored with what was acknowledged so far. */
  const look = async (at: string): Promise<readonly Json[]> => {
    // What is acknowledged from here on may be missing in what is read.
    const known: Ledger = { ...ledger, acknowledged: new Map(ledger.acknowledged) };
    const histories = [await wholeHistory(at, ann, bob), await wholeHistory(at, bob, ann)] as const;
    const verdict = judge(known, histories);
    for (const id of verdict.lost) found.lost.add(id);
    for (const id of verdict.changed) found.changed.add(id);
    for (const id of verdict.duplicates) found.duplicates.add(id);
    for (const { clientMsgId } of histories.flat()) if (ledger.pending.has(clientMsgId)) met.add(clientMsgId);
    return histories[0];
  };

  /** Repeats everything of which it is not known whether it is stored until it is acknowledged, and looks for the last time. */
  const conclude = async (at: string, kills: number): Promise<Figures> => {
    const writers = { httpWriters: 2, socketWriters: 2 };
    const load = await startLoad({ url: at, people, ledger, ...writers, dropEvery: 0, onlyPending: true });
    await eventually(
      async () => [...ledger.pending.keys()],
      (inDoubt) => inDoubt.length === 0,
    );
    await load.end();
    const messages = await look(at);
    return {
      kills,
      acknowledged: ledger.acknowledged.size,
      lost: found.lost.size,
      changed: found.changed.size,
      duplicates: found.duplicates.size,
      contradictions: ledger.contradictions.length,
      retriesThatMetTheirFirst: new Set([...met, ...ledger.dropped.keys()]).size,
      lastSeq: messages.at(-1)?.seq ?? 0,
      stored: messages.length,
      orders: ledger.acknowledged.size + ledger.pending.size,
      refusals: countsOf(ledger.refusals),
    };
  };
  return { ledger, people, look, conclude };
};

/** Enough answers before the kill of this number, another count each time. */
const enoughBefore = (kill: number): number => 40 + ((kill * 37) % 160);

/** Kills a server under load again and again on one store, and looks after each restart for what was acknowledged. */
const killRepeatedly = async (start: TestedServer["start"], kills: number, entry?: string): Promise<Figures> => {
  let server = await start({ env, ...(entry === undefined ? {} : { entry }) });
  const { ledger, people, look, conclude } = await newAudit(server.url);
  for (let kill = 1; kill <= kills; kill += 1) {
    const load = await startLoad({ url: server.url, people, ledger, httpWriters: 4, socketWriters: 4, dropEvery });
    await eventually(
      async () => [load.answers(), load.inFlight()] as const,
      ([answers, underWay]) => answers >= enoughBefore(kill) && underWay > 0,
    );
    await server.kill();
    await load.end();
    server = await server.again();
    await look(server.url);
  }
  const figures = await conclude(server.url, kills);
  await server.stop();
  return figures;
};

const expectNothingWrong = (figures: Figures, kills: number): void => {
  expect(figures).toMatchObject({ kills, lost: 0, changed: 0, duplicates: 0, contradictions: 0 });
  // Refused was what a slow machine kept waiting, and nothing else.
  expect(Object.keys(figures.refusals).filter((refused) => !refused.endsWith("UNAVAILABLE"))).toEqual([]);
  // The retries really met what they repeat.
  expect(figures.retriesThatMetTheirFirst).toBeGreaterThan(kills);
  expect(figures.acknowledged).toBeGreaterThan(50 * kills);
  // Every order is there exactly once, and nothing else is; the numbers have no hole.
  const { stored, lastSeq, acknowledged, orders } = figures;
  expect([stored, lastSeq, acknowledged]).toEqual([orders, orders, orders]);
};

describeServers(durableStores, ({ name, store, start }) => {
  const kills = store === "embedded" ? 20 : 5;

  test(`killed with -9 ${kills} times under load, what was acknowledged is there, once`, byChance, async () => {
    const figures = await killRepeatedly(start, kills);
    console.info(`${name}, ${kills} kills of the server:`, figures);
    expectNothingWrong(figures, kills);
  });

  test(
    "the same test sees a server that acknowledges before it commits",
    async () => {
      const figures = await killRepeatedly(start, 2, planted);
      console.info(`${name}, 2 kills of the server with the bug planted:`, figures);
      expect(figures.lost).toBeGreaterThan(0);
      expect(figures.lost).toBeLessThan(figures.acknowledged);
    },
    patienceMs,
  );
});

interface DatabaseFigures extends Figures {
  /** Kills at which something was stored whose sender, and whose server, had no answer. */
  readonly committedUnheard: number;
  /** What sockets were told beside answers. */
  readonly events: readonly string[];
}

/** What the server answers while its database is away. */
const answersWithout = async ({ url }: ServerProcess, { token }: Person) => {
  const [alive, ready, me] = await Promise.all([
    call(url, "GET", "/healthz"),
    call(url, "GET", "/readyz"),
    call(url, "GET", "/me", { token }),
  ]);
  return {
    alive: alive.status,
    ready: ready.status,
    me: [me.status, me.body.code],
    retry: me.headers.get("retry-after"),
  };
};

/** Kills the database under the load of one server, which lives on, and starts it again on the same storage. */
const killDatabase = async (database: OwnServer, kills: number, options: StartOptions): Promise<DatabaseFigures> => {
  const name = freshDatabase();
  const messages = database.client.db(name).collection("messages");
  const proxy = await startProxy(database.port);
  const server = await startServer({ ...options, env: { ...env, ...mongoEnvironment(proxy.uri, name) } });
  const { ledger, people, look, conclude } = await newAudit(server.url);
  const writers = { httpWriters: 4, socketWriters: 4 };
  const load = await startLoad({ url: server.url, people, ledger, ...writers, dropEvery, repeatDropped: true });
  /** Mutes the database when it has just stored something of which nobody will hear. At some moments no insert is on its way: then once more. */
  const muteAfterACommit = async (): Promise<void> => {
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      proxy.mute();
      for (let look = 1; look <= 10; look += 1) {
        const heard = [...ledger.acknowledged.keys(), ...ledger.dropped.keys()];
        if ((await messages.countDocuments({ clientMsgId: { $nin: heard } })) > 0) return;
        await pause(20);
      }
      const before = load.answers();
      proxy.refuse();
      proxy.accept();
      await eventually(
        async () => load.answers() - before,
        (answers) => answers >= 8,
      );
    }
    throw new Error("nothing was ever stored unheard");
  };
  let committedUnheard = 0;
  for (let kill = 1; kill <= kills; kill += 1) {
    const before = load.answers();
    await eventually(
      async () => load.answers() - before,
      (answers) => answers >= enoughBefore(kill),
    );
    // Every other time it dies when it has committed something of which nobody has heard.
    if (kill % 2 === 0) {
      await muteAfterACommit();
      committedUnheard += 1;
    }
    const underWay = await eventually(
      async () => load.inFlight(),
      (requests) => requests > 0,
    );
    const refusedBefore = ledger.refusals.length;
    await database.kill();
    // Each writer waits for one answer: what was under way is refused, and so is what comes next, over both doors.
    await eventually(
      async () => ledger.refusals.slice(refusedBefore),
      (refused) => refused.length >= underWay && new Set(refused).size > 1,
    );
    expect(await answersWithout(server, people[0])).toEqual({
      ...{ alive: 200, ready: 503, me: [503, "UNAVAILABLE"], retry: expect.stringMatching(/^\d+$/) },
    });
    await database.start();
    proxy.refuse();
    proxy.accept();
    const answeredBefore = load.answers();
    await eventually(
      async () => load.answers(),
      (answers) => answers > answeredBefore,
    );
    await look(server.url);
  }
  const events = [...load.events];
  await load.end();
  const figures = await conclude(server.url, kills);
  // It is still the same process, and it stops in order.
  expect(await server.stop()).toMatchObject({ code: 0, signal: null });
  return { ...figures, committedUnheard, events };
};

const title = "unavailable" in killable ? killable.unavailable : killable.name;
describe.skipIf("unavailable" in killable)(`the database of a server that lives on (${title})`, () => {
  const database = killable as OwnServer;

  test(
    "killed with -9 three times under load, what was acknowledged is there, once, and the server heals",
    byChance,
    async () => {
      const figures = await killDatabase(database, 3, {});
      console.info(`${title}, 3 kills of the database:`, figures);
      expectNothingWrong(figures, 3);
      expect(figures.committedUnheard).toBe(1);
      // Whoever was refused was told to come again, over both doors, and nobody was cut off.
      expect(Object.keys(figures.refusals).sort()).toEqual(["503 UNAVAILABLE", "UNAVAILABLE"]);
      expect(figures.events).toEqual([]);
    },
  );

  test(
    "the same test sees a server that acknowledges before it commits",
    async () => {
      const figures = await killDatabase(database, 1, { entry: planted });
      console.info(`${title}, 1 kill of the database with the bug planted:`, figures);
      expect(figures.lost).toBeGreaterThan(0);
    },
    patienceMs,
  );
});
