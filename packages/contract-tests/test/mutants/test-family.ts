import { describe, expect, test } from "vitest";
import { type Family, failedIn } from "./mutant.ts";

/** The sound adapter conforms, each mutant fails exactly the cases that it says, and no case is without one. */
export const testFamily = ({ contract, cases, mutants, checkSound }: Family): void =>
  void describe(contract, () => {
    test("the sound adapter conforms", async () => {
      const report = await checkSound();
      expect(failedIn(report)).toEqual([]);
      expect(report.verdict).toBe("CONFORMANT");
    });

    test.for(mutants)("an adapter is found out that $name", { timeout: 180_000 }, async ({ fails, check }) => {
      expect(await check()).toEqual(fails);
    });

    test("every case finds some mutant out", () => {
      const guarding = new Set(mutants.flatMap(({ fails }) => fails));
      expect(cases.filter((id) => !guarding.has(id))).toEqual([]);
    });
  });
