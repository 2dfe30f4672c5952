/** How long a provider that keeps failing is left alone at first, and at most, in milliseconds. */
const firstPauseMs = 30_000;
const longestPauseMs = 5 * 60_000;
const failuresToOpen = 3;

/** Skips a provider that keeps failing, and tries it again later (R23). */
export interface Breaker {
  /** May it be asked now? After a pause one call is let through to find out. */
  allows(now: number): boolean;
  succeeded(): void;
  /** `retryAfterMs`: what the provider itself asked for. */
  failed(now: number, retryAfterMs: number | undefined): void;
}

export const createBreaker = (): Breaker => {
  let failures = 0;
  let pauseMs = firstPauseMs;
  let closedUntil = Number.NEGATIVE_INFINITY;
  return {
    allows: (now) => now >= closedUntil,
    succeeded: () => {
      failures = 0;
      pauseMs = firstPauseMs;
      closedUntil = Number.NEGATIVE_INFINITY;
    },
    failed: (now, retryAfterMs = 0) => {
      failures += 1;
      if (failures >= failuresToOpen) {
        closedUntil = now + pauseMs;
        pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      }
      closedUntil = Math.max(closedUntil, now + Math.min(retryAfterMs, longestPauseMs));
    },
  };
};
