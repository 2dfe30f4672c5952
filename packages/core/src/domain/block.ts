import type { Id } from "./ids.ts";

/** `owner` does not want to hear from `blocked`. */
export interface Block {
  readonly owner: Id;
  readonly blocked: Id;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How far each had read at the block: what the other one goes on being shown. */
  readonly ownerReadSeq: number;
  readonly blockedReadSeq: number;
}
