import { isId } from "@standin/core/ports";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createIdGenerator } from "../src/index.ts";

test("ids rise strictly under any clock", () => {
  const instant = fc.oneof(fc.integer(), fc.double(), fc.integer({ min: 0, max: 5_000 }), fc.date().map(Number));
  fc.assert(
    fc.property(fc.array(instant, { minLength: 2 }), (instants) => {
      let now = 0;
      const ids = createIdGenerator({ clock: { now: () => now } });
      const made = instants.map((next) => {
        now = next;
        return ids.id();
      });
      expect(made.every(isId)).toBe(true);
      expect(made).toEqual([...new Set(made)].sort());
    }),
  );
});

test("ids go on rising when the counter is full within one second", () => {
  const ids = createIdGenerator({ clock: { now: () => 1_700_000_000_000 } });
  let previous = ids.id();
  const second = previous.slice(0, 8);
  let made = 1;
  // A counter holds at most 2^24; what begins with another second after that has borrowed it.
  for (; made <= 2 ** 24 && previous.startsWith(second); made += 1) {
    const next = ids.id();
    if (next <= previous) expect.fail(`${next} came after ${previous}`);
    previous = next;
  }
  expect(made).toBeGreaterThan(2 ** 23);
  expect(previous.startsWith(second)).toBe(false);
  expect(isId(previous)).toBe(true);
});

test("an id begins with the second, and each generator has random bytes of its own", () => {
  const clock = { now: () => 1_700_000_000_999 };
  const one = createIdGenerator({ clock });
  const other = createIdGenerator({ clock });
  const [first, second] = [one.id(), one.id()];
  expect(Number.parseInt(first.slice(0, 8), 16)).toBe(1_700_000_000);
  expect(first.slice(8, 18)).toBe(second.slice(8, 18));
  expect(first.slice(8, 18)).not.toBe(other.id().slice(8, 18));
});
