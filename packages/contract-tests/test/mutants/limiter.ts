import { createMemoryRateLimiter } from "@standin/adapter-memory";
import { createFakeTime, rateLimiterContract } from "@standin/contract-tests";
import type { RateAnswer, RateRule } from "@standin/core/ports";
import { type Family, familyOf, pause } from "./mutant.ts";

const withoutBurst = ({ name, limit, windowMs }: RateRule): RateRule => ({ name, limit, windowMs });

export const limiterFamily: Family = familyOf(
  rateLimiterContract,
  {
    name: "memory",
    capabilities: { controlledClock: true },
    create: () => {
      const { clock, advance } = createFakeTime();
      return { port: createMemoryRateLimiter({ clock }), advance };
    },
  },
  [
    [
      "never refuses",
      [
        "isolation",
        "window",
        "bucket",
        "keys-and-rules-apart",
        "race",
        "give-back",
        "give-back-nothing",
        "window-passes",
        "window-begins-with-first",
        "bucket-refills",
      ],
      () => ({ take: async () => ({ allowed: true }) }),
    ],
    [
      "knows no bursts",
      ["bucket", "race", "give-back", "give-back-nothing", "bucket-refills"],
      (limiter) => ({
        take: (rule, key) => limiter.take(withoutBurst(rule), key),
        giveBack: (rule, key) => limiter.giveBack(withoutBurst(rule), key),
      }),
    ],
    [
      "counts all rules together",
      ["keys-and-rules-apart", "race", "give-back"],
      (limiter) => ({
        take: (rule, key) => limiter.take({ ...rule, name: "rule" }, key),
        giveBack: (rule, key) => limiter.giveBack({ ...rule, name: "rule" }, key),
      }),
    ],
    [
      "writes name and key as one word",
      ["keys-and-rules-apart"],
      (limiter) => ({
        take: (rule, key) => limiter.take({ ...rule, name: "rule" }, rule.name + key),
        giveBack: (rule, key) => limiter.giveBack({ ...rule, name: "rule" }, rule.name + key),
      }),
    ],
    [
      "looks, and then takes",
      ["race"],
      (limiter) => {
        let looks: Promise<unknown> = Promise.resolve();
        const look = async (rule: RateRule, key: string): Promise<RateAnswer> => {
          const answer = await limiter.take(rule, key);
          if (answer.allowed) await limiter.giveBack(rule, key);
          return answer;
        };
        return {
          async take(rule, key) {
            const looking = looks.then(() => look(rule, key));
            looks = looking;
            const answer = await looking;
            await pause();
            if (answer.allowed) await limiter.take(rule, key);
            return answer;
          },
        };
      },
    ],
    ["takes nothing back", ["give-back", "give-back-nothing"], () => ({ giveBack: async () => {} })],
    [
      "saves up what was given back",
      ["give-back-nothing"],
      (limiter) => {
        const saved = new Map<string, number>();
        return {
          async giveBack(rule, key) {
            saved.set(rule.name + key, (saved.get(rule.name + key) ?? 0) + 1);
          },
          async take(rule, key) {
            const answer = await limiter.take(rule, key);
            const left = saved.get(rule.name + key) ?? 0;
            if (answer.allowed || left === 0) return answer;
            saved.set(rule.name + key, left - 1);
            return { allowed: true };
          },
        };
      },
    ],
    [
      "begins the window again with each refusal",
      ["window-passes", "window-begins-with-first"],
      (limiter) => {
        let rounds = 0;
        const keyOf = (key: string): string => `${key} ${rounds}`;
        return {
          async take(rule, key) {
            const answer = await limiter.take(rule, keyOf(key));
            if (answer.allowed || rule.burst !== undefined) return answer;
            rounds += 1;
            while ((await limiter.take(rule, keyOf(key))).allowed) {}
            return { allowed: false, retryAfterMs: answer.retryAfterMs };
          },
          giveBack: (rule, key) => limiter.giveBack(rule, keyOf(key)),
        };
      },
    ],
    [
      "always names the whole window",
      ["bucket", "window-passes", "window-begins-with-first", "bucket-refills"],
      (limiter) => ({
        async take(rule, key) {
          const answer = await limiter.take(rule, key);
          return answer.allowed ? answer : { allowed: false, retryAfterMs: rule.windowMs };
        },
      }),
    ],
  ],
);
