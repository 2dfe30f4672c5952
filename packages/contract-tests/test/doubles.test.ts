import { clockContract, createFakeTime, createScriptedResponder, hang, timerContract } from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import type { ResponderRequest } from "@standin/core/ports";
import { expect, test } from "vitest";

testContract(clockContract, { name: "fake time", capabilities: {}, create: () => ({ port: createFakeTime().clock }) });

testContract(timerContract, {
  name: "fake time",
  capabilities: {},
  create: () => {
    const { timer, advance } = createFakeTime();
    return { port: timer, advance };
  },
});

test("fake time stands still, and runs each timer at its own instant", async () => {
  const { clock, timer, advance } = createFakeTime({ start: 1_000 });
  const log: string[] = [];
  timer.after(50, () => log.push(`b ${clock.now()}`));
  timer.after(10, () => log.push(`a ${clock.now()}`));
  timer.after(50, () => log.push(`c ${clock.now()}`));
  await advance(0);
  expect([clock.now(), log]).toEqual([1_000, []]);
  await advance(49);
  expect([clock.now(), log]).toEqual([1_049, ["a 1010"]]);
  await advance(1);
  expect([clock.now(), log]).toEqual([1_050, ["a 1010", "b 1050", "c 1050"]]);
});

test("fake time lets what a timer set going end before the next one, and runs what that asked for", async () => {
  const { clock, timer, advance } = createFakeTime({ start: 0 });
  const log: string[] = [];
  const work = async (name: string): Promise<void> => {
    for (let step = 0; step < 20; step += 1) await new Promise((resolve) => setImmediate(resolve));
    log.push(`${name} ${clock.now()}`);
    timer.after(10, () => log.push(`after ${name} ${clock.now()}`));
  };
  timer.after(10, () => void work("first"));
  timer.after(15, () => void work("second"));
  timer.after(100, () => log.push("too late"));
  await advance(60);
  expect(log).toEqual(["first 10", "second 15", "after first 20", "after second 25"]);
});

test("a timer that sets itself again goes on, also with 0", async () => {
  const { timer, advance } = createFakeTime();
  let calls = 0;
  const again = (): void => {
    calls += 1;
    timer.after(0, again);
  };
  timer.after(0, again);
  await advance(5);
  expect(calls).toBe(5);
});

test("the clock can be set, and timers keep the time that they had left", async () => {
  const { clock, timer, advance, set } = createFakeTime({ start: 10_000 });
  const log: number[] = [];
  timer.after(100, () => log.push(clock.now()));
  await advance(40);
  set(3_000);
  expect(clock.now()).toBe(3_000);
  await advance(59);
  expect(log).toEqual([]);
  await advance(1);
  expect(log).toEqual([3_060]);
});

const request: ResponderRequest = {
  purpose: "answer",
  ownerName: "Ada",
  writerName: "Grace",
  busyUntil: null,
  busyNote: null,
  facts: { text: null, backAt: null, links: [], hasDelegate: false },
  turns: [{ from: "writer", text: "Hello" }],
};

test("a scripted responder does one step a call, the last one again and again, and remembers the calls", async () => {
  const failure = new Error("down");
  const responder = createScriptedResponder(
    ["one", failure, ({ turns }) => ({ text: `re: ${turns.at(-1)?.text}`, model: null })],
    { provider: "openai", model: "test" },
  );
  const { signal } = new AbortController();
  expect(responder.provider).toBe("openai");
  expect(await responder.respond(request, signal)).toEqual({ text: "one", model: "test" });
  await expect(responder.respond(request, signal)).rejects.toBe(failure);
  expect(await responder.respond(request, signal)).toEqual({ text: "re: Hello", model: null });
  expect(await responder.respond({ ...request, turns: [] }, signal)).toEqual({ text: "re: undefined", model: null });
  expect(responder.calls.map((call) => call.request.turns.length)).toEqual([1, 1, 1, 0]);
  expect(() => createScriptedResponder([])).toThrow(RangeError);
});

test("a hanging step ends when the call is cancelled, a text is not said after", async () => {
  const controller = new AbortController();
  const responder = createScriptedResponder([hang, "text"]);
  const answer = responder.respond(request, controller.signal);
  controller.abort();
  await expect(answer).rejects.toThrow("cancelled");
  await expect(responder.respond(request, controller.signal)).rejects.toThrow("cancelled");
});
