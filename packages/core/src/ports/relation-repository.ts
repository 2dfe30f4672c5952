import type { Block, Id } from "../domain/index.ts";

/** Who does not want to hear from whom. */
export interface RelationRepository {
  /** Stores the block, unless there is one already, which then stays as it was (INVARIANT RR-01). Durable when it resolves. */
  block(block: Block): Promise<void>;
  /** Removing what is not there does nothing (INVARIANT RR-02). */
  unblock(owner: Id, blocked: Id): Promise<void>;
  /** The blocks between two people, in either direction: none, one or two (INVARIANT RR-03). */
  between(one: Id, other: Id): Promise<readonly Block[]>;
  /** The blocks of one owner, the latest `at` first, at most 1,000 (INVARIANT RR-04). */
  blocksOf(owner: Id): Promise<readonly Block[]>;
  /** Forgets everything about a user, on both sides. */
  forgetUser(userId: Id): Promise<void>;
}
