import { connect as connectTcp } from "node:net";
import { deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { casesOf, httpTargets, type World } from "./hostile-targets.ts";
import { call, history, type Json, send, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";

cleanUpAfterwards();

const rawBodies: readonly (readonly [string, string | Uint8Array])[] = [
  ["not JSON", "{"],
  ["half a text", '{"to": "x'],
  ["a bare word", "hello"],
  ["a list", "[]"],
  ["a text", '"hello"'],
  ["a number", "1e999"],
  ["null", "null"],
  ["nothing", ""],
  ["not UTF-8", new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ["UTF-16", Buffer.from('{"to":"x"}', "utf16le")],
  ["bytes", new Uint8Array(1_000)],
  ["very deep", `${"[".repeat(30_000)}${"]".repeat(30_000)}`],
  ["a deep object", `${'{"to":'.repeat(9_000)}1${"}".repeat(9_000)}`],
  ["only __proto__", '{"__proto__": {"to": "x", "message": "y"}}'],
  ["only constructor", '{"constructor": {"prototype": {"to": "x"}}}'],
];

describe.each(["express", "hono"])("over HTTP with %s", (adapter) => {
  let server: ServerProcess;
  let world: World;
  let before: Json;

  /** All that hostile input might have changed. */
  const state = async () => {
    const { ann, bob } = world;
    return {
      me: (await call(server.url, "GET", "/me", { token: ann.token })).body,
      users: (await call(server.url, "GET", "/users", { token: ann.token })).body,
      messages: await history(server.url, ann, bob),
      conversations: (await call(server.url, "GET", "/conversations", { token: ann.token })).body,
      settings: (await call(server.url, "GET", "/standin/settings", { token: ann.token })).body,
    };
  };

  beforeAll(async () => {
    server = await startServer({ env: { HTTP_ADAPTER: adapter, RATE_LIMITS: "off" } });
    world = { ann: await signUp(server.url, "ann"), bob: await signUp(server.url, "bob") };
    await send(server.url, world.bob, world.ann, "hello");
    before = await state();
  });

  afterAll(async () => {
    // Nothing of all this was stored, the process lives, and it had nothing unexpected to log.
    expect(await state()).toEqual(before);
    const { code, stderr } = await server.stop();
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/"level":"error"/);
  });

  describe.each(httpTargets)("$name: $method $path", (target) => {
    test.each(target.fields.flatMap(casesOf))("%s: %s", async (name, _what, value) => {
      const token = target.signedIn ? world.ann.token : undefined;
      const body = { ...target.good(world), [name]: value };
      const answer = await call(server.url, target.method, target.path, { token, body });
      expect(answer.body).toMatchObject({ message: expect.any(String), code: expect.any(String) });
      expect(target.codes).toContain(answer.body.code);
      expect(answer.status).toBe(answer.body.code === "NOT_FOUND" ? 404 : 400);
      if (answer.body.code !== "INVALID" || target.path === "/signin") return;
      expect(answer.body.errors).toEqual([{ path: name, message: expect.any(String) }]);
    });
  });

  test.each([
    "before=0x1",
    "before=-1",
    "after=1.5",
    "after=1e3",
    "before=1&after=1",
    "limit=0",
    "limit=1001",
    "limit=ten",
    "limit=1&limit=2",
    "changedAfter=x",
  ])("GET /messages?%s", async (query) => {
    const path = `/messages?receiverId=${world.bob.id}&${query}`;
    const { status, body } = await call(server.url, "GET", path, { token: world.ann.token });
    expect([status, body.code]).toEqual([400, "INVALID"]);
    expect(query).toContain(body.errors[0].path);
  });

  test.each([
    "",
    "?receiverId=",
    "?receiverId[$gt]=",
    "?receiverId=x&receiverId=y",
    "?receiverId=%FF",
    `?receiverId=${"f".repeat(5_000)}`,
  ])("GET /messages%s", async (query) => {
    const { status, body } = await call(server.url, "GET", `/messages${query}`, { token: world.ann.token });
    expect([400, 404]).toContain(status);
    expect(["INVALID", "NOT_FOUND"]).toContain(body.code);
  });

  test.each(["limit=0", "limit=1001", "cursor=nonsense", "q=", `q=${"x".repeat(51)}`])(
    "GET /users?%s",
    async (query) => {
      const { status, body } = await call(server.url, "GET", `/users?${query}`, { token: world.ann.token });
      expect([status, body.code, body.errors[0].path]).toEqual([400, "INVALID", query.split("=")[0]]);
    },
  );

  // Nothing is a patch that changes nothing.
  test.each(rawBodies.filter(([what]) => what !== "nothing"))("PATCH /standin/settings: %s", async (_what, body) => {
    const answer = await call(server.url, "PATCH", "/standin/settings", { token: world.ann.token, body });
    expect([answer.status, answer.body.code]).toEqual([400, "INVALID"]);
  });

  describe.each(["/signup", "/signin", "/user/message", "/messages/read", "/standin/preview", "/standin/requests"])(
    "a body to %s that is",
    (path) => {
      test.each(rawBodies)("%s", async (_what, body) => {
        const answer = await call(server.url, "POST", path, { token: world.ann.token, body });
        expect(answer.status).toBe(400);
        expect(answer.body).toMatchObject({ message: expect.any(String), code: expect.stringMatching(/^INVALID/) });
      });

      test("over 64 KiB, with and without a length that says so", async () => {
        const text = JSON.stringify({ message: "x".repeat(64 * 1024) });
        const answer = await call(server.url, "POST", path, { token: world.ann.token, body: text });
        expect([answer.status, answer.body.code]).toEqual([413, "TOO_LARGE"]);
        const stream = new Blob([text]).stream();
        const response = await fetch(server.url + path, {
          method: "POST",
          headers: { authorization: `Bearer ${world.ann.token}`, "content-type": "application/json" },
          body: stream,
          duplex: "half",
        } as RequestInit);
        expect([response.status, ((await response.json()) as Json).code]).toEqual([413, "TOO_LARGE"]);
      });

      test.each([
        ["gzip", gzipSync("{}")],
        ["deflate", deflateRawSync("{}")],
        ["gzip", gzipSync(Buffer.alloc(10_000_000))],
      ])("%s-encoded", async (encoding, body) => {
        const headers = { "content-encoding": encoding };
        const answer = await call(server.url, "POST", path, { token: world.ann.token, body, headers });
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.status).toBeLessThan(500);
      });
    },
  );

  test.each([
    ["no HTTP at all", "hello\r\n\r\n", 400],
    ["no Host", "GET /me HTTP/1.1\r\n\r\n", 400],
    ["a Host that is none", "GET /healthz HTTP/1.1\r\nHost: a b/../\r\nConnection: close\r\n\r\n", null],
    ["two lengths", "POST /signin HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}", 400],
    ["headers over 16 KiB", `GET /me HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(17_000)}\r\n\r\n`, 431],
    ["a target that is none", "GET //[ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", null],
    ["an absolute target", "GET http://other.example/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", null],
    ["a target with dots", "GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404],
    ["a target with a NUL", "GET /blocks/%00 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", null],
  ])("%s on the wire", async (_what, bytes, status) => {
    const { hostname, port } = new URL(server.url);
    const answer = await new Promise<string>((resolve) => {
      const wire = connectTcp(Number(port), hostname);
      let text = "";
      wire.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      wire.on("error", () => {});
      wire.once("close", () => resolve(text));
      wire.write(bytes);
    });
    const found = Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
    if (status === null) expect(found).toBeLessThan(500);
    else expect(found).toBe(status);
  });
});
