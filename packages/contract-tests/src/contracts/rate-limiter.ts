import assert from "node:assert/strict";
import type { RateAnswer, RateLimiter, RateRule } from "@standin/core/ports";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";
import { atOnce } from "../expectations.ts";

export interface RateLimiterSubject extends Subject<RateLimiter> {
  /** Lets the limiter's own time pass, for `controlledClock`. */
  advance?(ms: number): Promise<void> | void;
}

/** `controlledClock`: the limiter's time can be let pass without waiting. */
export type RateLimiterCapability = "controlledClock";

type LimiterCase = ContractCase<RateLimiterSubject, RateLimiterCapability>;

const hour = 3_600_000;
/** So long that it does not end while a case runs, on whatever clock. */
const hourly: RateRule = { name: "hourly", limit: 3, windowMs: hour };
/** Five at once, then one every 20 minutes. */
const bucket: RateRule = { name: "bucket", limit: 3, windowMs: hour, burst: 5 };

const allowed = async (port: RateLimiter, rule: RateRule, key: string, times: number): Promise<number> => {
  let count = 0;
  for (let time = 0; time < times; time += 1) if ((await port.take(rule, key)).allowed) count += 1;
  return count;
};

const waitOf = (answer: RateAnswer, longest: number): number => {
  if (answer.allowed) assert.fail("Allowed beyond the rule");
  assert.ok(answer.retryAfterMs > 0 && answer.retryAfterMs <= longest, `retryAfterMs is ${answer.retryAfterMs}`);
  return answer.retryAfterMs;
};

const pass = async (subject: RateLimiterSubject, ms: number): Promise<void> => {
  if (subject.advance === undefined)
    assert.fail("`controlledClock: true` needs `advance(ms)` on what `create` returns: let the limiter's time pass");
  await subject.advance(ms);
};

const cases: readonly LimiterCase[] = [
  {
    id: "isolation",
    title: "two subjects count apart",
    invariants: [],
    async run({ port }, another) {
      const { port: other } = await another();
      assert.equal(await allowed(port, hourly, "key", 4), 3);
      assert.equal(await allowed(other, hourly, "key", 4), 3);
    },
  },
  {
    id: "window",
    title: "allows `limit`, then refuses and says when one will be free",
    invariants: ["RL-02"],
    async run({ port }) {
      assert.equal(await allowed(port, hourly, "key", 3), 3);
      waitOf(await port.take(hourly, "key"), hour);
      assert.equal(await allowed(port, hourly, "key", 5), 0);
    },
  },
  {
    id: "bucket",
    title: "with `burst` allows so many at once, then refuses until a share of the window has passed",
    invariants: ["RL-02"],
    async run({ port }) {
      assert.equal(await allowed(port, bucket, "key", 8), 5);
      waitOf(await port.take(bucket, "key"), hour / 3);
    },
  },
  {
    id: "keys-and-rules-apart",
    title: "counts each key, and the same key under each rule, apart",
    invariants: ["RL-01"],
    async run({ port }) {
      const other: RateRule = { ...hourly, name: "other" };
      assert.equal(await allowed(port, hourly, "key", 5), 3);
      assert.equal(await allowed(port, hourly, "another key", 5), 3);
      assert.equal(await allowed(port, other, "key", 5), 3);
      // Name and key must not run together.
      assert.equal(await allowed(port, { ...hourly, name: "a" }, "b:c", 3), 3);
      assert.equal(await allowed(port, { ...hourly, name: "a:b" }, "c", 3), 3);
      assert.equal(await allowed(port, { ...hourly, name: "d" }, "ef", 3), 3);
      assert.equal(await allowed(port, { ...hourly, name: "de" }, "f", 3), 3);
    },
  },
  {
    id: "race",
    title: "50 racing calls get what the rule allows and no more",
    invariants: ["RL-03"],
    async run({ port }) {
      for (const rule of [
        { ...hourly, limit: 10 },
        { ...bucket, burst: 10 },
      ]) {
        const answers = await atOnce(50, () => port.take(rule, "key"));
        assert.equal(answers.filter((answer) => answer.allowed).length, 10);
      }
    },
  },
  {
    id: "give-back",
    title: "what is given back can be taken again",
    invariants: ["RL-04"],
    async run({ port }) {
      for (const [rule, most] of [
        [hourly, 3],
        [bucket, 5],
      ] as const) {
        assert.equal(await allowed(port, rule, "key", most + 1), most);
        await port.giveBack(rule, "key");
        await port.giveBack(rule, "key");
        assert.equal(await allowed(port, rule, "key", 4), 2);
      }
    },
  },
  {
    id: "give-back-nothing",
    title: "giving back what was never taken gives nothing",
    invariants: ["RL-04"],
    async run({ port }) {
      for (const [rule, most] of [
        [hourly, 3],
        [bucket, 5],
      ] as const) {
        await port.giveBack(rule, "key");
        assert.equal(await allowed(port, rule, "key", 1), 1);
        for (let time = 0; time < 4; time += 1) await port.giveBack(rule, "key");
        assert.equal(await allowed(port, rule, "key", most + 3), most);
      }
    },
  },
  {
    id: "window-passes",
    title: "when the time it named has passed all `limit` are free again; refusals took nothing",
    invariants: ["RL-02"],
    capability: "controlledClock",
    async run(subject) {
      const { port } = subject;
      await port.take(hourly, "key");
      await pass(subject, hour / 2);
      assert.equal(await allowed(port, hourly, "key", 7), 2);
      const wait = waitOf(await port.take(hourly, "key"), hour / 2);
      await pass(subject, wait);
      assert.equal(await allowed(port, hourly, "key", 7), 3);
    },
  },
  {
    id: "window-begins-with-first",
    title: "the window begins with the first, and does not move with what comes after",
    invariants: ["RL-02"],
    capability: "controlledClock",
    async run(subject) {
      const { port } = subject;
      await port.take(hourly, "key");
      await pass(subject, hour - 1_000);
      assert.equal(await allowed(port, hourly, "key", 5), 2);
      assert.ok(waitOf(await port.take(hourly, "key"), hour) <= 1_000);
      await pass(subject, 1_000);
      assert.equal(await allowed(port, hourly, "key", 5), 3);
    },
  },
  {
    id: "bucket-refills",
    title: "a bucket refills evenly, and never beyond its size",
    invariants: ["RL-02"],
    capability: "controlledClock",
    async run(subject) {
      const { port } = subject;
      assert.equal(await allowed(port, bucket, "key", 6), 5);
      const wait = waitOf(await port.take(bucket, "key"), hour / 3);
      await pass(subject, wait);
      assert.equal(await allowed(port, bucket, "key", 3), 1);
      await pass(subject, (2 * hour) / 3);
      assert.equal(await allowed(port, bucket, "key", 4), 2);
      await pass(subject, 100 * hour);
      assert.equal(await allowed(port, bucket, "key", 9), 5);
    },
  },
];

/** What every {@link RateLimiter} must do. */
export const rateLimiterContract: Contract<RateLimiterSubject, RateLimiterCapability> = {
  id: "rate-limiter",
  version: 1,
  title: "Rate limiter",
  capabilities: {
    controlledClock: {
      about: "The limiter's time can be let pass without waiting, so that the ends of windows are tried too.",
      probe: async (subject) => subject.advance !== undefined,
    },
  },
  cases,
};
