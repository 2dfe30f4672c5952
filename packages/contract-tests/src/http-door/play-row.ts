import assert from "node:assert/strict";
import type { Chat } from "@standin/core";
import { exchange, type Incoming } from "./exchange.ts";
import type { Expected, Person, Row, Step, World } from "./row.ts";

/** A running server: the port that the table drives. */
export interface HttpDoor {
  /** Such as `http://127.0.0.1:49152`, without a slash at the end. */
  readonly baseUrl: string;
  /** The chat behind it. */
  readonly chat: Chat;
  /** Lets so many milliseconds pass for the chat, as `createDoorHost` gives it. */
  pass(ms: number): Promise<void>;
}

const encoder = new TextEncoder();

const signUp = async (baseUrl: string, username: string): Promise<Person> => {
  const email = `${username.toLowerCase()}@example.org`;
  const password = `${username}'s password`;
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const bytes = encoder.encode(JSON.stringify(body));
    const headers = { "content-type": "application/json" };
    const incoming = await exchange(baseUrl, { method: "POST", path, headers, body: bytes, chunked: false });
    assert.equal(incoming.status, 201, `${path} answered ${incoming.body}`);
    return JSON.parse(incoming.body);
  };
  const { token = "" } = await post("/signup", { email, password, username });
  const headers = { authorization: `Bearer ${token}` };
  const me = await exchange(baseUrl, { method: "GET", path: "/me", headers, body: null, chunked: false });
  assert.equal(me.status, 200, `GET /me answered ${me.body}`);
  return { id: JSON.parse(me.body).id, email, username, password, token };
};

const populate = async (baseUrl: string): Promise<World> => ({
  ada: await signUp(baseUrl, "Ada"),
  ben: await signUp(baseUrl, "Ben"),
  cy: await signUp(baseUrl, "Cy"),
  origin: baseUrl,
});

const bytesOf = ({ bytes, body }: Step): Uint8Array | null => {
  if (bytes !== undefined) return bytes;
  return body === undefined ? null : encoder.encode(JSON.stringify(body));
};

const play = (baseUrl: string, step: Step, earlier: readonly unknown[]): Promise<Incoming> =>
  exchange(baseUrl, {
    method: step.method,
    path: typeof step.path === "function" ? step.path(earlier) : step.path,
    headers: {
      ...(step.token !== undefined && { authorization: `Bearer ${step.token}` }),
      ...((step.body !== undefined || step.bytes !== undefined) && { "content-type": "application/json" }),
      ...step.headers,
    },
    body: bytesOf(step),
    chunked: step.chunked ?? false,
  });

/** Puts what was found in place of each regular expression that matches it, so that the two can be compared as wholes. */
const fill = (expected: Expected, found: unknown): unknown => {
  if (expected instanceof RegExp) return typeof found === "string" && expected.test(found) ? found : expected;
  if (typeof expected !== "object" || expected === null) return expected;
  const at = (key: string): unknown =>
    typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined;
  if (Array.isArray(expected)) return expected.map((entry, index) => fill(entry, at(String(index))));
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, fill(value, at(key))]));
};

const parse = (body: string): unknown => (body === "" ? undefined : JSON.parse(body));

const check = (step: Step, incoming: Incoming, earlier: readonly unknown[]): void => {
  const { status, answer, answerHeaders = {} } = step;
  const wanted: Expected = typeof answer === "function" ? answer(earlier) : answer;
  const found = { status: incoming.status, answer: parse(incoming.body) };
  const title = `${step.method} ${typeof step.path === "string" ? step.path : ""}`;
  assert.deepEqual(found, fill({ status, answer: wanted }, found), title);
  for (const [name, value] of Object.entries(answerHeaders)) {
    const header = incoming.headers[name] ?? null;
    assert.equal(header, fill(value, header), `${title}: header ${name}`);
  }
};

/** Plays a row, calling `see` with each answer. */
const playRow = async (
  { baseUrl, chat, pass }: HttpDoor,
  row: Row,
  see: (step: Step, incoming: Incoming, earlier: readonly unknown[]) => void,
): Promise<void> => {
  const world = await populate(baseUrl);
  await row.arrange?.(chat, world, pass);
  const earlier: unknown[] = [];
  for (const step of row.steps(world)) {
    const incoming = await play(baseUrl, step, earlier);
    see(step, incoming, earlier);
    earlier.push(parse(incoming.body));
  }
};

/** Plays a row and rejects at the first answer that is not the one in the table. */
export const checkRow = (door: HttpDoor, row: Row): Promise<void> => playRow(door, row, check);

/** Headers that belong to the connection or the clock, not to the answer. */
const ofTheServer: ReadonlySet<string> = new Set([
  "connection",
  "date",
  "keep-alive",
  "transfer-encoding",
  "x-powered-by",
]);

/** Plays a row and tells what came, less what differs from run to run by its nature: the port and the store's epoch. */
export const transcribeRow = async (door: HttpDoor, row: Row): Promise<readonly Incoming[]> => {
  const answers: Incoming[] = [];
  await playRow(door, row, (_, { status, headers, body }) => {
    const own = Object.entries(headers).filter(([name]) => !ofTheServer.has(name));
    answers.push({
      status,
      headers: Object.fromEntries(own.sort(([one], [other]) => (one < other ? -1 : 1))),
      body: body.replace(/"epoch":"[^"]*"/, '"epoch":"…"'),
    });
  });
  return answers;
};
