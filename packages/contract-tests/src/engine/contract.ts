/** What an author's `create` returns: an empty adapter of its own, which nothing else uses. */
export interface Subject<Port> {
  readonly port: Port;
  /** Closes what `create` opened and removes its data. Called after the case, failed or not. */
  dispose?(): Promise<void> | void;
  /** For `durable`: closes the adapter and opens the same data again, as a restart would. */
  reopen?(): Promise<Port>;
}

/** One more fresh subject, for cases that need two. It is disposed with the first. */
export type Another<Tested> = () => Promise<Tested>;

/** `true`, or why not: a sentence for the reader of the report. */
export type CapabilityDeclaration = true | { readonly unsupported: string };

/** Something that not every adapter can do. */
export interface Capability<Tested> {
  /** What it means to have it, in one sentence. */
  readonly about: string;
  /** Does the ability show after all? Run only where it is declared unsupported: `true` is a declaration out of date. */
  probe(subject: Tested, another: Another<Tested>): Promise<boolean>;
}

/** One rule of a port, tried on a fresh subject. */
export interface ContractCase<Tested, Name extends string = never> {
  /** Unique in its contract. Stays when the title changes. */
  readonly id: string;
  readonly title: string;
  /** The ids of the invariants in the port's documentation that it guards, such as `MR-03`. */
  readonly invariants: readonly string[];
  /** Runs only where this is declared `true`. */
  readonly capability?: NoInfer<Name>;
  /** Rejects when the rule is broken. */
  run(subject: Tested, another: Another<Tested>): Promise<void>;
}

/** The rules of one port as data. */
export interface Contract<Tested extends Subject<unknown>, Name extends string = never> {
  readonly id: string;
  /** Grows when an adapter that conformed may no longer do so. */
  readonly version: number;
  readonly title: string;
  readonly capabilities: { readonly [Key in Name]: Capability<Tested> };
  readonly cases: readonly ContractCase<Tested, Name>[];
}

/** What the author of an adapter says of it. */
export interface ContractOptions<Tested extends Subject<unknown>, Name extends string = never> {
  /** The adapter's name in titles and reports. */
  readonly name: string;
  /** Each optional capability of the contract, declared one way or the other; `{}` when it has none. */
  readonly capabilities: { readonly [Key in Name]: CapabilityDeclaration };
  /** Makes a fresh subject, once per case; or says why none can be made on this machine, and then nothing runs. */
  readonly create: (() => Promise<Tested> | Tested) | { readonly unavailable: string };
  /** After so many milliseconds a case has failed. Default: 60,000. */
  readonly deadlineMs?: number;
}
