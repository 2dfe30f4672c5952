/** Turns passwords into hashes that are slow to guess. A bounded number at a time; beyond its queue it refuses with OVERLOADED, at once. */
export interface PasswordHasher {
  /** A different string each time, in PHC format, from which the password cannot be read (INVARIANT PH-01). */
  hash(password: string): Promise<string>;
  /**
   * Is `password` the one behind `hash`? `null`, the hash of nobody, costs as much and is always false (INVARIANT PH-02);
   * a string that is no hash is false, never an error (INVARIANT PH-03).
   */
  verify(hash: string | null, password: string): Promise<boolean>;
}
