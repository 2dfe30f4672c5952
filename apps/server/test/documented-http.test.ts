import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rows, type World } from "./documented-rows.ts";
import { eventually } from "./eventually.ts";
import { type Answer, call, send, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";
import { describeServers, servers } from "./servers.ts";

cleanUpAfterwards();

const isText = expect.any(String);

/** What must be equal whichever framework and store answer, and at whichever spelling: ids, tokens, times and counters aside. */
const comparable = (status: number, body: unknown, headers: Headers): string => {
  const own = ["date", "content-length", "connection", "keep-alive", "transfer-encoding"];
  const named = [...headers].filter(([name]) => !own.includes(name)).sort();
  return JSON.stringify({ status, body, named })
    .replaceAll(/[\w-]+\.[\w-]{40,}\.[\w-]+/g, "TOKEN")
    .replaceAll(/[0-9a-f]{24}/g, "ID")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replaceAll(/"epoch":"[^"]*"/g, '"epoch":"EPOCH"')
    .replaceAll(/(\w)[. ]\d+/g, "$1 N")
    .replaceAll(/"users":\[.*?\]/g, '"users":[]')
    .replaceAll(/"(lastSeq|seq|unread)":\d+/g, '"$1":N');
};

const answers = new Map<string, Map<string, string>>();

describeServers(servers, ({ name, start }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await start({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  describe.each(["", "/api"])("at the spelling '%s'", (prefix) => {
    let world: World;
    const noted = new Map<string, string>();

    beforeAll(async () => {
      answers.set(`${name} ${prefix}`, noted);
      const [ann, bob, gone] = [
        await signUp(server.url, "ann"),
        await signUp(server.url, "bob"),
        await signUp(server.url, "gone"),
      ];
      await send(server.url, ann, bob, "first");
      await send(server.url, bob, ann, "second");
      expect(await server.operate("--delete-user", gone.email)).toBe(0);
      world = { ann, bob, gone, newcomer: `new${prefix.length}@example.org` };
    });

    test.each(rows.map((row, index) => [`${index + 1}. ${row.method}: ${row.title}`, row] as const))(
      "%s",
      async (title, row) => {
        const path = row.path(world);
        const { status, body, headers } = await call(server.url, row.method, prefix + path, row.options?.(world));
        expect(body).toEqual(row.body(world));
        expect(status).toBe(row.status);
        noted.set(title, comparable(status, body, headers));
      },
    );

    test("a message sent over HTTP by a client that repeats itself is stored once", async () => {
      const { ann, bob } = world;
      const request = { token: ann.token, body: { to: bob.id, message: "once", clientMsgId: "m-1" } };
      const first = await call(server.url, "POST", `${prefix}/user/message`, request);
      const again = await call(server.url, "POST", `${prefix}/user/message`, request);
      expect(again.body).toEqual(first.body);
      const other = { ...request, body: { ...request.body, message: "twice" } };
      expect((await call(server.url, "POST", `${prefix}/user/message`, other)).status).toBe(409);
    });

    test("sign-out ends the token, a new password all the others", async () => {
      const eve = await signUp(server.url, "eve");
      const signedIn = async (password: string) =>
        call(server.url, "POST", `${prefix}/signin`, { body: { email: eve.email, password } });
      const [second, third] = [await signedIn(eve.password), await signedIn(eve.password)];
      const meAs = async (token: string) => (await call(server.url, "GET", `${prefix}/me`, { token })).status;

      await call(server.url, "POST", `${prefix}/signout`, { token: eve.token, body: {} });
      expect([await meAs(eve.token), await meAs(second.body.token)]).toEqual([401, 200]);

      const change = { current: eve.password, next: "another password" };
      const changed = await call(server.url, "POST", `${prefix}/me/password`, {
        token: second.body.token,
        body: change,
      });
      expect(changed.status).toBe(200);
      expect([await meAs(second.body.token), await meAs(third.body.token)]).toEqual([200, 401]);
      expect([(await signedIn(eve.password)).status, (await signedIn("another password")).status]).toEqual([400, 200]);
    });
  });
});

describe("no client can tell which adapter, store or spelling answers", () => {
  test("status, headers and body are equal", async () => {
    const [reference, ...others] = [...answers];
    expect(answers.size).toBe(2 * servers.filter(({ canRun }) => canRun).length);
    expect(reference?.[1].size).toBe(rows.length);
    for (const [name, noted] of others) expect([name, [...noted]]).toEqual([name, [...(reference?.[1] ?? [])]]);
  });
});

describe("what an operator may choose", () => {
  test("DIRECTORY_EMAILS=hidden leaves others' addresses out", async () => {
    const server = await startServer({ env: { DIRECTORY_EMAILS: "hidden" } });
    const [ann, bob] = [await signUp(server.url, "ann"), await signUp(server.url, "bob")];
    const { body } = await call(server.url, "GET", "/users", { token: ann.token });
    expect(body.users).toEqual([expect.objectContaining({ id: bob.id })]);
    expect(body.users[0]).not.toHaveProperty("email");
    expect((await call(server.url, "GET", "/me", { token: ann.token })).body.email).toBe(ann.email);
    await server.stop();
  });

  test("with the default limits, who sends far beyond 20 a second is told when to go on", async () => {
    const server = await startServer();
    const [ann, bob] = [await signUp(server.url, "ann"), await signUp(server.url, "bob")];
    const request = { token: ann.token, body: { to: bob.id, message: "hey" } };
    const all: Answer[] = [];
    // On a machine that stands still meanwhile, even so many may be within the limits.
    const sendMany = async (): Promise<readonly Answer[]> => {
      const sent = Array.from({ length: 200 }, () => call(server.url, "POST", "/user/message", request));
      all.push(...(await Promise.all(sent)));
      return all.filter(({ status }) => status === 429);
    };
    const limited = await eventually(sendMany, (refused) => refused.length > 0);
    expect(all.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(60);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(limited[0]?.body).toEqual({ message: isText, code: "LIMITED", retryAfterMs: expect.any(Number) });
    expect(Number(limited[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    await server.stop();
  });

  test("ALLOWED_ORIGINS lets pages of one other site in, and no third", async () => {
    const server = await startServer({ env: { ALLOWED_ORIGINS: "https://app.example" } });
    const ann = await signUp(server.url, "ann");
    const from = async (origin: string) => call(server.url, "GET", "/me", { token: ann.token, headers: { origin } });
    const allowed = await from("https://app.example");
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([200, "https://app.example"]);
    expect((await from(server.url)).status).toBe(200);
    expect((await from("https://app.example.evil.example")).status).toBe(403);
    await server.stop();
  });
});
