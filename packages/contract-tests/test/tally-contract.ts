import assert from "node:assert/strict";
import { type Contract, NotShown, type Subject } from "@standin/contract-tests";

/** A port small enough to show what the engine does with it. */
export interface Tally {
  add(): Promise<number>;
}

export type TallySubject = Subject<Tally>;

export const createTally = (): Tally => {
  let count = 0;
  return {
    async add() {
      count += 1;
      return count;
    },
  };
};

export const tallyContract: Contract<TallySubject, "durable" | "fast"> = {
  id: "tally",
  version: 3,
  title: "Tally",
  capabilities: {
    durable: { about: "It outlives a restart.", probe: async ({ reopen }) => reopen !== undefined },
    fast: { about: "It is fast.", probe: async ({ port }) => (await port.add()) === 100 },
  },
  cases: [
    {
      id: "isolation",
      title: "two subjects count apart",
      invariants: [],
      async run({ port }, another) {
        await port.add();
        assert.equal(await (await another()).port.add(), 1);
      },
    },
    {
      id: "one",
      title: "begins with 1 | not 0",
      invariants: ["TA-01", "TA-02"],
      async run({ port }) {
        assert.equal(await port.add(), 1);
      },
    },
    {
      id: "durable",
      title: "goes on",
      invariants: [],
      capability: "durable",
      async run({ reopen }) {
        if (reopen === undefined)
          throw new NotShown(
            "durable",
            "add `reopen()` to what `create` returns: close it and open the same data again",
          );
        assert.notEqual(await reopen(), null);
      },
    },
  ],
};
