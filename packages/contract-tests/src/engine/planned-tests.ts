import type { Contract, ContractOptions, Subject } from "./contract.ts";
import { limitsOf, requireDeclarations } from "./declarations.ts";
import { runCase } from "./run-case.ts";

/** A case or a probe, ready to run, or with the reason why it does not. */
export interface PlannedTest {
  readonly id: string;
  readonly title: string;
  readonly invariants: readonly string[];
  readonly run: () => Promise<void>;
  /** null: it runs. */
  readonly skipped: string | null;
}

/**
 * Everything that a contract asks of an adapter, in order: its cases, then one probe for each capability declared unsupported.
 *
 * @throws {TypeError} when a capability is not declared.
 */
export const planTests = <Tested extends Subject<unknown>, Name extends string>(
  contract: Contract<Tested, Name>,
  options: ContractOptions<Tested, Name>,
): readonly PlannedTest[] => {
  requireDeclarations(contract, options);
  const { create, deadlineMs } = options;
  const limits = limitsOf(contract, options);
  const unavailable = typeof create === "function" ? null : create.unavailable;
  const runOn =
    (run: Parameters<typeof runCase<Tested>>[0]["run"]): PlannedTest["run"] =>
    async () => {
      if (typeof create === "function") await runCase({ create, deadlineMs, run });
    };

  const cases = contract.cases.map(({ id, title, invariants, capability, run }): PlannedTest => {
    const limit = limits.find((each) => each.capability === capability);
    const unsupported = limit === undefined ? null : `${limit.capability} unsupported: ${limit.reason}`;
    return { id, title, invariants, run: runOn(run), skipped: unavailable ?? unsupported };
  });
  const probes = limits.map(({ capability, reason }): PlannedTest => {
    const { probe } = contract.capabilities[capability as Name];
    return {
      id: `probe-${capability}`,
      title: `${capability} is really unsupported`,
      invariants: [],
      run: runOn(async (subject, another) => {
        if (await probe(subject, another))
          throw new Error(
            `"${capability}" is declared unsupported ("${reason}") but works. Declare \`${capability}: true\`.`,
          );
      }),
      skipped: unavailable,
    };
  });
  return [...cases, ...probes];
};
