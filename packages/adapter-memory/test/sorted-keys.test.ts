import fc from "fast-check";
import { expect, test } from "vitest";
import { SortedKeys } from "../src/sorted-keys.ts";

const key = fc.string({ unit: fc.constantFrom("a", "b", "\u0000", "\uffff"), maxLength: 4 });

test("answers as a sorted set does", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), key)), key, (steps, probe) => {
      const keys = new SortedKeys();
      const model = new Set<string>();
      for (const [isAdded, step] of steps) {
        if (isAdded) keys.add(step);
        else keys.delete(step);
        if (isAdded) model.add(step);
        else model.delete(step);
      }
      const sorted = [...model].sort();
      expect([...keys.after(null)]).toEqual(sorted);
      expect([...keys.before(null)]).toEqual(sorted.toReversed());
      expect([...keys.after(probe)]).toEqual(sorted.filter((one) => one > probe));
      expect([...keys.before(probe)]).toEqual(sorted.filter((one) => one < probe).reverse());
      expect([...keys.startingWith(probe)]).toEqual(sorted.filter((one) => one.startsWith(probe)));
    }),
  );
});
