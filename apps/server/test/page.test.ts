import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPageDoor } from "../src/page/page-door.ts";
import { call } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer, temporaryDirectory } from "./server-process.ts";

cleanUpAfterwards();

const built = fileURLToPath(new URL("../../web/dist/page/", import.meta.url));
const html = readFileSync(join(built, "index.html"), "utf8");
const firstLoad = [...html.matchAll(/<(?:script|link)[^>]* (?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? "");

describe.each(["express", "hono"])("over %s", (httpAdapter) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { HTTP_ADAPTER: httpAdapter } });
  });
  afterAll(async () => {
    await server?.stop();
  });
  const get = (path: string, headers = {}) => call(server.url, "GET", path, { headers });

  test("the page is served at /, under a policy that allows nothing but its own files and this server", async () => {
    const { status, body, headers } = await get("/");
    expect([status, body]).toEqual([200, html]);
    const { host } = new URL(server.url);
    expect(headers.get("content-security-policy")).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ws://${host} wss://${host}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(body).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]* src=)|https?:/i);
  });

  test("what the page loads is there, from here, with its type", async () => {
    expect(firstLoad.length).toBeGreaterThan(3);
    for (const path of [...firstLoad, "/service-worker.js"]) {
      const { status, headers } = await get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(headers.get("content-type")).toMatch(/^(text\/(javascript|css)|image\/(png|svg)|application\/manifest)/);
    }
  });

  test("files with a hash in their name are kept for good, all others are asked for each time", async () => {
    const [asset = ""] = firstLoad.filter((path) => path.startsWith("/assets/"));
    expect((await get(asset)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    for (const path of ["/", "/service-worker.js", "/manifest.webmanifest"]) {
      const first = await get(path);
      expect(first.headers.get("cache-control")).toBe("no-cache");
      const again = await get(path, { "if-none-match": first.headers.get("etag") });
      expect([again.status, again.body]).toEqual([304, ""]);
    }
  });

  test.each([
    ["br, gzip", "br"],
    ["gzip", "gzip"],
    ["br;q=0, gzip;q=0.5", "gzip"],
    ["identity", null],
    ["gzip;q=0", null],
  ])("a browser that takes %j gets %j", async (accepted, encoding) => {
    const { status, headers } = await get("/", { "accept-encoding": accepted });
    expect([status, headers.get("content-encoding"), headers.get("vary")]).toEqual([200, encoding, "accept-encoding"]);
  });

  test.each([
    "/built-from.txt",
    "/index.html",
    "/index.html.br",
    "/assets/",
    "/../package.json",
    "/%2e%2e/package.json",
  ])("%s is no part of the page", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test("only GET and HEAD are for the page", async () => {
    expect((await call(server.url, "POST", "/")).status).toBe(404);
    const head = await call(server.url, "HEAD", "/");
    expect([head.status, head.body, Number(head.headers.get("content-length")) > 0]).toEqual([200, "", true]);
  });

  test("a Host header that is none is not repeated in the policy", async () => {
    const { headers } = await get("/", { host: "evil.example; script-src *" });
    expect(headers.get("content-security-policy") ?? "").not.toContain("evil");
  });
});

describe("without a built page", () => {
  /** The door alone, over a folder. */
  const answered = async (folder: string): Promise<string> => {
    const { createServer } = await import("node:http");
    const silent = { info() {}, warn() {}, error() {}, debug() {} };
    const server = createServer(
      createPageDoor({ logger: silent as never, folder }, (_, response) => response.end("api")),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { readonly port: number };
    const body = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    server.close();
    return body;
  };

  test("/ says so in a sentence, and what to do", async () => {
    const folder = temporaryDirectory();
    expect(await answered(join(folder, "nowhere"))).toContain("its page has not been built: <code>npm start</code>");
    mkdirSync(join(folder, "page"));
    writeFileSync(join(folder, "page/index.html"), "<p>built</p>");
    expect(await answered(join(folder, "page"))).toBe("<p>built</p>");
    rmSync(folder, { recursive: true });
  });
});

describe("JavaScript of the first load, compressed", () => {
  const assets = join(built, "assets");
  const scripts = readdirSync(assets).filter((name) => name.endsWith(".js"));
  const sizeOf = (name: string): number => readFileSync(join(assets, `${name}.gz`)).length;
  /** Files, and whatever they cannot start without. */
  const withNeeded = (names: readonly string[], found = new Set<string>()): ReadonlySet<string> => {
    for (const name of names.filter((each) => !found.has(each))) {
      found.add(name);
      const source = readFileSync(join(assets, name), "utf8");
      withNeeded(
        [...source.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)].map(([, needed]) => needed ?? ""),
        found,
      );
    }
    return found;
  };
  const always = firstLoad.filter((path) => path.endsWith(".js")).map((path) => path.replace("/assets/", ""));
  const languages = scripts.filter((name) => /^(en|de)-.*\.js$/.test(name));
  const screens = scripts.filter((name) => /^[a-z-]+-screen-.*\.js$/.test(name));

  test("the languages and the screens are found by their names", () => {
    expect([languages.length, screens.length]).toEqual([2, 6]);
  });

  test.each(languages.flatMap((language) => screens.map((screen) => [screen, language] as const)))(
    "is at most 60 KB where the page opens with %s in %s",
    (screen, language) => {
      const total = [...withNeeded([...always, language, screen])].reduce((sum, name) => sum + sizeOf(name), 0);
      expect(total).toBeLessThanOrEqual(60 * 1024);
      expect(total).toBeGreaterThan(20 * 1024);
    },
  );
});
