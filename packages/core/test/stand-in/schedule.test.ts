import fc from "fast-check";
import { expect, test } from "vitest";
import { dueAt, earliestDueAt } from "../../src/application/stand-in/schedule.ts";

const waiting = fc.record({
  windowMs: fc.integer({ min: 1, max: 10_000 }),
  waitMs: fc.integer({ min: 0, max: 600_000 }),
});
const instants = fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 1e6 }));

test("R11 a batch is due when it has paused, at the latest after five windows, and never before the owner's time is over", () => {
  fc.assert(
    fc.property(instants, waiting, ([first, gap], wait) => {
      const due = dueAt({ at: first }, { at: first + gap }, wait);
      expect(due).toBeGreaterThanOrEqual(first + wait.waitMs);
      expect(due).toBeGreaterThanOrEqual(earliestDueAt(first, wait));
      expect(due).toBeLessThanOrEqual(first + Math.max(wait.waitMs, 5 * wait.windowMs));
      if (wait.waitMs === 0 && gap <= 4 * wait.windowMs) expect(due).toBe(first + gap + wait.windowMs);
    }),
  );
});
