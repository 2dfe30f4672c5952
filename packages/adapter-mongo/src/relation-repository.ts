import type { RelationRepository } from "@standin/core/ports";
import { type Access, findList } from "./access.ts";
import { blockDocument, blockFrom, blockKey } from "./documents/block.ts";
import { takenIndexOf } from "./driver-error.ts";
import { isThe } from "./values.ts";

/** How many blocks of one owner are listed. */
const blocksListed = 1_000;

/** Blocks, in the collection `relations`. */
export const createRelationRepository = ({ relations, run, settle }: Access): RelationRepository => ({
  block: (block) =>
    run(async (time) => {
      try {
        await relations.insertOne(blockDocument(block), time.options());
      } catch (error) {
        if (takenIndexOf(error) === null) throw error;
        await settle(time);
      }
    }),
  unblock: (owner, blocked) =>
    run(async (time) => {
      await relations.deleteOne({ _id: { $eq: blockKey(owner, blocked) } }, time.options());
    }),
  between: (one, other) =>
    run(async (time) => {
      const keys = [blockKey(one, other), blockKey(other, one)];
      return (await relations.find({ _id: { $in: keys } }, time.options()).toArray()).map(blockFrom);
    }),
  blocksOf: (owner) =>
    run(async (time) => {
      const sort = { at: -1, _id: -1 } as const;
      const found = await findList(relations, { owner: isThe(owner) }, { sort, limit: blocksListed, time });
      return found.map(blockFrom);
    }),
  forgetUser: (userId) =>
    run(async (time) => {
      await relations.deleteMany({ owner: isThe(userId) }, time.options());
      await relations.deleteMany({ blocked: isThe(userId) }, time.options());
    }),
});
