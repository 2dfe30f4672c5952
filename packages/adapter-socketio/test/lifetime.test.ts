import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createFakeTime } from "@standin/contract-tests";
import { Server } from "socket.io";
import { io as connect } from "socket.io-client";
import { expect, onTestFinished, test } from "vitest";
import { chatServerOptions, createChatSockets } from "../src/index.ts";
import { connected, startTestServer } from "./test-server.ts";

test("drain tells every client when to come back, and closes in waves", async () => {
  const time = createFakeTime({ start: Date.now() });
  const server = await startTestServer({ timer: time.timer, clock: time.clock });
  const ada = await server.signUp("Ada");
  const devices = await Promise.all(Array.from({ length: 20 }, () => server.device(ada)));
  await Promise.all(devices.map((device) => device.ask("userLoggedIn", { userId: ada.id })));
  const drained = server.sockets.drain({ windowMs: 1_000 });
  for (const device of devices) {
    const { retryAfterMs } = (await device.next("draining")) as { retryAfterMs: number };
    expect(retryAfterMs).toBeGreaterThanOrEqual(0);
    expect(retryAfterMs).toBeLessThan(1_000);
  }
  expect(server.sockets.stats().connected).toBe(20);
  await time.advance(500);
  expect(server.sockets.stats().connected).toBe(10);
  await expect(connected(server.client())).rejects.toThrow("websocket error");
  await time.advance(500);
  await drained;
  // A stock client connects again by itself after this reason, and not after a disconnect by the server.
  for (const device of devices) expect(await device.closed).toBe("transport close");
});

test("a wave waits for the answer that a client waits for", async () => {
  const time = createFakeTime({ start: Date.now() });
  let finish: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = await startTestServer({
    timer: time.timer,
    clock: time.clock,
    wrap: (chat) => ({
      ...chat,
      sendMessage: async (...args) => {
        const message = await chat.sendMessage(...args);
        await held;
        return message;
      },
    }),
  });
  const ada = await server.signUp("Ada");
  const device = await server.device(ada);
  const answer = device.ask("sendMessage", { to: ada.id, message: "last words" });
  const drained = server.sockets.drain({ windowMs: 1_000 });
  await device.next("draining");
  await time.advance(1_000);
  expect(device.socket.connected).toBe(true);
  finish();
  expect(await answer).toMatchObject({ success: true, message: "Message sent" });
  await drained;
  expect(await device.closed).toBe("transport close");
});

test("close ends every socket and gives the HTTP server back as it was", async () => {
  const server = await startTestServer();
  const before = server.server.listenerCount("upgrade");
  const ada = await server.signUp("Ada");
  const device = await server.device(ada);
  const polling = await server.device(ada, { transports: ["polling"] });
  await Promise.all([server.sockets.close(), server.sockets.close()]);
  await Promise.all([device.closed, polling.closed]);
  expect(before).toBeGreaterThan(0);
  expect(server.server.listenerCount("upgrade")).toBe(0);
  expect(server.server.listenerCount("request")).toBe(1);
  expect(server.server.listening).toBe(true);
  expect((await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(404);
  expect(server.sockets.stats()).toEqual({ connected: 0, loggedIn: 0 });
});

test("on a Socket.IO server of the host's, only the chat's own sockets end", async () => {
  const { chat, signUp } = await startTestServer();
  const ada = await signUp("Ada");
  const server = createServer();
  const io = new Server(server, chatServerOptions());
  io.of("/admin").on("connection", (socket) => socket.emit("hello"));
  const sockets = createChatSockets({ chat, io });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    await io.close();
  });
  const options = { autoConnect: false, reconnection: false, forceNew: true, transports: ["websocket"] };
  const client = connect(url, { ...options, auth: { token: ada.token } });
  const admin = connect(`${url}/admin`, options);
  await Promise.all([connected(client), connected(admin)]);
  expect(await client.emitWithAck("userLoggedIn", { userId: ada.id })).toMatchObject({ success: true });
  const closed = new Promise((resolve) => client.once("disconnect", resolve));
  await sockets.close();
  expect(await closed).toBe("transport close");
  expect(admin.connected).toBe(true);
  admin.disconnect();
});
