import { type Id, isId } from "../../domain/index.ts";
import { invalid } from "../input-rules.ts";

/** The id after which a list goes on; null: from the beginning. What no list ever gave is INVALID. */
export const readCursor = (cursor: unknown): Id | null => {
  if (cursor === undefined) return null;
  if (!isId(cursor)) throw invalid({ path: "cursor", message: "cursor must be one that a list answered" });
  return cursor;
};

/** Of one entry more than was asked for: those that were, and the cursor behind them if there are more. */
export const pageOf = <T>(
  entries: readonly T[],
  limit: number,
  idOf: (entry: T) => Id,
): { readonly page: readonly T[]; readonly nextCursor: Id | null } => {
  const page = entries.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: entries.length > limit && last !== undefined ? idOf(last) : null };
};
