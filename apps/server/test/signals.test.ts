import { connect as connectTcp } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { connect } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { judge, newLedger, startLoad } from "./load.ts";
import { call, history, type Person, send, signUp, wholeHistory } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, type StartOptions, startServer } from "./server-process.ts";

cleanUpAfterwards();

const runner = fileURLToPath(new URL("../../../tools/run.mjs", import.meta.url));
/** However slow the machine is, time does not run out. */
const env = { RATE_LIMITS: "off", SHUTDOWN_MS: "60000" };

/** A request of which the server has the beginning and never gets the end; what gives it up. */
const beginRequest = async ({ url }: ServerProcess, { token }: Person): Promise<() => void> => {
  const { hostname, port } = new URL(url);
  const wire = connectTcp(Number(port), hostname);
  wire.on("error", () => {});
  const head = `POST /user/message HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Length: 100\r\n\r\n{`;
  await new Promise<void>((resolve) => wire.write(head, () => resolve()));
  // What is sent after it is answered after it has come.
  await call(url, "GET", "/healthz");
  return () => wire.destroy();
};

/** Tells a server under load to stop; what was acknowledged, and what the next server on the directory has of it. */
const stopUnderLoad = async (options: StartOptions) => {
  const server = await startServer({ env, ...options });
  const [ann, bob] = [await signUp(server.url, "ann"), await signUp(server.url, "bob")];
  const ledger = newLedger();
  const people = [ann, bob] as const;
  const load = await startLoad({ url: server.url, people, ledger, httpWriters: 4, socketWriters: 4, dropEvery: 0 });
  await eventually(
    async () => load.answers(),
    (answers) => answers > 100,
  );
  const underWay = load.inFlight();
  const { code, signal, stdout } = await server.stop();
  await load.end();
  const next = await startServer({ dataDir: server.dataDir, env });
  const histories = [await wholeHistory(next.url, ann, bob), await wholeHistory(next.url, bob, ann)];
  await next.stop();
  return { code, signal, stdout, underWay, events: load.events, ledger, verdict: judge(ledger, histories) };
};

describe("SIGTERM under load", () => {
  test.each([
    ["to the server", {}],
    ["to tools/run.mjs serve", { command: [process.execPath, runner, "serve"] } satisfies StartOptions],
  ])("%s: sockets are told, every acknowledged message is stored, and it ends with 0", async (_name, options) => {
    const { code, signal, stdout, underWay, events, ledger, verdict } = await stopUnderLoad(options);
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(stdout).toMatch(/^Standin listening on [^\n]+\n$/);
    expect(underWay).toBeGreaterThan(0);
    expect(events).toContain("draining");
    expect(ledger.acknowledged.size).toBeGreaterThan(100);
    expect(verdict).toEqual({ lost: [], changed: [], duplicates: [] });
  });
});

test("SIGTERM to npm start reaches the server, which stops in order", async () => {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const server = await startServer({ env, command: ["npm", "--prefix", root, "start", "--silent"] });
  await signUp(server.url, "ann");
  // Ended is what holds the output no more: npm, which does not wait, and the server.
  expect((await server.stop()).stderr).toContain("store closed");
});

test.each(["websocket", "polling"])(
  "with a single client, on %s, the server stops in order and ends with 0",
  async (transport) => {
    const server = await startServer({ env });
    const ann = await signUp(server.url, "ann");
    const phone = await connect(server.url, ann.token, { transports: [transport] });
    const { code, stderr } = await server.stop();
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("store closed");
    // Who polls may be between two polls when the doors close, and then meets them closed.
    if (transport === "websocket") await phone.next("draining");
    await phone.next("disconnect");
  },
);

test("while it stops, /readyz says so on a connection that is open, and nobody new gets in", async () => {
  const server = await startServer({ env });
  const ann = await signUp(server.url, "ann");
  const phone = await connect(server.url, ann.token);
  // It keeps the server at stopping for as long as we look.
  const giveUp = await beginRequest(server, ann);
  const { hostname, port } = new URL(server.url);
  const wire = connectTcp(Number(port), hostname);
  wire.on("error", () => {});
  let answer = "";
  wire.setEncoding("utf8").on("data", (chunk: string) => {
    answer += chunk;
  });
  const closed = new Promise<void>((resolve) => wire.once("close", () => resolve()));
  // A request that has begun, so that the connection is not idle.
  await new Promise<void>((resolve) => wire.write("GET /readyz HTTP/1.1\r\nHost: a\r\n", () => resolve()));
  await call(server.url, "GET", "/healthz");
  server.send("SIGTERM");
  await phone.next("draining");
  wire.write("\r\n");
  await closed;
  expect(answer).toMatch(/^HTTP\/1\.1 503 .*connection: close/is);
  await expect(call(server.url, "GET", "/healthz")).rejects.toThrow();
  giveUp();
  expect((await server.ended).code).toBe(0);
});

test.each([
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const)("a second signal, %s, exits at once with %d", async (second, code) => {
  const server = await startServer({ env: { ...env, SHUTDOWN_MS: "600000" } });
  const ann = await signUp(server.url, "ann");
  const phone = await connect(server.url, ann.token);
  // It keeps the first signal busy.
  const giveUp = await beginRequest(server, ann);
  server.send("SIGTERM");
  await phone.next("draining");
  server.send(second);
  expect((await server.ended).code).toBe(code);
  giveUp();
});

test("SIGINT stops as SIGTERM does", async () => {
  const server = await startServer({ env });
  server.send("SIGINT");
  expect((await server.ended).code).toBe(0);
});

test("a request that does not end does not keep the server beyond SHUTDOWN_MS", async () => {
  const server = await startServer({ env: { ...env, SHUTDOWN_MS: "5000" } });
  const giveUp = await beginRequest(server, await signUp(server.url, "ann"));
  expect((await server.stop()).code).toBe(0);
  giveUp();
});

test("an error that nobody caught is logged, and the server stops in order with 1", async () => {
  const entry = fileURLToPath(new URL("./planted/uncaught-error.ts", import.meta.url));
  const server = await startServer({ env, entry });
  const [ann, bob] = [await signUp(server.url, "ann"), await signUp(server.url, "bob")];
  const sent = await send(server.url, ann, bob, "the last one");
  const { code, stderr } = await server.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/"message":"planted".*uncaughtException: stopping/);
  expect(stderr).toContain("store closed");
  const next = await startServer({ dataDir: server.dataDir });
  expect(await history(next.url, ann, bob)).toEqual([sent]);
  await next.stop();
});
