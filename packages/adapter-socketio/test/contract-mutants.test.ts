import { checkContract } from "@standin/contract-tests";
import { realtimeDoorContract } from "@standin/contract-tests/realtime";
import type { Timer } from "@standin/core/ports";
import { describe, expect, test } from "vitest";
import { createContractDoor } from "./contract-door.ts";
import { eventMutants } from "./mutants/events.ts";
import { gateMutants } from "./mutants/gate.ts";
import { identityMutants } from "./mutants/identity.ts";
import { pushMutants } from "./mutants/pushes.ts";
import { standInMutants } from "./mutants/stand-in.ts";

const mutants = [...eventMutants, ...identityMutants, ...pushMutants, ...standInMutants, ...gateMutants];

/** What is the same over polling is asked once. */
const contract = {
  ...realtimeDoorContract,
  cases: realtimeDoorContract.cases.filter(({ id }) => !id.endsWith("-polling")),
};

/** Statuses that were held back go at once: two dozen cases of fifty doors would wait for them. */
const hasty: Timer = {
  after(ms, run) {
    const timeout = setTimeout(run, ms <= 100 ? 1 : ms);
    return () => clearTimeout(timeout);
  },
};

describe.concurrent("a door with a mistake fails exactly where the mistake is", () => {
  test.each(mutants)("one that $name", { timeout: 600_000 }, async ({ name, door, fails }) => {
    const failedOf = async (cases: typeof contract.cases, deadlineMs: number): Promise<readonly string[]> => {
      const report = await checkContract(
        { ...contract, cases },
        {
          name,
          capabilities: { polling: true },
          create: () => createContractDoor((server, options) => door(server, { ...options, timer: hasty })),
          deadlineMs,
        },
      );
      return report.cases.filter(({ result }) => result.outcome === "failed").map(({ id }) => id);
    };
    // Not too long for those that wait in vain. On a busy machine it may be too short for a sound case, which is then asked again, with more time.
    const failed = await failedOf(contract.cases, 2_000);
    const inDoubt = contract.cases.filter(({ id }) => failed.includes(id) && !fails.includes(id));
    const unexpected = inDoubt.length === 0 ? [] : await failedOf(inDoubt, 30_000);
    expect(failed.filter((id) => fails.includes(id) || unexpected.includes(id))).toEqual(fails);
  });
});

test("every rule is guarded against some mistake", () => {
  const guarded = new Set(mutants.flatMap(({ fails }) => fails));
  expect(contract.cases.map(({ id }) => id).filter((id) => !guarded.has(id))).toEqual([]);
});
