/** What an operator may decide. Durations are milliseconds. */
export interface ChatPolicy {
  /** Lifetime of a token. Default: 7 days. */
  readonly tokenTtlMs: number;
  /** Between the last disconnect and its effect. Default: 10 s. */
  readonly statusGraceMs: number;
  /** Does signing in end BUSY? Default: no. */
  readonly signInEndsBusy: boolean;
  /** Who is told of a change of status: everyone, or only the people with whom the user has a conversation. */
  readonly presenceAudience: "everyone" | "conversations";
  /** Are e-mail addresses shown to others, and searched? */
  readonly directoryEmails: "shown" | "hidden";
  readonly rateLimits: "default" | "off";
  /** How long the stand-in waits for a burst of messages to end (R11). Default: 2 s. */
  readonly mergeWindowMs: number;
  /** Longest time of one provider (R23). Default: 10 s. */
  readonly providerTimeoutMs: number;
  /** Longest time of all providers together. Default: 20 s. */
  readonly totalTimeoutMs: number;
  /** Provider calls per owner and UTC day; half of them at most for people to whom the owner has never written. Default: 1,000. */
  readonly dailyBudget: number;
}

export const defaultPolicy: ChatPolicy = {
  tokenTtlMs: 7 * 24 * 60 * 60 * 1000,
  statusGraceMs: 10_000,
  signInEndsBusy: false,
  presenceAudience: "everyone",
  directoryEmails: "shown",
  rateLimits: "default",
  mergeWindowMs: 2_000,
  providerTimeoutMs: 10_000,
  totalTimeoutMs: 20_000,
  dailyBudget: 1_000,
};
