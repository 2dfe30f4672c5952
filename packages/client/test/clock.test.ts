import { memoryStorage } from "@standin/client";
import { expect, test } from "vitest";
import { createServerClock } from "../src/clock.ts";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { newClient, newPerson, until } from "./people.ts";
import { seeded } from "./random.ts";

const hour = 3_600_000;
/** A second for the header, the rest for a slow machine. */
const near = 30_000;

/** A server whose clock is ahead of this device's, as far as its answers say. */
const ahead =
  (ms: number): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const { status } = response;
    const headers = new Headers(response.headers);
    headers.set("date", new Date(Date.parse(headers.get("date") ?? "") + ms).toUTCString());
    return new Response(await response.text(), { status, headers });
  };

const off = (now: number, by: number): number => Math.abs(now - Date.now() - by);

test.each([hour, -hour])(
  "the server's time is known from the first answer on, with a clock %i ms apart",
  async (by) => {
    const server = await startChatServer();
    const network = await startFaultyNetwork(() => server.port);
    const storage = memoryStorage();
    const options = { url: network.url, storage, fetch: ahead(by) };
    const fresh = newClient(options);
    expect(off(fresh.now(), 0)).toBeLessThan(near);
    const ada = await newPerson("Ada", options);
    const bob = await newPerson("Bob", { url: server.url });
    expect(off(ada.client.now(), by)).toBeLessThan(near);

    network.refuse();
    await until("it notices", () => ada.client.connection === "connecting");
    await ada.client.close();
    const again = newClient(options);
    await again.resume();
    expect(off(again.now(), by)).toBeLessThan(near);
    void again.conversation(bob.user.id).send("written without a connection");
    expect(off(again.outbox()[0]?.writtenAt ?? 0, by)).toBeLessThan(near);

    await again.signOut();
    expect(await storage.list("")).toEqual([]);
  },
);

/** A device and a server whose clocks run as the test says. */
const world = () => {
  let time = 1_000_000;
  let shownAhead = 0;
  const clock = createServerClock({ shown: () => time + shownAhead, steady: () => time - 999_000 });
  return {
    clock,
    time: () => time,
    pass: (ms: number) => {
      time += ms;
    },
    setDevice: (ms: number) => {
      shownAhead = ms;
    },
    /** A request that takes so long to get there, and its answer so long to come back. */
    ask: (there: number, back: number, serverAhead: number) => {
      const sentAt = time - 999_000;
      time += there;
      const date = new Date(Math.floor((time + serverAhead) / 1_000) * 1_000).toUTCString();
      time += back;
      clock.heard(date, sentAt);
    },
  };
};

test("every answer narrows it down; it is never off by more than a second and half of what the best one took", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const random = seeded(seed);
    const { clock, time, pass, ask } = world();
    const serverAhead = random.whole(10_000_000) - 5_000_000;
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 10; turn += 1) {
      const [there, back] = [random.whole(3_000), random.whole(3_000)];
      ask(there, back, serverAhead);
      best = Math.min(best, there + back);
      expect(Math.abs(clock.now() - time() - serverAhead), `seed ${seed}`).toBeLessThanOrEqual((1_000 + best) / 2 + 1);
      pass(random.whole(60_000));
    }
  }
});

test("it runs on evenly when somebody sets the device's clock, and follows the server when that one is set", () => {
  const { clock, time, pass, setDevice, ask } = world();
  setDevice(hour);
  clock.assume(-hour);
  expect([clock.now(), clock.ahead()]).toEqual([time(), null]);
  ask(10, 10, 0);
  const before = clock.now();
  setDevice(-hour);
  pass(500);
  expect(clock.now()).toBe(before + 500);
  ask(10, 10, 2 * hour);
  expect(Math.abs(clock.now() - time() - 2 * hour)).toBeLessThan(1_000);
});

test("an answer without a readable date says nothing", () => {
  const { clock, time } = world();
  clock.heard(null, 0);
  clock.heard("yesterday", 0);
  expect([clock.now(), clock.ahead()]).toEqual([time(), null]);
});
