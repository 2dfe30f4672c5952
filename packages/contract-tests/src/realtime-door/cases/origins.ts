import assert from "node:assert/strict";
import { get, type IncomingMessage } from "node:http";
import { allowedOrigin } from "../../http-door/door-host.ts";
import { exchange, type Incoming } from "../../http-door/exchange.ts";
import { connected } from "../device.ts";
import type { RealtimeCase } from "../realtime-door.ts";
import { overBoth, overPolling, type Scene } from "../scene.ts";

type Headers = Readonly<Record<string, string>>;

const poll = ({ url }: Scene, headers: Headers, method = "GET"): Promise<Incoming> =>
  exchange(url, { method, path: "/socket.io/?EIO=4&transport=polling", headers, body: null, chunked: false });

/** The status that a WebSocket handshake is answered with. */
const upgrade = ({ url }: Scene, headers: Headers): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const handshake = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  const answered = (incoming: IncomingMessage): void => {
    incoming.destroy();
    resolve(incoming.statusCode ?? 0);
  };
  get(`${url}/socket.io/?EIO=4&transport=websocket`, { headers: { ...handshake, ...headers } })
    .on("upgrade", (incoming, socket) => {
      socket.destroy();
      answered(incoming);
    })
    .on("response", answered)
    .on("error", reject);
  return promise;
};

/** What the first request of a connection is answered with. */
const knock = async (scene: Scene, headers: Headers): Promise<"let in" | "403"> => {
  const status = scene.transport === "polling" ? (await poll(scene, headers)).status : await upgrade(scene, headers);
  if (status === (scene.transport === "polling" ? 200 : 101)) return "let in";
  assert.equal(status, 403);
  return "403";
};

/** None of these is a page of the server's own or of the allowed origin, however close it comes. */
const foreignOrigins = (url: string): readonly string[] => {
  const { port } = new URL(url);
  return [
    "https://evil.example",
    `${allowedOrigin}.evil.example`,
    allowedOrigin.replace("https:", "http:"),
    `${allowedOrigin}:8443`,
    allowedOrigin.toUpperCase().replace("HTTPS", "https"),
    `${allowedOrigin}/`,
    `${allowedOrigin}, https://evil.example`,
    allowedOrigin.replace("https://", "https://user@"),
    allowedOrigin.replace("https:", "ws:"),
    "null",
    "",
    "*",
    "data:",
    "file://",
    "chrome-extension://abcdef",
    `http://localhost:${port}`,
    `https://127.0.0.1:${port}`,
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    `http://127.0.0.1:${port}.evil.example`,
  ];
};

/** Which pages may use the door. */
export const originCases: readonly RealtimeCase[] = [
  ...overBoth("RD-70", "pages of other origins are turned away with 403", async (scene) => {
    for (const origin of foreignOrigins(scene.url))
      assert.deepEqual({ origin, answer: await knock(scene, { origin }) }, { origin, answer: "403" });
    const stock = scene.client({ headers: { origin: "https://evil.example" }, auth: { token: scene.ada.token } });
    await assert.rejects(connected(stock));
  }),
  ...overBoth("RD-71", "the server's own pages, an allowed origin and programs come in", async (scene) => {
    const welcome: readonly Headers[] = [{ origin: scene.url }, { origin: allowedOrigin }, {}];
    for (const headers of welcome)
      assert.deepEqual({ headers, answer: await knock(scene, headers) }, { headers, answer: "let in" });
    await connected(scene.client({ headers: { origin: scene.url }, auth: { token: scene.ada.token } }));
  }),
  ...overBoth("RD-72", "behind a trusted proxy the forwarded host is the server's own", async (scene) => {
    const forwarded = { "x-forwarded-host": "chat.example", "x-forwarded-proto": "https" };
    assert.equal(await knock(scene, { ...forwarded, origin: "https://chat.example" }), "let in");
    assert.equal(await knock(scene, { ...forwarded, origin: "http://chat.example" }), "403");
    assert.equal(await knock(scene, { origin: "https://chat.example" }), "403");
  }),
  ...overPolling("RD-73", "only pages of an allowed origin may read what polling answers", async (scene) => {
    const cors = (headers: Headers): readonly unknown[] => [headers["access-control-allow-origin"], headers["vary"]];
    assert.deepEqual(cors((await poll(scene, { origin: allowedOrigin })).headers), [allowedOrigin, "Origin"]);
    const others: readonly Headers[] = [{}, { origin: scene.url }, { origin: "https://evil.example" }];
    for (const headers of others) assert.equal(cors((await poll(scene, headers)).headers)[0], undefined);
    const foreign = await poll(scene, { origin: "https://evil.example" });
    assert.deepEqual(JSON.parse(foreign.body), { message: "This origin is not allowed", code: "FORBIDDEN" });
    const asked = { origin: allowedOrigin, "access-control-request-method": "POST" };
    const { status, headers } = await poll(scene, asked, "OPTIONS");
    assert.deepEqual([status, ...cors(headers)], [204, allowedOrigin, "Origin"]);
    assert.equal(headers["access-control-allow-methods"], "GET, POST, OPTIONS");
    assert.equal(headers["access-control-allow-headers"], "authorization, content-type");
  }),
];
