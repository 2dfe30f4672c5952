/** At most `limit` in any window of `windowMs` that begins with the first; with `burst`, a bucket of that size refilled evenly with `limit` per `windowMs`. */
export interface RateRule {
  /** Names the rule; the same key under two rules counts apart. */
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
  readonly burst?: number;
}

export type RateAnswer = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number };

/** Counts what is done under a key. Bounded in memory: what is over is forgotten. */
export interface RateLimiter {
  /** Takes one, or says when one will be free, for each key and rule apart (INVARIANT RL-01); a refusal takes nothing (INVARIANT RL-02). Racing calls never get more than the rule allows (INVARIANT RL-03). */
  take(rule: RateRule, key: string): Promise<RateAnswer>;
  /** Gives one back that turned out not to count, such as a sign-in that succeeded (INVARIANT RL-04). Giving back what was never taken does nothing. */
  giveBack(rule: RateRule, key: string): Promise<void>;
}
