import type { Block, Id, RelationRepository } from "@standin/core/ports";

/** The longest list that is answered. */
const blocksListed = 1_000;

/**
 * A {@link RelationRepository} in memory.
 *
 * @example
 * const relations = createMemoryRelationRepository();
 * await relations.block({ owner, blocked, at: clock.now(), ownerReadSeq: 0, blockedReadSeq: 0 });
 */
export const createMemoryRelationRepository = (): RelationRepository => {
  /** Owner → blocked → block. */
  const blocks = new Map<Id, Map<Id, Block>>();

  return {
    async block(block: Block): Promise<void> {
      const own = blocks.get(block.owner) ?? new Map<Id, Block>();
      blocks.set(block.owner, own);
      if (!own.has(block.blocked)) own.set(block.blocked, { ...block });
    },

    async unblock(owner: Id, blocked: Id): Promise<void> {
      blocks.get(owner)?.delete(blocked);
    },

    async between(one: Id, other: Id): Promise<readonly Block[]> {
      const found = new Set([blocks.get(one)?.get(other), blocks.get(other)?.get(one)]);
      return [...found].flatMap((block) => (block === undefined ? [] : { ...block }));
    },

    async blocksOf(owner: Id): Promise<readonly Block[]> {
      // Reversed first: the sort is stable, so of two at the same instant the later one comes first.
      const own = [...(blocks.get(owner)?.values() ?? [])].reverse().sort((one, other) => other.at - one.at);
      return own.slice(0, blocksListed).map((block) => ({ ...block }));
    },

    async forgetUser(userId: Id): Promise<void> {
      blocks.delete(userId);
      for (const own of blocks.values()) own.delete(userId);
    },
  };
};
