import { createFakeTime } from "@standin/contract-tests";
import type { UserView } from "@standin/core";
import { expect, test } from "vitest";
import { createStatusFanout, type StatusChanged } from "../src/status-fanout.ts";
import { stall } from "./stall.ts";
import { startTestServer } from "./test-server.ts";

const user = (id: string, busyNote: string | null = null): UserView => ({
  id,
  username: id,
  email: null,
  status: "BUSY",
  prevstatus: "ONLINE",
  busySince: 0,
  busyUntil: null,
  busyNote,
  connected: true,
});

const change = (id: string, note: string | null = null): StatusChanged => ({
  type: "status-changed",
  user: user(id, note),
  audience: "everyone",
});

const setUp = () => {
  const time = createFakeTime();
  const delivered: string[][] = [];
  const deliver = (changes: readonly StatusChanged[]): void => {
    delivered.push(changes.map(({ user: { id, busyNote } }) => (busyNote === null ? id : `${id} ${busyNote}`)));
  };
  const fanout = createStatusFanout({ timer: time.timer, deliver });
  return { time, delivered, fanout };
};

test("the first change goes at once, later ones every 100 ms, the latest of each person", async () => {
  const { time, delivered, fanout } = setUp();
  fanout.push(change("ada", "1"));
  expect(delivered).toEqual([["ada 1"]]);
  fanout.push(change("ada", "2"));
  fanout.push(change("bob"));
  fanout.push(change("ada", "3"));
  await time.advance(99);
  expect(delivered).toHaveLength(1);
  await time.advance(1);
  expect(delivered).toEqual([["ada 1"], ["ada 3", "bob"]]);
  await time.advance(100);
  fanout.push(change("cyd"));
  expect(delivered).toEqual([["ada 1"], ["ada 3", "bob"], ["cyd"]]);
});

test("a storm goes at most 50 at a time, and nobody is forgotten", async () => {
  const { time, delivered, fanout } = setUp();
  const people = Array.from({ length: 131 }, (_, index) => `person ${index}`);
  for (const id of people) fanout.push(change(id));
  await time.advance(300);
  expect(delivered.map((batch) => batch.length)).toEqual([1, 50, 50, 30]);
  expect(delivered.flat()).toEqual(people);
  fanout.push(change("late"));
  fanout.close();
  await time.advance(1_000);
  expect(delivered.flat()).not.toContain("late");
});

test("a socket that is behind gets no status, and is told to read again once it has drained", async () => {
  const time = createFakeTime({ start: Date.now() });
  const server = await startTestServer({ timer: time.timer, clock: time.clock });
  const [ada, bob] = [await server.signUp("Ada"), await server.signUp("Bob")];
  const [behind, fine] = [await server.device(ada), await server.device(bob)];
  await behind.ask("userLoggedIn", { userId: ada.id });
  await fine.ask("userLoggedIn", { userId: bob.id });
  // What the log-ins changed is told first.
  await time.advance(1_000);
  const before = (await behind.all("userStatusUpdated")).length;

  const { socket, release } = stall(server, behind);
  for (let index = 0; index < 101; index += 1) socket.emit("filler", index);
  server.ports.events.publish({ type: "status-changed", user: user(bob.id, "missed"), audience: "everyone" });
  for (;;) {
    const { busyNote } = (await fine.next("userStatusUpdated")) as { busyNote: string | null };
    if (busyNote === "missed") break;
  }
  release();
  expect(await behind.next("resync")).toEqual({});
  expect(await behind.all("filler")).toHaveLength(101);
  expect(await behind.all("userStatusUpdated")).toHaveLength(before);

  // From now on it is told again.
  await time.advance(1_000);
  server.ports.events.publish({ type: "status-changed", user: user(bob.id, "heard"), audience: "everyone" });
  for (;;) {
    const { busyNote } = (await behind.next("userStatusUpdated")) as { busyNote: string | null };
    if (busyNote === "heard") break;
  }
  expect(await behind.all("resync")).toHaveLength(1);
});
