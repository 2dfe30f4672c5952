import { expect, test } from "vitest";
import { createBreaker } from "../../src/application/stand-in/breaker.ts";

const second = 1_000;
const longestCall = 10 * second;

/** Shut by three failures at 0 s, so for 30 s. */
const shut = () => {
  const breaker = createBreaker(longestCall);
  const calls = Array.from({ length: 5 }, () => breaker.attempt(0));
  for (const call of calls) call?.failed(0, undefined);
  return { isOpenAt: (at: number): boolean => breaker.attempt(at) !== null, attempt: breaker.attempt };
};

test("R23 calls that fail side by side shut it once, for the first pause", () => {
  const { isOpenAt } = shut();
  expect(isOpenAt(29 * second)).toBe(false);
  expect(isOpenAt(30 * second)).toBe(true);
});

test("R23 a call that never says how it ended keeps the others out no longer than a call may take", () => {
  const { isOpenAt } = shut();
  expect(isOpenAt(30 * second)).toBe(true);
  expect(isOpenAt(40 * second)).toBe(false);
  expect(isOpenAt(42 * second)).toBe(true);
});

test("R23 whoever was overtaken says nothing about the call that came after", () => {
  const { isOpenAt, attempt } = shut();
  const overtaken = attempt(30 * second);
  expect(isOpenAt(42 * second)).toBe(true);
  overtaken?.abandoned(43 * second);
  overtaken?.failed(43 * second, undefined);
  expect(isOpenAt(44 * second)).toBe(false);
  expect(isOpenAt(54 * second)).toBe(true);
});

test("R23 each failed try doubles the pause, up to five minutes, and a good one ends it", () => {
  const { isOpenAt, attempt } = shut();
  let now = 30 * second;
  for (const pause of [60, 120, 240, 300, 300]) {
    attempt(now)?.failed(now, undefined);
    expect(isOpenAt(now + pause * second - 1)).toBe(false);
    now += pause * second;
  }
  attempt(now)?.succeeded();
  expect([isOpenAt(now), isOpenAt(now)]).toEqual([true, true]);
});

test("R23 a provider that names a time gets it at its first failure, at most five minutes", () => {
  const breaker = createBreaker(longestCall);
  breaker.attempt(0)?.failed(0, 3_600 * second);
  expect(breaker.attempt(299 * second)).toBeNull();
  expect(breaker.attempt(300 * second)).not.toBeNull();
});
