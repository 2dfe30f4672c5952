import type { Block, Id } from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { toObjectId } from "../values.ts";

/** A document of `relations`: one person does not want to hear from another. */
export interface BlockDocument {
  /** {@link blockKey} */
  readonly _id: string;
  readonly owner: ObjectId;
  readonly blocked: ObjectId;
  readonly at: Date;
  readonly ownerReadSeq: number;
  readonly blockedReadSeq: number;
}

/** What makes a block unique: who, and whom. */
export const blockKey = (owner: Id, blocked: Id): string => `${owner}:${blocked}`;

export const blockFrom = (document: BlockDocument): Block => ({
  owner: document.owner.toHexString(),
  blocked: document.blocked.toHexString(),
  at: document.at.getTime(),
  ownerReadSeq: document.ownerReadSeq,
  blockedReadSeq: document.blockedReadSeq,
});

export const blockDocument = (block: Block): BlockDocument => ({
  _id: blockKey(block.owner, block.blocked),
  owner: toObjectId(block.owner),
  blocked: toObjectId(block.blocked),
  at: new Date(block.at),
  ownerReadSeq: block.ownerReadSeq,
  blockedReadSeq: block.blockedReadSeq,
});
