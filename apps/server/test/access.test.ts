// Promise A14: every path and event of the tables × owner, peer, stranger, signed out, expired, revoked. What the tables gain is tried without a change here.
import { createHmac, randomBytes } from "node:crypto";
import { clientEvents, type Route, routes } from "@standin/http-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, newDevice } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { type Answer, call, history, type Json, type Person, send, setStatus, signIn, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";

cleanUpAfterwards();

const secret = randomBytes(32).toString("hex");

/** The same token, well signed, whose time is over. */
const expired = (token: string): string => {
  const [header = "", payload = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const body = `${header}.${Buffer.from(JSON.stringify({ ...claims, iat: 1, exp: 2 })).toString("base64url")}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
};

/** Words that stand nowhere but in what is the owner's alone, and in what is the owner's and the peer's. */
const own = "the-owner-alone";
const shared = "the-two-of-them";

let server: ServerProcess;
let owner: Person;
let peer: Person;
let stranger: Person;
let friend: Person;
let enemy: Person;
/** A draft of the owner's assistant, and its answer to the peer. */
let suggestion: string;
let answer: string;

/** All that the owner has, as far as others have no part in it. */
const stateOfOwner = async () => {
  const read = async (path: string) => (await call(server.url, "GET", path, { token: owner.token })).body;
  const me = await read("/me");
  return {
    me: [me.id, me.username, me.email, me.status, me.busyUntil, me.busyNote],
    settings: await read("/standin/settings"),
    suggestions: (await read("/standin/suggestions")).suggestions.filter(({ id }: Json) => id === suggestion),
    blocks: (await read("/blocks")).blocks.map(({ id }: Json) => id),
    withFriend: await read(`/messages?receiverId=${friend.id}`),
    withPeer: (await history(server.url, owner, peer)).slice(0, 2),
  };
};

beforeAll(async () => {
  server = await startServer({ env: { JWT_SECRET: secret, AI_MERGE_WINDOW_MS: "0", RATE_LIMITS: "off" } });
  const { url } = server;
  [owner, peer, stranger, friend] = [
    await signUp(url, "owner"),
    await signUp(url, "peer"),
    await signUp(url, "stranger"),
    await signUp(url, "friend"),
  ];
  const token = owner.token;
  enemy = await signUp(url, "enemy");
  await call(url, "PUT", `/blocks/${enemy.id}`, { token });
  const settings = { people: { [friend.id]: { mode: "suggest" } }, waitSeconds: 0 };
  expect((await call(url, "PATCH", "/standin/settings", { token, body: settings })).status).toBe(200);
  await setStatus(url, owner, { status: "BUSY" });
  await send(url, peer, owner, shared);
  await send(url, friend, owner, own);
  const messages = await eventually(
    () => history(url, owner, peer),
    (found) => found.length === 2,
  );
  answer = messages[1]?._id;
  const { body } = await eventually(
    () => call(url, "GET", "/standin/suggestions", { token }),
    (found) => found.body.suggestions.length === 1,
  );
  suggestion = body.suggestions[0].id;
});
afterAll(async () => {
  await server?.stop();
});

const withAuth = routes.filter(({ auth }) => auth);

/** The route's call as it would be for somebody who aims at what is the owner's. */
const aimed = ({ method, path, query, example }: Route, token: string | undefined): Promise<Answer> => {
  const id = path.includes("/messages/") ? answer : suggestion;
  const target = path.replace(":userId", owner.id).replace(":id", id);
  if (target.includes(":")) throw new Error(`nothing is known for the segments of ${path}`);
  const asks = query !== undefined && "receiverId" in query.shape ? `?receiverId=${owner.id}` : "";
  const body =
    example === undefined ? {} : JSON.parse(JSON.stringify(example).replaceAll(/\b[0-9a-f]{24}\b/g, owner.id));
  return call(server.url, method, target + asks, { token, ...(method === "GET" ? {} : { body }) });
};

const samples = (): Readonly<Record<string, unknown>> => ({
  ...{ userId: owner.id, from: owner.id, to: peer.id, peer: owner.id, message: "hello", seq: 1, status: "AVAILABLE" },
  ...{ token: undefined, until: undefined, note: undefined, clientMsgId: undefined },
});

/** The payload of an event that aims at what is the owner's, by the names of its fields. */
const payloadOf = (shape: object): Json =>
  Object.fromEntries(
    Object.keys(shape).map((name) => {
      if (!(name in samples())) throw new Error(`nothing is known for the field ${name}`);
      return [name, samples()[name]];
    }),
  );

const unauthorized = { message: "You are not authorized", code: "UNAUTHORIZED" };

describe("who has no session", () => {
  const tokens = new Map<string, () => string | undefined>();
  let revoked: string;
  beforeAll(async () => {
    revoked = (await signIn(server.url, owner)).body.token;
    await call(server.url, "POST", "/signout", { token: revoked, body: {} });
  });
  tokens.set("signed out", () => undefined);
  tokens.set("expired", () => expired(owner.token));
  tokens.set("revoked", () => revoked);

  describe.each([...tokens])("%s", (who, tokenOf) => {
    test.each(withAuth.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", async (_, route) => {
      const { status, body } = await aimed(route, tokenOf());
      expect([status, body]).toEqual([401, unauthorized]);
    });

    test("every event", async () => {
      const token = tokenOf();
      const device = newDevice(server.url, token === undefined ? {} : { token });
      if (who !== "signed out") {
        expect((await device.next("connect_error")).data).toEqual(unauthorized);
        return;
      }
      await device.next("connect");
      for (const { event, payload } of clientEvents)
        expect([event, await device.ask(event, payloadOf(payload.shape))]).toEqual([
          event,
          { success: false, ...unauthorized },
        ]);
    });
  });
});

describe.each([
  ["a stranger", () => stranger, [own, shared]],
  ["a peer", () => peer, [own]],
] as const)("%s", (_, whoOf, hidden) => {
  let who: Person;
  beforeAll(() => {
    who = whoOf();
  });

  const revealed = (heard: unknown): readonly string[] => {
    const text = JSON.stringify(heard);
    return [...hidden, suggestion, enemy.id].filter((word) => text.includes(word));
  };

  test.each(withAuth.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s shows nothing of the owner's, and changes nothing",
    async (name, route) => {
      const before = await stateOfOwner();
      const { status, body } = await aimed(route, who.token);
      expect(status).toBeLessThan(500);
      // Whom the owner blocked is in everybody's list of users, and nowhere else.
      expect(revealed(body)).toEqual(name === "GET /users" ? [enemy.id] : []);
      if (route.path.includes(":id")) expect([name, status]).toEqual([name, 404]);
      if (name === "GET /standin/settings") expect(body.people).toEqual({});
      expect(await stateOfOwner()).toEqual(before);
      if (route.path === "/signout") who = { ...who, token: (await signIn(server.url, who)).body.token };
    },
  );

  test("every event shows nothing of the owner's, and changes nothing", async () => {
    const before = await stateOfOwner();
    const device = await connect(server.url, who.token);
    for (const { event, payload } of clientEvents) {
      const given = await device.ask(event, payloadOf(payload.shape));
      if (event === "userLoggedIn" || (event === "getMessages" && who.id !== peer.id))
        expect([event, given]).toEqual([event, { success: false, ...unauthorized }]);
    }
    // Whatever the owner does is not for them, either.
    await send(server.url, owner, friend, `${own} and the friend`);
    await call(server.url, "PATCH", "/standin/settings", { token: owner.token, body: { waitSeconds: 0 } });
    await device.ask("userStatusUpdate", { status: "AVAILABLE" });
    expect(revealed(device.heard)).toEqual([]);
    const { withFriend: _after, ...after } = await stateOfOwner();
    const { withFriend: _before, ...was } = before;
    expect(after).toEqual(was);
  });
});

test("the owner can still sign in", async () => {
  expect((await signIn(server.url, owner)).status).toBe(200);
});

test("the owner is served on every path and event, so that the refusals above mean something", async () => {
  const revealing: string[] = [];
  // What ends sessions or drafts comes last.
  const lastly = ["DELETE", "/me/password", "/signout"];
  const order = ({ method, path }: Route) => lastly.findIndex((word) => word === method || word === path);
  for (const route of withAuth.toSorted((one, other) => order(one) - order(other))) {
    const { status, body } = await aimed(route, owner.token);
    expect([route.path, status]).not.toEqual([route.path, 401]);
    expect(status).toBeLessThan(500);
    if ([own, suggestion, enemy.id].some((word) => JSON.stringify(body).includes(word)))
      revealing.push(`${route.method} ${route.path}`);
  }
  expect(revealing).toEqual(expect.arrayContaining(["GET /blocks", "GET /conversations", "GET /standin/suggestions"]));
});
