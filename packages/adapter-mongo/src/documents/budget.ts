import type { Id } from "@standin/core/ports";
import type { ObjectId } from "mongodb";

/** A document of `standin_budgets`: the provider calls of one owner on one UTC day. */
export interface BudgetDocument {
  /** {@link budgetKey} */
  readonly _id: string;
  readonly day: string;
  readonly owner: ObjectId;
  readonly spent: number;
  /** How many of them were for people to whom the owner never wrote. */
  readonly spentForNew: number;
}

/** What makes a budget unique: the day ("2031-05-01"), and whose it is. */
export const budgetKey = (day: string, owner: Id): string => `${day}:${owner}`;
