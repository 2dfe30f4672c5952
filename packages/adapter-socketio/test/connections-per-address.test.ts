import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { createFakeTime } from "@standin/contract-tests";
import { expect, test } from "vitest";
import { connected, startTestServer, type TestServer } from "./test-server.ts";

const allowedOrigin = "https://app.example";

/** What one more client is told. */
const refusal = async ({ client }: TestServer, transport: "polling" | "websocket"): Promise<unknown> => {
  const error: unknown = await connected(client({ transports: [transport] })).then(
    () => null,
    (reason: unknown) => reason,
  );
  const { context, description } = error as {
    context: { status?: number };
    description: { message?: string } | number;
  };
  return typeof description === "object" ? description.message : context.status;
};

/** The whole answer to a request for a connection, from a page of an allowed origin. */
const knock = async ({ url }: TestServer, upgrade: boolean) => {
  const webSocket = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  const outgoing = request(`${url}/socket.io/?EIO=4&transport=${upgrade ? "websocket" : "polling"}`, {
    agent: false,
    headers: {
      origin: allowedOrigin,
      ...(upgrade && { ...webSocket, "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==" }),
    },
  });
  outgoing.end();
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  return { status: incoming.statusCode, headers: incoming.headers, body: await text(incoming) };
};

test("one address gets only so many connections, and its place back when one ends", async () => {
  const server = await startTestServer({
    connectionsPerAddress: 2,
    allowedOrigins: [allowedOrigin],
    timer: createFakeTime().timer,
  });
  const first = await server.device(null);
  await server.device(null);
  expect(await refusal(server, "polling")).toBe(429);
  expect(await refusal(server, "websocket")).toBe("Unexpected server response: 429");
  for (const upgrade of [false, true]) {
    const { status, headers, body } = await knock(server, upgrade);
    expect({ status, retryAfter: headers["retry-after"], mayRead: headers["access-control-allow-origin"] }).toEqual({
      status: 429,
      retryAfter: "1",
      mayRead: allowedOrigin,
    });
    expect(JSON.parse(body)).toEqual({ message: expect.any(String), code: "LIMITED", retryAfterMs: 1_000 });
  }
  const gone = new Promise((resolve) => {
    for (const socket of server.sockets.io.sockets.sockets.values()) socket.conn.once("close", resolve);
  });
  first.socket.disconnect();
  await gone;
  await connected(server.client());
});
