import type { RateRule } from "@standin/core/ports";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ExpiringMap } from "../src/expiring-map.ts";
import { createMemoryRateLimiter } from "../src/index.ts";

const window: RateRule = { name: "window", limit: 3, windowMs: 1_000 };
const bucket = { name: "bucket", limit: 3, windowMs: 1_000, burst: 5 };

test.each([window, bucket])(
  "after the clock went back, a $name gives nothing away and makes nobody wait longer",
  async (rule) => {
    let now = 10_000_000;
    const limiter = createMemoryRateLimiter({ clock: { now: () => now } });
    for (let taken = 0; taken < (rule.burst ?? rule.limit); taken += 1)
      expect(await limiter.take(rule, "ann")).toEqual({ allowed: true });
    now -= 3_600_000;
    const answer = await limiter.take(rule, "ann");
    const waitMs = rule === bucket ? 334 : 1_000;
    expect(answer).toEqual({ allowed: false, retryAfterMs: waitMs });
  },
);

test("a bucket never gives more than its burst and what has drained since", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 80 }), async (pauses) => {
      let now = 0;
      const limiter = createMemoryRateLimiter({ clock: { now: () => now } });
      const taken: number[] = [];
      for (const pause of pauses) {
        now += pause;
        const answer = await limiter.take(bucket, "ann");
        if (answer.allowed) {
          taken.push(now);
          continue;
        }
        // One millisecond less would have been too early, and this is not.
        now += answer.retryAfterMs - 1;
        expect((await limiter.take(bucket, "ann")).allowed).toBe(false);
        now += 1;
        expect((await limiter.take(bucket, "ann")).allowed).toBe(true);
        taken.push(now);
      }
      for (const [first, from] of taken.entries())
        for (const [last, to] of taken.entries())
          if (last >= first)
            expect(last - first + 1).toBeLessThanOrEqual(bucket.burst + ((to - from) * bucket.limit) / bucket.windowMs);
    }),
  );
});

test("what is over is swept out, so that a stream of new keys needs no more room than the live ones", () => {
  const map = new ExpiringMap<number>(10);
  for (let now = 0; now < 10_000; now += 1) {
    map.set(`key ${now}`, now, now + 20, now);
    expect(map.size).toBeLessThanOrEqual(45);
  }
  expect(map.get("key 9999", 10_018)).toBe(9_999);
  expect(map.get("key 9999", 10_019)).toBeUndefined();
});
