import { describe, test } from "node:test";
import type { Contract, ContractOptions, Subject } from "../engine/contract.ts";
import { registerContract } from "../engine/register-contract.ts";

/**
 * Registers a contract with the test runner of Node.js.
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
      void test(title, { skip: skipped ?? false }, (context) => run((reason) => context.skip(reason))),
  });
