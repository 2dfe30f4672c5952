/**
 * Thrown by a case that cannot try what the adapter declares, because `create` returns less than it needs. The case is then skipped with
 * this reason, and the adapter is CONFORMANT WITH LIMITS: neither broken nor proved.
 */
export class NotShown extends Error {
  override readonly name = "NotShown";
  /** Which declaration stays unproved. */
  readonly capability: string;

  constructor(capability: string, reason: string) {
    super(`${capability} is declared but not shown: ${reason}`);
    this.capability = capability;
  }
}
