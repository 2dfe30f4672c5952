import assert from "node:assert/strict";
import type { Clock } from "@standin/core/ports";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";

export type ClockSubject = Subject<Clock>;

const cases: readonly ContractCase<ClockSubject>[] = [
  {
    id: "milliseconds",
    title: "tells whole milliseconds since the epoch",
    invariants: [],
    async run({ port }) {
      const now = port.now();
      assert.ok(Number.isSafeInteger(now), `now() is ${now}`);
      // Seconds or microseconds would lie outside.
      assert.ok(now > Date.UTC(2020, 0) && now < Date.UTC(2200, 0), `now() is ${now}`);
    },
  },
];

/** What every {@link Clock} must do. */
export const clockContract: Contract<ClockSubject> = {
  id: "clock",
  version: 1,
  title: "Clock",
  capabilities: {},
  cases,
};
