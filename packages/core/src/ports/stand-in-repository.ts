import type { Id, StandInRequest, StandInSettings, StoredSettings, Suggestion } from "../domain/index.ts";

/** `stored`, or what stood in the way: a suggestion for the same message, or another fixed one of the period. */
export type SuggestResult = "stored" | "reply-taken" | "notice-taken";

/**
 * What belongs to the stand-in and to no message: its owner's settings, drafts, writers' requests and the budget of provider calls.
 *
 * A promise that resolved is durable, to the reach of the store. Failures of the driver are UNAVAILABLE: nothing was done, or the same call
 * again tells. What is handed out is a copy (INVARIANT SI-01).
 */
export interface StandInRepository {
  /** The owner's settings; those by default at version 0 where nothing was ever set (INVARIANT SI-02). */
  settings(owner: Id): Promise<StoredSettings>;
  /** Replaces the settings if they still have `version`, and gives them the next one; false when somebody was first (INVARIANT SI-03). Of racing calls with one version exactly one wins (INVARIANT SI-04). */
  compareAndSetSettings(owner: Id, settings: StandInSettings, version: number): Promise<boolean>;

  /**
   * Takes one provider call out of the owner's budget of a UTC day ("2031-05-01"), if `limit` allows it and, for a person to whom the owner never
   * wrote, `newPeopleLimit` too, which counts such calls alone; null: not such a person. One conditional increment: racing calls never get more (INVARIANT SI-05), a refusal
   * takes nothing (INVARIANT SI-06), and each owner and day is counted apart, also after a restart (INVARIANT SI-07). After UNAVAILABLE one call
   * may have been taken that was not made: the budget is a limit, not a bill.
   */
  spend(
    owner: Id,
    day: string,
    limits: { readonly limit: number; readonly newPeopleLimit: number | null },
  ): Promise<boolean>;

  /** Stores the request; false, and the first one stays, when the writer asked for the same in this period already (INVARIANT SI-08), also when the calls race (INVARIANT SI-09). */
  request(request: StandInRequest): Promise<boolean>;
  /** What the writer asked of this owner in this period: none, one of each kind at most (INVARIANT SI-10). */
  requestsOf(owner: Id, writer: Id, period: number): Promise<readonly StandInRequest[]>;
  /** The owner's urgent requests at `since` or later, the latest `at` first: at most `limit` (INVARIANT SI-11). */
  urgentSince(owner: Id, since: number, limit: number): Promise<readonly StandInRequest[]>;

  /**
   * Stores a draft. Refuses, in this order, a second one for the same message (INVARIANT SI-12), and a second fixed one of the same owner, conversation and period (INVARIANT SI-13),
   * whatever became of the first. The same call again is `reply-taken`; the id of another draft is CONFLICT.
   */
  suggest(suggestion: Suggestion): Promise<SuggestResult>;
  /** The owner's suggestion, whatever became of it; null where there is none, or it is another's (INVARIANT SI-14). */
  findSuggestion(owner: Id, id: Id): Promise<Suggestion | null>;
  /** The owner's open suggestions, newest id first, before the id `before`: at most `limit` (INVARIANT SI-15). */
  suggestions(owner: Id, before: Id | null, limit: number): Promise<readonly Suggestion[]>;
  /** `open → sent | dismissed`; returns the suggestion as it is then, which an ended one was already (INVARIANT SI-16); null as in {@link findSuggestion}. Of racing calls one wins (INVARIANT SI-17). */
  endSuggestion(owner: Id, id: Id, state: "sent" | "dismissed"): Promise<Suggestion | null>;

  /** Forgets at most `limit` budgets of days before `day` ("2031-05-01"); returns how many. What a day cost is of no use after it (INVARIANT SI-18). */
  forgetBudgets(day: string, limit: number): Promise<number>;
  /** Forgets everything about a user, as owner and as the other person. */
  forgetUser(userId: Id): Promise<void>;
}
