import assert from "node:assert/strict";
import type { Timer } from "@standin/core/ports";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";
import { until } from "../expectations.ts";

export interface TimerSubject extends Subject<Timer> {
  /** Lets the timer's time pass, where it does not pass by itself. */
  advance?(ms: number): Promise<void> | void;
}

/** Longer than the longest delay that Node.js keeps. */
const tooLong = 2 ** 31 + 1_000;

/** Lets so much time pass on the subject's own timer, and so every timer that was due earlier run. */
const pass = async (subject: TimerSubject, ms: number): Promise<void> => {
  let isOver = false;
  subject.port.after(ms, () => {
    isOver = true;
  });
  await subject.advance?.(ms);
  await until("a timer runs", () => isOver);
};

const cases: readonly ContractCase<TimerSubject>[] = [
  {
    id: "once-and-later",
    title: "calls once, never at once",
    invariants: [],
    async run(subject) {
      let calls = 0;
      for (const ms of [0, 5]) subject.port.after(ms, () => (calls += 1));
      assert.equal(calls, 0);
      await Promise.resolve();
      assert.equal(calls, 0);
      await pass(subject, 20);
      assert.equal(calls, 2);
      await pass(subject, 20);
      assert.equal(calls, 2);
    },
  },
  {
    id: "order",
    title: "the shorter delay comes first",
    invariants: [],
    async run(subject) {
      const order: number[] = [];
      for (const ms of [60, 5, 30]) subject.port.after(ms, () => order.push(ms));
      await pass(subject, 90);
      assert.deepEqual(order, [5, 30, 60]);
    },
  },
  {
    id: "cancel",
    title: "what was cancelled is not called; cancelling twice, or too late, does nothing",
    invariants: [],
    async run(subject) {
      const called: string[] = [];
      const cancel = subject.port.after(5, () => called.push("cancelled"));
      const late = subject.port.after(5, () => called.push("kept"));
      cancel();
      cancel();
      await pass(subject, 20);
      late();
      assert.deepEqual(called, ["kept"]);
    },
  },
  {
    id: "long",
    title: "a delay of more than 2^31 - 1 ms does not end at once, and can be cancelled",
    invariants: [],
    async run(subject) {
      let calls = 0;
      const cancels = [tooLong, 2 ** 32, Number.MAX_SAFE_INTEGER].map((ms) =>
        subject.port.after(ms, () => (calls += 1)),
      );
      await pass(subject, 20);
      for (const cancel of cancels) cancel();
      assert.equal(calls, 0);
    },
  },
  {
    id: "keeps-nothing-alive",
    title: "a waiting timer keeps no process alive",
    invariants: [],
    async run({ port }) {
      const awake = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
      const before = awake();
      const cancels = [1_000, tooLong].map((ms) => port.after(ms, () => {}));
      const after = awake();
      for (const cancel of cancels) cancel();
      assert.equal(after, before);
    },
  },
];

/** What every {@link Timer} must do. */
export const timerContract: Contract<TimerSubject> = {
  id: "timer",
  version: 1,
  title: "Timer",
  capabilities: {},
  cases,
};
