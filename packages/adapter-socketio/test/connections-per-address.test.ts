import { createFakeTime } from "@standin/contract-tests";
import { expect, test } from "vitest";
import { connected, startTestServer, type TestServer } from "./test-server.ts";

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

test("one address gets only so many connections, and its place back when one ends", async () => {
  const server = await startTestServer({ connectionsPerAddress: 2, timer: createFakeTime().timer });
  const first = await server.device(null);
  await server.device(null);
  expect(await refusal(server, "polling")).toBe(429);
  expect(await refusal(server, "websocket")).toBe("Unexpected server response: 429");
  const gone = new Promise((resolve) => {
    for (const socket of server.sockets.io.sockets.sockets.values()) socket.conn.once("close", resolve);
  });
  first.socket.disconnect();
  await gone;
  await connected(server.client());
});
