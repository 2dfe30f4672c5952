import { createIdGenerator, createSystemClock, createSystemTimer } from "@standin/adapter-memory";
import { clockContract, createFakeTime, idGeneratorContract, timerContract } from "@standin/contract-tests";
import { type Family, familyOf } from "./mutant.ts";

export const clockFamily: Family = familyOf(
  clockContract,
  { name: "system", capabilities: {}, create: () => ({ port: createSystemClock() }) },
  [
    ["tells seconds", ["milliseconds"], (clock) => ({ now: () => Math.floor(clock.now() / 1_000) })],
    ["tells fractions", ["milliseconds"], (clock) => ({ now: () => clock.now() + 0.5 })],
  ],
);

export const timerFamily: Family = familyOf(
  timerContract,
  { name: "system", capabilities: {}, create: () => ({ port: createSystemTimer() }) },
  [
    [
      "calls at once for 0",
      ["once-and-later"],
      (timer) => ({
        after(ms, run) {
          if (ms > 0) return timer.after(ms, run);
          run();
          return () => {};
        },
      }),
    ],
    [
      "calls twice",
      ["once-and-later", "order", "cancel"],
      (timer) => ({
        after: (ms, run) =>
          timer.after(ms, () => {
            run();
            run();
          }),
      }),
    ],
    [
      "calls in the order of asking",
      ["order"],
      (timer) => {
        let longest = 0;
        return {
          after(ms, run) {
            longest = ms > 1_000 ? longest : Math.max(longest, ms);
            return timer.after(Math.max(longest, ms), run);
          },
        };
      },
    ],
    [
      "cancels nothing",
      ["cancel"],
      (timer) => ({
        after(ms, run) {
          timer.after(ms, run);
          return () => {};
        },
      }),
    ],
    [
      "passes long delays on to Node.js",
      ["long"],
      () => ({
        after(ms, run) {
          const handle = setTimeout(run, ms > 2 ** 31 - 1 ? 1 : ms);
          handle.unref();
          return () => clearTimeout(handle);
        },
      }),
    ],
    [
      "keeps the process alive",
      ["keeps-nothing-alive"],
      () => ({
        after(ms, run) {
          const handle = setTimeout(run, Math.min(ms, 2 ** 31 - 1));
          return () => clearTimeout(handle);
        },
      }),
    ],
  ],
);

export const idFamily: Family = familyOf(
  idGeneratorContract,
  {
    name: "memory",
    capabilities: { controlledClock: true },
    create: () => {
      const { clock, set } = createFakeTime();
      return { port: createIdGenerator({ clock }), moveClock: (ms: number) => set(clock.now() + ms) };
    },
  },
  [
    [
      "counts from 0",
      ["generators-apart"],
      () => {
        let last = 0;
        return {
          id() {
            last += 1;
            return last.toString(16).padStart(24, "0");
          },
        };
      },
    ],
    [
      "makes ids at random",
      ["rising-ids", "clock-goes-back"],
      () => ({
        id: () =>
          [0, 0, 0]
            .map(() =>
              Math.floor(Math.random() * 2 ** 32)
                .toString(16)
                .padStart(8, "0"),
            )
            .join(""),
      }),
    ],
    ["makes short secrets", ["secrets"], (ids) => ({ secret: () => ids.secret().slice(0, 16) })],
    ["makes secrets that begin alike", ["secrets"], (ids) => ({ secret: () => `standin-${ids.secret()}` })],
  ],
);
