import type { Contract, ContractOptions, Subject } from "./contract.ts";
import { type Limit, limitsOf } from "./declarations.ts";
import { NotShown } from "./not-shown.ts";
import { planTests } from "./planned-tests.ts";

export type CaseResult =
  | { readonly outcome: "passed" }
  | { readonly outcome: "failed"; readonly error: unknown }
  | { readonly outcome: "skipped"; readonly reason: string };

export interface CaseReport {
  readonly id: string;
  readonly title: string;
  readonly invariants: readonly string[];
  readonly result: CaseResult;
}

/**
 * `NOT RUN`: no subject could be made on this machine. `WITH LIMITS`: all passed that ran, but something is declared unsupported, or
 * declared and could not be shown.
 */
export type Verdict = "CONFORMANT" | "CONFORMANT WITH LIMITS" | "NOT CONFORMANT" | "NOT RUN";

/** How one adapter stands to one contract. */
export interface ContractReport {
  readonly contract: { readonly id: string; readonly version: number; readonly title: string };
  /** The adapter's name. */
  readonly name: string;
  readonly verdict: Verdict;
  /** What the adapter declares that it cannot do, and what it declares that could not be shown. */
  readonly limits: readonly Limit[];
  readonly cases: readonly CaseReport[];
}

/**
 * Runs every case of a contract on an adapter, one after the other, without a test runner. What fails is in the report; nothing is thrown
 * for it.
 *
 * @throws {TypeError} when a capability is not declared.
 * @example
 * const report = await checkContract(messageRepositoryContract, { name: "cassandra", capabilities, create });
 * console.log(report.verdict, formatReport(report));
 */
export const checkContract = async <Tested extends Subject<unknown>, Name extends string>(
  contract: Contract<Tested, Name>,
  options: ContractOptions<NoInfer<Tested>, NoInfer<Name>>,
): Promise<ContractReport> => {
  const cases: CaseReport[] = [];
  const unshown = new Map<string, Limit>();
  for (const { id, title, invariants, run, skipped } of planTests(contract, options)) {
    let result: CaseResult = skipped === null ? { outcome: "passed" } : { outcome: "skipped", reason: skipped };
    try {
      if (skipped === null) await run();
    } catch (error) {
      const isUnshown = error instanceof NotShown;
      result = isUnshown ? { outcome: "skipped", reason: error.message } : { outcome: "failed", error };
      if (isUnshown) unshown.set(error.capability, { capability: error.capability, reason: error.message });
    }
    cases.push({ id, title, invariants, result });
  }
  const limits = [...limitsOf(contract, options), ...unshown.values()];
  const { id, version, title } = contract;
  return { contract: { id, version, title }, name: options.name, verdict: verdictOf(cases, limits), limits, cases };
};

const verdictOf = (cases: readonly CaseReport[], limits: readonly Limit[]): Verdict => {
  const outcomes = new Set(cases.map(({ result }) => result.outcome));
  if (outcomes.has("failed")) return "NOT CONFORMANT";
  if (!outcomes.has("passed")) return "NOT RUN";
  return limits.length === 0 ? "CONFORMANT" : "CONFORMANT WITH LIMITS";
};
