// Promise A15: random input made from the tables themselves. hostile-http and hostile-sockets say what each field is answered; here nothing may break.
import { once } from "node:events";
import { Agent, request } from "node:http";
import { clientEvents, type Route, routes } from "@standin/http-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./devices.ts";
import { type Json, type Person, send, signIn, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";

cleanUpAfterwards();

const perAdapter = 10_000;
const perTransport = 10_000;
const atOnce = 16;

const hex = "0123456789abcdef01234567";
const odd = [
  "",
  " ",
  "\u0000",
  "\ud800",
  "\u202e",
  "__proto__",
  "$where",
  hex,
  "AVAILABLE",
  "BUSY",
  "2999-01-01T00:00:00Z",
];
const text = fc.oneof(fc.constantFrom(...odd), fc.string({ unit: "binary", maxLength: 30 }));
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, [], {}, { $gt: "" }, "x".repeat(5_000)),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  // What is good in itself, so that the field after it is looked at, too.
  { weight: 4, arbitrary: fc.constantFrom<unknown>("@me", "@other", "hello", 1) },
);

/** What each field takes, where one word for all does not do. */
const good: Readonly<Record<string, unknown>> = {
  ...{ to: "@other", receiverId: "@other", peer: "@other", userId: "@me", from: "@me", seq: 1, message: "hello" },
  ...{
    status: "BUSY",
    verdict: "confirmed",
    urgent: true,
    email: "@me@example.org",
    password: "password",
    username: "x",
  },
};

/** Objects with these fields, good and bad, some of them missing, and some that nobody asked for. */
const objectOf = (names: readonly string[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      ...names.map((name) =>
        fc.oneof(
          { weight: 5, arbitrary: fc.constant({ [name]: good[name] }) },
          { weight: 2, arbitrary: value.map((each) => ({ [name]: each })) },
          { weight: 1, arbitrary: fc.constant({}) },
        ),
      ),
      fc.oneof(
        { weight: 5, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.dictionary(fc.constantFrom("__proto__", "constructor", "extra"), value) },
      ),
    )
    .map((parts) => Object.assign({}, ...parts));

/** The ids that stand for themselves in what was generated. */
const filled = (generated: string, { me, other }: { readonly me: Person; readonly other: Person }): string =>
  generated.replaceAll("@me", me.id).replaceAll("@other", other.id);

interface Case {
  readonly method: string;
  readonly path: string;
  readonly body: string | Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

const methods = fc.constantFrom("GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", "HEAD");

const caseOf = ({ method, path, query, body }: Route): fc.Arbitrary<Case> =>
  fc.record({
    method: fc.oneof({ weight: 9, arbitrary: fc.constant<string>(method) }, { weight: 1, arbitrary: methods }),
    path: fc
      .tuple(
        fc.constantFrom("", "/api"),
        fc.oneof(
          fc.constantFrom("@me", "@other", "%00", "%ff", "..%2f"),
          text.map((each) => encodeURIComponent(each.toWellFormed())),
        ),
        fc.dictionary(fc.constantFrom(...Object.keys(query?.shape ?? { extra: 0 })), text, { maxKeys: 4 }),
      )
      .map(([prefix, segment, asked]) => {
        const asks = Object.entries(asked).map(([name, each]) => `${name}=${encodeURIComponent(each.toWellFormed())}`);
        return `${prefix}${path.replace(/:\w+/, segment)}${asks.length === 0 ? "" : `?${asks.join("&")}`}`;
      }),
    body: fc.oneof(
      { weight: 8, arbitrary: objectOf(Object.keys(body?.shape ?? { extra: 0 })).map((each) => JSON.stringify(each)) },
      { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    headers: fc.constantFrom<Readonly<Record<string, string>>>(
      ...[{}, {}, {}, { origin: "https://evil.example" }, { "content-type": "text/plain" }],
      ...[
        { "content-type": "application/json; charset=utf-16" },
        { "content-encoding": "gzip" },
        { expect: "100-continue" },
      ],
      ...[{ "x-forwarded-for": "a, b" }, { host: "other.example" }],
    ),
  });

/** Hashing takes as long as a hundred other calls, and what ends sessions gets one of its own: neither needs as many cases. */
const rarely = new Set(["/signup", "/signin", "/me/password", "/signout"]);
const ending = /^(\/api)?\/(me\/password|signout)/;

const anyCase = fc.oneof(
  ...routes.map((route) => ({ weight: rarely.has(route.path) ? 1 : 30, arbitrary: caseOf(route) })),
);

const arrival = fc.oneof(
  ...clientEvents.map(({ event, payload }) => ({
    // A whole history is a large answer.
    weight: event === "getMessages" ? 1 : 5,
    arbitrary: fc.tuple(
      fc.constant(event),
      fc.oneof(
        { weight: 6, arbitrary: fc.tuple(objectOf(Object.keys(payload.shape))) },
        { weight: 1, arbitrary: fc.array(value, { maxLength: 3 }) },
      ),
    ),
  })),
  fc.tuple(
    fc.constantFrom("", "__proto__", "toString", "resync", "incomingMessage", "nonsense"),
    fc.array(value, { maxLength: 2 }),
  ),
);

/** The same for both adapters, and for both transports. */
const calls = fc.sample(anyCase, { numRuns: perAdapter, seed: 15 });
const arrivals = fc.sample(arrival, { numRuns: perTransport, seed: 15 });

/** Runs so many at a time until all have run. */
const runAll = async <Item>(items: readonly Item[], run: (item: Item) => Promise<void>): Promise<void> => {
  const left = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of left) await run(item);
    }),
  );
};

let server: ServerProcess;
let people: { readonly me: Person; readonly other: Person };

const begin = async (adapter: string): Promise<void> => {
  server = await startServer({ env: { HTTP_ADAPTER: adapter, RATE_LIMITS: "off", AI_MERGE_WINDOW_MS: "0" } });
  people = { me: await signUp(server.url, "me"), other: await signUp(server.url, "other") };
  await send(server.url, people.other, people.me, "hello");
};

/** It is the same process, it serves, it has nothing unexpected to log, and it ends in order. */
const survived = async (): Promise<void> => {
  await send(server.url, people.other, people.me, "and after it all");
  const { code, stderr } = await server.stop();
  expect(stderr).not.toMatch(/"level":"(error|fatal)"/);
  expect(code).toBe(0);
};

describe.each(["express", "hono"])("over HTTP with %s", (adapter) => {
  beforeAll(() => begin(adapter));
  afterAll(async () => {
    await server?.stop();
  });

  test(`${perAdapter} random calls are answered or refused, and nothing else`, { timeout: 240_000 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
    const statuses = new Map<number, number>();
    const wrong: unknown[] = [];
    const ask = async ({ method, path, body, headers }: Case): Promise<void> => {
      const token = ending.test(path) ? (await signIn(server.url, people.me)).body.token : people.me.token;
      const bytes = body === null ? null : Buffer.from(typeof body === "string" ? filled(body, people) : body);
      const sent = request(server.url + filled(path, people), {
        ...{ agent, method },
        headers: { authorization: `Bearer ${token}`, "content-length": bytes?.length ?? 0, ...headers },
      });
      sent.end(bytes ?? "");
      const [response] = await once(sent, "response");
      const chunks: Buffer[] = await response.toArray();
      const given = Buffer.concat(chunks).toString();
      statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
      const isFine =
        response.statusCode < 500 && (response.statusCode < 400 || method === "HEAD" || /"code":"[A-Z_]+"/.test(given));
      if (!isFine) wrong.push({ method, path, body: String(body), headers, status: response.statusCode, given });
    };
    await runAll(calls, ask);
    agent.destroy();
    console.info(`${adapter}:`, Object.fromEntries([...statuses].sort()));
    expect(wrong).toEqual([]);
    // Not everything was turned away at the first look.
    for (const status of [200, 400, 403, 404]) expect(statuses.get(status) ?? 0).toBeGreaterThan(100);
    await survived();
  });
});

describe.each(["websocket", "polling"])("over %s", (transport) => {
  beforeAll(() => begin("express"));
  afterAll(async () => {
    await server?.stop();
  });

  test(`${perTransport} random events get a typed answer each`, { timeout: 240_000 }, async () => {
    const device = await connect(server.url, people.me.token, { transports: [transport] });
    const codes = new Map<string, number>();
    const wrong: unknown[] = [];
    await runAll(arrivals, async ([event, payloads]) => {
      const given: Json = await device.ask(
        event,
        ...(JSON.parse(filled(JSON.stringify(payloads), people)) as unknown[]),
      );
      const code = given?.success === true ? "success" : given?.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (!/^(success|INVALID|UNAUTHORIZED|NOT_FOUND|CONFLICT)$/.test(code)) wrong.push({ event, payloads, given });
    });
    console.info(`${transport}:`, Object.fromEntries(codes));
    expect(wrong).toEqual([]);
    for (const code of ["success", "INVALID"]) expect(codes.get(code) ?? 0).toBeGreaterThan(100);
    expect(device.socket.connected).toBe(true);
    await survived();
  });
});
