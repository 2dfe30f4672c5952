/** Changes that happen together or not at all. Keys are strings of this library's making, values what `structuredClone` can copy. */
export interface StorageChange {
  readonly put?: ReadonlyMap<string, unknown>;
  readonly remove?: readonly string[];
  /** All keys that begin with one of these are removed, before anything is put. */
  readonly removeAll?: readonly string[];
}

/**
 * Where a client keeps what must outlive it: who is signed in, the outbox, and enough to read without a connection. A plain map with
 * prefixes, so that one over any store is a few lines. Several clients may share one, as tabs of a browser do.
 */
export interface ClientStorage {
  /** The value of a key; undefined: there is none. */
  read(key: string): Promise<unknown>;
  /** The values whose keys begin with `prefix`, ordered by key. */
  list(prefix: string): Promise<readonly unknown[]>;
  /**
   * Carries out a change. With `whileKey` only if that key has a value at that moment, in the same step: what was removed for good
   * on purpose is not brought back by somebody who was still writing. Resolves with whether it was carried out.
   */
  write(change: StorageChange, whileKey?: string): Promise<boolean>;
}
