import type { Clock, RateAnswer, RateLimiter, RateRule } from "@standin/core/ports";
import { ExpiringMap } from "./expiring-map.ts";
import { createSystemClock } from "./system-clock.ts";

export interface MemoryRateLimiterOptions {
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/**
 * What was taken under a key, seen at one instant.
 *
 * - Window: `used` is how many since `at`, when the window began.
 * - Bucket (a rule with `burst`): `used` is what has still to drain from `at` on. One taking is `windowMs` units, of which `limit` drain in
 *   a millisecond: whole numbers throughout, so nothing is ever rounded in anybody's favour.
 */
interface Usage {
  readonly at: number;
  readonly used: number;
}

const isBucket = (rule: RateRule): boolean => rule.burst !== undefined;
const costOf = (rule: RateRule): number => (isBucket(rule) ? rule.windowMs : 1);
const capacityOf = (rule: RateRule): number => (rule.burst === undefined ? rule.limit : rule.burst * rule.windowMs);

/** The usage as it is now. After the clock went back it counts from now: nothing is given away, and nobody waits longer than a whole window. */
const usageAt = (now: number, stored: Usage | undefined, rule: RateRule): Usage => {
  if (stored === undefined) return { at: now, used: 0 };
  const at = Math.min(stored.at, now);
  if (isBucket(rule)) return { at: now, used: Math.max(0, stored.used - (now - at) * rule.limit) };
  return now < at + rule.windowMs ? { at, used: stored.used } : { at: now, used: 0 };
};

/** The instant from which the usage makes no difference any more. */
const endOf = ({ at, used }: Usage, rule: RateRule): number =>
  at + (isBucket(rule) ? Math.ceil(used / rule.limit) : rule.windowMs);

const waitOf = ({ at, used }: Usage, rule: RateRule, now: number): number =>
  isBucket(rule) ? Math.ceil((used + costOf(rule) - capacityOf(rule)) / rule.limit) : at + rule.windowMs - now;

/**
 * A {@link RateLimiter} in memory, for one node: windows, and buckets for rules with `burst`. What is over is forgotten.
 *
 * @example
 * const limiter = createMemoryRateLimiter({ clock });
 * await limiter.take({ name: "calls", limit: 50, windowMs: 1_000 }, userId); // { allowed: true }
 */
export const createMemoryRateLimiter = (options: MemoryRateLimiterOptions = {}): RateLimiter => {
  const { clock = createSystemClock() } = options;
  const usages = new ExpiringMap<Usage>();
  const nameOf = (rule: RateRule, key: string): string => `${rule.name}\u0000${key}`;

  return {
    async take(rule: RateRule, key: string): Promise<RateAnswer> {
      const now = clock.now();
      const name = nameOf(rule, key);
      const usage = usageAt(now, usages.get(name, now), rule);
      const used = usage.used + costOf(rule);
      if (used > capacityOf(rule)) return { allowed: false, retryAfterMs: waitOf(usage, rule, now) };
      const next = { ...usage, used };
      usages.set(name, next, endOf(next, rule), now);
      return { allowed: true };
    },

    async giveBack(rule: RateRule, key: string): Promise<void> {
      const now = clock.now();
      const name = nameOf(rule, key);
      const stored = usages.get(name, now);
      if (stored === undefined) return;
      const usage = usageAt(now, stored, rule);
      const next = { ...usage, used: Math.max(0, usage.used - costOf(rule)) };
      usages.set(name, next, endOf(next, rule), now);
    },
  };
};
