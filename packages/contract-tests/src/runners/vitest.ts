import { describe, test } from "vitest";
import type { Contract, ContractOptions, Subject } from "../engine/contract.ts";
import { registerContract } from "../engine/register-contract.ts";

/**
 * Registers a contract with Vitest.
 *
 * @throws {TypeError} when a capability is not declared.
 * @example
 * testContract(clockContract, { name: "mine", capabilities: {}, create: () => ({ port: createMyClock() }) });
 */
export const testContract = <Tested extends Subject<unknown>, Name extends string>(
  contract: Contract<Tested, Name>,
  options: ContractOptions<NoInfer<Tested>, NoInfer<Name>>,
): void =>
  registerContract(contract, options, {
    describe: (title, body) => void describe(title, body),
    test: (title, run, skipped) =>
      test.skipIf(skipped !== null)(title, { timeout: 0, retry: 0 }, (context) =>
        run((reason) => context.skip(reason)),
      ),
  });
