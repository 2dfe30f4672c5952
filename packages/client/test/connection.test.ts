import { expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { newPerson, syncedAgain, until } from "./people.ts";

test("a connection that is silent is given up, and another one delivers what it did not", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: network.url, timing: { acknowledgeMs: 200 } });
  const bob = await newPerson("Bob", { url: server.url });
  network.mute();
  const sent = ada.client.conversation(bob.user.id).send("Are you there?");
  await until("it is given up", () => ada.client.connection === "connecting");
  // New connections open, and nothing comes through them either, until now.
  network.unmute();
  expect(await sent).toMatchObject({ seq: 1 });
  await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 1);
});

test("a server that stops says when to come back, and nobody comes earlier, but for one who knows better", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: network.url });
  const bob = await newPerson("Bob", { url: network.url });
  for (const [, socket] of server.sockets.io.sockets.sockets)
    if (socket.rooms.has(`user:${ada.user.id}`)) socket.emit("draining", { retryAfterMs: 3_600_000 });
  // On the same connection, so that it has arrived when this is answered.
  await ada.client.setStatus({ status: "ONLINE" });
  const adas: string[] = [];
  ada.client.on("connection", ({ state }) => adas.push(state));
  for (let turn = 0; turn < 6; turn += 1) {
    const bobIsBack = syncedAgain(bob.client);
    network.cut();
    await bobIsBack;
  }
  expect(adas).toEqual(["connecting"]);
  ada.client.reconnect();
  await ada.client.synced();
  expect(ada.client.connection).toBe("online");
});

test("closing ends everything: a closed client does not come back", async () => {
  const server = await startChatServer();
  const ada = await newPerson("Ada", { url: server.url });
  await ada.client.close();
  await until("the server sees it go", () => server.sockets.stats().connected === 0);
  ada.client.reconnect();
  expect(ada.client.connection).toBe("offline");
  expect(server.sockets.stats().connected).toBe(0);
});
