import type { Contract, ContractOptions, Subject } from "../../../packages/contract-tests/src/index.ts";

/** What a `contract.test.ts` said with `testContract`. */
export interface Declared {
  // biome-ignore lint/suspicious/noExplicitAny: subjects and capabilities differ from contract to contract; each pair fits.
  readonly contract: Contract<Subject<any>, any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly options: ContractOptions<Subject<any>, any>;
}

/** In the order of the calls. */
export const declared: Declared[] = [];

/** What to do when all is over: servers to stop, folders to remove. */
export const cleanups: (() => unknown)[] = [];
