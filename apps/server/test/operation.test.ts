import { createConnection } from "node:net";
import { text } from "node:stream/consumers";
import { createAsyncApiDocument, createOpenApiDocument } from "@standin/http-api/documents";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./devices.ts";
import { call, type Person, send, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";

cleanUpAfterwards();

/** One line of Prometheus' text format, and a whole answer in it. */
const sampleLine =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\.)*",?)+)\})? (NaN|Nan|[+-]Inf|-?[\d.]+(?:e[+-]?\d+)?)$/;
const commentLine = /^# (HELP [a-zA-Z_:][\w:]* .+|TYPE [a-zA-Z_:][\w:]* (counter|gauge|histogram|summary|untyped))$/;

/** Every figure by its name and labels. Throws on a line that is none. */
const parseMetrics = (text: string): ReadonlyMap<string, number> => {
  const samples = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || commentLine.test(line)) continue;
    const [, name, labels, value] = sampleLine.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a line of the text format: ${line}`);
    samples.set(labels === undefined ? name : `${name}{${labels}}`, Number(value));
  }
  return samples;
};

const toJson = (value: unknown) => JSON.parse(JSON.stringify(value));

describe.each(["express", "hono"])("over %s", (httpAdapter) => {
  let server: ServerProcess;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    server = await startServer({ env: { HTTP_ADAPTER: httpAdapter, ALLOWED_ORIGINS: "https://tools.example" } });
    ann = await signUp(server.url, "ann");
    bob = await signUp(server.url, "bob");
  });
  afterAll(async () => {
    await server?.stop();
  });

  const get = (path: string, headers = {}) => call(server.url, "GET", path, { headers });
  const raw = (request: string): Promise<string> => {
    const { hostname, port } = new URL(server.url);
    const socket = createConnection(Number(port), hostname);
    socket.write(request);
    return text(socket);
  };
  const metrics = async () => parseMetrics((await get("/metrics")).body);

  test.each([
    ["/openapi.json", createOpenApiDocument],
    ["/asyncapi.json", createAsyncApiDocument],
  ])("%s is the document that the schemas make, at both spellings", async (path, create) => {
    for (const spelling of [path, `/api${path}`, `${path}?v=1`]) {
      const { status, body, headers } = await get(spelling);
      expect([status, headers.get("content-type")]).toEqual([200, "application/json; charset=utf-8"]);
      expect(body).toEqual(toJson(create()));
    }
  });

  test("a health check in HTTP/1.0, which names no host, is answered", async () => {
    expect(await raw("GET /healthz HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\{"status":"ok"\}$/);
  });

  test("what is no address at all is refused in the API's form", async () => {
    const answer = await raw("OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] [\s\S]*\{"message":"[^"]+","code":"\w+"\}$/);
  });

  test("pages of an allowed origin may read the documents, others may not", async () => {
    for (const path of ["/openapi.json", "/asyncapi.json", "/api/openapi.json"]) {
      const allowed = await get(path, { origin: "https://tools.example" });
      expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([
        200,
        "https://tools.example",
      ]);
      const foreign = await get(path, { origin: "https://evil.example" });
      expect([foreign.status, foreign.headers.get("access-control-allow-origin")]).toEqual([403, null]);
      expect((await get(path)).headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  test("/docs and all that it loads come from this server, under a policy that allows nothing else", async () => {
    for (const spelling of ["/docs", "/docs/", "/api/docs"]) {
      const { status, body, headers } = await get(spelling);
      expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      const policy = headers.get("content-security-policy");
      expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(policy).not.toContain("unsafe");
      expect(body).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]* src=)|javascript:/i);

      const base = new URL(spelling, server.url);
      const loaded = [...body.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)].map(
        ([, reference]) => new URL(reference, base),
      );
      expect(loaded.map(({ pathname }) => pathname.replace(/.*\./, "")).sort()).toEqual(["css", "js", "js", "png"]);
      for (const url of loaded) {
        expect(url.origin).toBe(base.origin);
        const asset = await fetch(url);
        expect([url.pathname, asset.status]).toEqual([url.pathname, 200]);
        expect(asset.headers.get("content-type")).toMatch(/^(text\/(javascript|css)|image\/png)/);
        expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(100);
      }
    }
  });

  test("the page reads the document of this server", async () => {
    const { body } = await get("/docs/start.js");
    expect(body).toContain('url: "/openapi.json"');
    expect(body).not.toMatch(/https?:/);
  });

  test("a browser that has it already is told so; HEAD has no body", async () => {
    const first = await get("/docs/swagger-ui.css");
    const again = await get("/docs/swagger-ui.css", { "if-none-match": first.headers.get("etag") });
    expect([again.status, again.body]).toEqual([304, ""]);
    const head = await call(server.url, "HEAD", "/openapi.json");
    expect([head.status, head.body]).toEqual([200, ""]);
  });

  test.each(["/openapi.json", "/docs", "/metrics"])("%s is for nobody's page but our own", async (path) => {
    const foreign = await get(path, { origin: "https://evil.example" });
    expect(foreign).toMatchObject({ status: 403, body: { code: "FORBIDDEN" } });
    expect((await get(path, { origin: server.url })).status).toBe(200);
    expect((await call(server.url, "POST", path)).status).toBe(404);
  });

  test.each(["/docs/../package.json", "/docs/%2e%2e/index.html", "/docs/swagger-ui.js", "/docs/constructor"])(
    "%s is no file of the page",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  test("/metrics counts what happens", async () => {
    const before = await metrics();
    const device = await connect(server.url, ann.token);
    await device.ask("sendMessage", { to: bob.id, message: "over the socket" });
    await device.ask("sendMessage", { to: "f".repeat(24), message: "to nobody" });
    await device.ask(bob.id, {});
    await send(server.url, ann, bob, "over HTTP");
    await call(server.url, "GET", `/messages?receiverId=${bob.id}&limit=0`, { token: ann.token });
    await call(server.url, "PUT", `/blocks/${"f".repeat(24)}`, { token: ann.token });
    const after = await metrics();
    const grown = (name: string) => (after.get(name) ?? 0) - (before.get(name) ?? 0);

    expect(grown('standin_messages_stored_total{origin="person"}')).toBe(2);
    expect(grown('standin_http_requests_total{route="sendMessage",status="200"}')).toBe(1);
    expect(grown('standin_http_requests_total{route="readMessages",status="400"}')).toBe(1);
    expect(grown('standin_http_requests_total{route="block",status="404"}')).toBe(1);
    expect(grown('standin_http_errors_total{code="INVALID"}')).toBe(1);
    expect(grown('standin_http_errors_total{code="NOT_FOUND"}')).toBe(1);
    expect(grown('standin_socket_events_total{event="sendMessage"}')).toBe(2);
    expect(grown('standin_socket_events_total{event="unknown"}')).toBe(1);
    expect(grown('standin_socket_errors_total{code="NOT_FOUND"}')).toBe(1);
    expect(grown('standin_socket_errors_total{code="INVALID"}')).toBe(1);
    expect(grown('standin_connections{state="open"}')).toBe(1);
    expect(grown('standin_connections{state="logged_in"}')).toBe(1);
    expect(grown("standin_store_commits_total")).toBeGreaterThanOrEqual(2);
    expect(grown("standin_store_writes_total")).toBeGreaterThanOrEqual(grown("standin_store_commits_total"));
    expect(after.get("standin_store_largest_batch")).toBeGreaterThanOrEqual(1);
    expect(after.get("standin_store_queue_length")).toBe(0);
    expect(after.get("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  });

  test("/metrics tells nothing of anybody", async () => {
    await send(server.url, bob, ann, "a secret");
    await call(server.url, "PUT", `/blocks/${ann.id}`, { token: bob.token });
    const { body, headers } = await get("/metrics");
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const { id, username, email, token } of [ann, bob]) {
      for (const told of [id, username, email, token]) expect(body).not.toContain(told);
    }
    expect(body).not.toMatch(/127\.0\.0\.1|::1|a secret/);
    const labels = [...body.matchAll(/standin_\w+\{([^}]*)\}/g)].flatMap(([, all]) =>
      [...all.matchAll(/(\w+)="/g)].map(([, label]) => label),
    );
    expect(new Set(labels)).toEqual(new Set(["route", "status", "event", "code", "origin", "state"]));
  });
});
