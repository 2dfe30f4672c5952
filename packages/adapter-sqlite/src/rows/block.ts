import type { Block } from "@standin/core/ports";

/** A row of the table `blocks`. */
export interface BlockRow {
  readonly owner: string;
  readonly blocked: string;
  readonly at: number;
  readonly owner_read_seq: number;
  readonly blocked_read_seq: number;
}

export const blockColumns: readonly (keyof BlockRow)[] = [
  "owner",
  "blocked",
  "at",
  "owner_read_seq",
  "blocked_read_seq",
];

export const blockFrom = (row: BlockRow): Block => ({
  owner: row.owner,
  blocked: row.blocked,
  at: row.at,
  ownerReadSeq: row.owner_read_seq,
  blockedReadSeq: row.blocked_read_seq,
});

export const blockRow = (block: Block): BlockRow => ({
  owner: block.owner,
  blocked: block.blocked,
  at: block.at,
  owner_read_seq: block.ownerReadSeq,
  blocked_read_seq: block.blockedReadSeq,
});
