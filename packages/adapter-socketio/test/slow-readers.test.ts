import { createFakeTime } from "@standin/contract-tests";
import { expect, test } from "vitest";
import { stall } from "./stall.ts";
import { startTestServer } from "./test-server.ts";

const setUp = async () => {
  const time = createFakeTime({ start: Date.now() });
  const server = await startTestServer({ timer: time.timer, clock: time.clock });
  const [ada, bob] = [await server.signUp("Ada"), await server.signUp("Bob")];
  const [slow, fine] = [await server.device(ada), await server.device(bob)];
  await slow.ask("userLoggedIn", { userId: ada.id });
  await fine.ask("userLoggedIn", { userId: bob.id });
  return { time, server, slow, fine, bob, ...stall(server, slow) };
};

test("more than 200 packets behind for 5 s: disconnected, and nobody else notices", async () => {
  const { time, slow, fine, bob, socket } = await setUp();
  for (let index = 0; index < 201; index += 1) socket.emit("filler", index);
  await time.advance(5_999);
  expect(socket.connected).toBe(true);
  await time.advance(1);
  expect(socket.connected).toBe(false);
  expect(await slow.closed).toBe("transport close");
  expect(await fine.ask("userLoggedIn", { userId: bob.id })).toMatchObject({ success: true });
});

test("200 packets behind, or more for less than 5 s, is nothing", async () => {
  const { time, server, slow, socket, release } = await setUp();
  for (let index = 0; index < 200; index += 1) socket.emit("filler", index);
  await time.advance(20_000);
  expect(socket.connected).toBe(true);
  socket.emit("filler", 200);
  await time.advance(3_000);
  release();
  await slow.all("filler");
  await time.advance(3_000);
  // Behind once more: what was before does not count.
  const again = stall(server, slow);
  for (let index = 0; index < 201; index += 1) socket.emit("filler", index);
  await time.advance(3_000);
  again.release();
  expect(await slow.all("filler")).toHaveLength(402);
});

test("more than 1 MiB behind: disconnected at the next look; one large packet alone is no sign of slowness", async () => {
  const { time, slow, socket } = await setUp();
  socket.emit("filler", "x".repeat(4 * 1024 * 1024));
  await time.advance(20_000);
  expect(socket.connected).toBe(true);
  for (let index = 0; index < 17; index += 1) socket.emit("filler", "x".repeat(64 * 1024));
  await time.advance(1_000);
  expect(socket.connected).toBe(false);
  expect(await slow.closed).toBe("transport close");
});
