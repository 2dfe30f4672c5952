import { ChatError } from "@standin/core/ports";
import { expect, test } from "vitest";
import { createLanes } from "../src/lanes.ts";

const outcomeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => value,
    (error: ChatError) => error.code ?? error.message,
  );

test("a lane keeps its order, lanes do not wait for one another, and a failure holds nobody up", async () => {
  const lanes = createLanes();
  const began: string[] = [];
  const release: (() => void)[] = [];
  const held = (name: string) => () => {
    began.push(name);
    return new Promise<string>((resolve) => release.push(() => resolve(name)));
  };
  const results = [
    lanes.run("a", held("a1")),
    lanes.run("a", async () => {
      began.push("a2");
      throw new Error("no");
    }),
    lanes.run("a", held("a3")),
    lanes.run("b", held("b1")),
  ].map(outcomeOf);
  expect(began).toEqual(["a1", "b1"]);
  release[0]?.();
  await results[1];
  expect(began).toEqual(["a1", "b1", "a2", "a3"]);
  release[2]?.();
  release[1]?.();
  expect(await Promise.all(results)).toEqual(["a1", "no", "a3", "b1"]);
});

test("what waits behind an UNAVAILABLE is refused at once and not run; what comes after is tried", async () => {
  const lanes = createLanes();
  let fail = (_error: Error): void => {};
  const ran: number[] = [];
  const first = lanes.run(
    "a",
    () =>
      new Promise((_, reject) => {
        fail = reject;
      }),
  );
  const waiting = [1, 2, 3].map((each) => lanes.run("a", async () => ran.push(each)));
  fail(new ChatError("UNAVAILABLE"));
  expect(await Promise.all([first, ...waiting].map(outcomeOf))).toEqual(Array(4).fill("UNAVAILABLE"));
  expect(ran).toEqual([]);
  expect(await lanes.run("a", async () => ran.push(4))).toBe(1);
});
