import type { Contract, ContractOptions, Subject } from "./contract.ts";
import { NotShown } from "./not-shown.ts";
import { planTests } from "./planned-tests.ts";

/** Ends the running test as skipped, with the reason. */
export type SkipNow = (reason: string) => void;

/** What a test runner must offer. */
export interface Runner {
  describe(title: string, body: () => void): void;
  /** Registers a test; with `skipped` it must show as skipped, with that reason, and not run. It sets no time limit: a case has its own. */
  test(title: string, run: (skip: SkipNow) => Promise<void>, skipped: string | null): void;
}

/**
 * Registers every case of a contract with a test runner. A binding for another runner than ours is these two functions.
 *
 * @throws {TypeError} when a capability is not declared.
 * @example
 * registerContract(clockContract, { name: "mine", capabilities: {}, create }, { describe, test: (title, run, skipped) => … });
 */
export const registerContract = <Tested extends Subject<unknown>, Name extends string>(
  contract: Contract<Tested, Name>,
  options: ContractOptions<NoInfer<Tested>, NoInfer<Name>>,
  runner: Runner,
): void => {
  const tests = planTests(contract, options);
  runner.describe(`${contract.id} v${contract.version}: ${options.name}`, () => {
    for (const { id, title, invariants, run, skipped } of tests) {
      const guarded = invariants.length === 0 ? "" : ` (${invariants.join(", ")})`;
      const reason = skipped === null ? "" : ` [skipped: ${skipped}]`;
      const attempt = async (skip: SkipNow): Promise<void> => {
        try {
          await run();
        } catch (error) {
          if (!(error instanceof NotShown)) throw error;
          skip(error.message);
        }
      };
      runner.test(`${id}: ${title}${guarded}${reason}`, attempt, skipped);
    }
  });
};
