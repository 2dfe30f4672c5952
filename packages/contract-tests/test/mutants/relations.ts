import { createMemoryStore } from "@standin/adapter-memory";
import { relationRepositoryContract } from "@standin/contract-tests";
import { type Block, ChatError } from "@standin/core/ports";
import { type Family, familyOf, held } from "./mutant.ts";

export const relationFamily: Family = familyOf(
  relationRepositoryContract,
  {
    name: "memory",
    capabilities: { durable: true },
    create: () => held(createMemoryStore().relations),
  },
  [
    [
      "renews a block",
      ["block"],
      (store) => ({
        async block(block) {
          await store.unblock(block.owner, block.blocked);
          await store.block(block);
        },
      }),
    ],
    [
      "lifts blocks on both sides",
      ["unblock"],
      (store) => ({
        async unblock(owner, blocked) {
          await store.unblock(owner, blocked);
          await store.unblock(blocked, owner);
        },
      }),
    ],
    [
      "complains of a block that is not there",
      ["unblock"],
      (store) => ({
        async unblock(owner, blocked) {
          if ((await store.between(owner, blocked)).length === 0) throw new ChatError("NOT_FOUND");
          await store.unblock(owner, blocked);
        },
      }),
    ],
    [
      "sees one direction",
      ["unblock", "between"],
      (store) => ({
        between: async (one, other) => (await store.between(one, other)).filter(({ owner }) => owner === one),
      }),
    ],
    [
      "lists blocks oldest first",
      ["blocks-of", "blocks-of-bounded"],
      (store) => ({ blocksOf: async (owner) => (await store.blocksOf(owner)).toReversed() }),
    ],
    [
      "lists every block",
      ["blocks-of-bounded"],
      (store) => {
        const older: Block[] = [];
        return {
          async block(block) {
            older.push(block);
            await store.block(block);
          },
          blocksOf: async (owner) => {
            const listed = await store.blocksOf(owner);
            return listed.length < 1_000 ? listed : older.filter((block) => block.owner === owner).toReversed();
          },
        };
      },
    ],
    [
      "forgets a user's own blocks only",
      ["forget-user"],
      (store) => ({
        async forgetUser(userId) {
          for (const { blocked } of await store.blocksOf(userId)) await store.unblock(userId, blocked);
        },
      }),
    ],
    [
      "hands out what it keeps",
      ["copies"],
      (store) => {
        const kept = new Map<string, readonly Block[]>();
        return {
          async blocksOf(owner) {
            kept.set(owner, kept.get(owner) ?? (await store.blocksOf(owner)));
            return kept.get(owner) ?? [];
          },
        };
      },
    ],
  ],
);
