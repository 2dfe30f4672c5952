import type { RelationRepository } from "@standin/core/ports";
import type { Access } from "./access.ts";
import { type BlockRow, blockColumns, blockFrom, blockRow } from "./rows/block.ts";
import { insertInto } from "./rows/insert.ts";

/** How many blocks of one owner are listed. */
const blocksListed = 1_000;

/** Blocks, in the table `blocks`. */
export const createRelationRepository = ({ prepare, read, write }: Access): RelationRepository => {
  const insert = prepare(`${insertInto("blocks", blockColumns)} ON CONFLICT (owner, blocked) DO NOTHING`);
  const remove = prepare("DELETE FROM blocks WHERE owner = ? AND blocked = ?");
  const between = prepare<BlockRow>(
    `SELECT * FROM blocks WHERE owner = :one AND blocked = :other
     UNION SELECT * FROM blocks WHERE owner = :other AND blocked = :one`,
  );
  // Of one instant, the block that came last is the newest: rowid says which.
  const ofOwner = prepare<BlockRow>(
    `SELECT * FROM blocks WHERE owner = ? ORDER BY at DESC, rowid DESC LIMIT ${blocksListed}`,
  );
  const removeOwner = prepare("DELETE FROM blocks WHERE owner = ?");
  const removeBlocked = prepare("DELETE FROM blocks WHERE blocked = ?");

  return {
    block(block) {
      const row = { ...blockRow(block) };
      return write(() => {
        insert.run(row);
      });
    },
    unblock: (owner, blocked) =>
      write(() => {
        remove.run(owner, blocked);
      }),
    between: (one, other) => read(() => between.all({ one, other }).map(blockFrom)),
    blocksOf: (owner) => read(() => ofOwner.all(owner).map(blockFrom)),
    forgetUser: (userId) =>
      write(() => {
        removeOwner.run(userId);
        removeBlocked.run(userId);
      }),
  };
};
