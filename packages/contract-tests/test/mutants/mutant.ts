import {
  type Contract,
  type ContractOptions,
  type ContractReport,
  checkContract,
  type Subject,
} from "@standin/contract-tests";

/** A broken adapter and the cases that must find it out: these and no others. */
interface Mutant {
  readonly name: string;
  readonly fails: readonly string[];
  /** The cases that it fails. */
  check(): Promise<readonly string[]>;
}

/** One contract, an adapter that keeps it, and what was made of that adapter. */
export interface Family {
  readonly contract: string;
  readonly cases: readonly string[];
  readonly mutants: readonly Mutant[];
  checkSound(): Promise<ContractReport>;
}

type Sound<Tested extends Subject<object>, Name extends string> = Omit<ContractOptions<Tested, Name>, "create"> & {
  readonly create: () => Tested;
};

/**
 * The cases of a contract that a broken adapter fails. Those that it must fail may wait in vain, for no longer than `vainMs`; any other may
 * take its time, however busy the machine.
 */
export const failuresOf = async <Tested extends Subject<unknown>, Name extends string>(
  contract: Contract<Tested, Name>,
  options: Omit<ContractOptions<Tested, Name>, "deadlineMs">,
  mustFail: readonly string[],
  vainMs = 1_000,
): Promise<readonly string[]> => {
  const failures = async (must: boolean, limit: { readonly deadlineMs?: number }): Promise<readonly string[]> => {
    const cases = contract.cases.filter(({ id }) => mustFail.includes(id) === must);
    return failedIn(await checkContract({ ...contract, cases }, { ...options, ...limit }));
  };
  return [...(await failures(true, { deadlineMs: vainMs })), ...(await failures(false, {}))];
};

export const failedIn = ({ cases }: ContractReport): readonly string[] =>
  cases.filter(({ result }) => result.outcome === "failed").map(({ id }) => id);

/** Breaks one adapter in many ways: each `[name, the cases that must fail, what differs from the sound port]`. */
export const familyOf = <Tested extends Subject<object>, Name extends string>(
  contract: Contract<Tested, Name>,
  sound: Sound<Tested, Name>,
  breaks: readonly (readonly [
    name: string,
    fails: readonly string[],
    change: (port: Tested["port"]) => Partial<Tested["port"]>,
  ])[],
): Family => {
  const mutant = (name: string, fails: readonly string[], create: () => Tested): Mutant => ({
    name,
    fails,
    check: () => failuresOf(contract, { ...sound, name, create }, fails),
  });
  const idsOf = (cases: Contract<Tested, Name>["cases"]): string[] => cases.map(({ id }) => id);
  const durable = idsOf(contract.cases.filter(({ capability }) => capability === "durable"));
  const forgetful = mutant("loses everything in a restart", durable, () => ({
    ...sound.create(),
    reopen: async () => sound.create().port,
  }));
  return {
    contract: contract.id,
    cases: idsOf(contract.cases),
    checkSound: () => checkContract(contract, sound),
    mutants: [
      ...(contract.cases[0]?.id === "isolation" ? [sharedMutant(contract, sound)] : []),
      ...(durable.length > 0 ? [forgetful] : []),
      ...breaks.map(([name, fails, change]) =>
        mutant(name, fails, () => {
          const subject = sound.create();
          return { ...subject, port: { ...subject.port, ...change(subject.port) } };
        }),
      ),
    ],
  };
};

/** A factory that makes the same subject twice. */
const sharedMutant = <Tested extends Subject<object>, Name extends string>(
  contract: Contract<Tested, Name>,
  sound: Sound<Tested, Name>,
): Mutant => ({
  name: "is the same subject twice",
  fails: ["isolation"],
  check: () => {
    const subject = sound.create();
    // Only the case that asks for it: what the others would do to each other is not the question.
    const first = { ...contract, cases: contract.cases.slice(0, 1) };
    return failuresOf(first, { ...sound, create: () => subject }, ["isolation"]);
  },
});

/** A store in memory that is still held is opened again as it is. */
export const held = <Port>(port: Port): Required<Pick<Subject<Port>, "port" | "reopen">> => ({
  port,
  reopen: async () => port,
});

/** Lets everybody else go first. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
