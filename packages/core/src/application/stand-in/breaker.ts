/** How long a provider that keeps failing is left alone at first, and at most, in milliseconds. */
const firstPauseMs = 30_000;
const longestPauseMs = 5 * 60_000;
const failuresToOpen = 3;
/** What a call takes beyond its own time. */
const slackMs = 1_000;

/** A call that was let through. Whoever makes it says once how it ended. */
export interface Attempt {
  succeeded(): void;
  /** `retryAfterMs`: what the provider itself asked for. */
  failed(now: number, retryAfterMs: number | undefined): void;
  /** It was given up for a reason that is not the provider's: it counts as neither. */
  abandoned(now: number): void;
}

/** Skips a provider that keeps failing, and tries it again later (R23). */
export interface Breaker {
  /** null: not now. After a pause exactly one call is let through to find out, and the others wait for its end. */
  attempt(now: number): Attempt | null;
}

/** `longestCallMs`: after so long a call that was let through to find out keeps nobody out any more, whether or not it said how it ended. */
export const createBreaker = (longestCallMs: number): Breaker => {
  let failures = 0;
  let pauseMs = firstPauseMs;
  /** Nobody goes through before then; null: everybody does. */
  let shutUntil: number | null = null;
  let newestTrial = 0;

  const shut = (until: number): void => {
    shutUntil = Math.max(shutUntil ?? until, until);
  };

  return {
    attempt: (begun) => {
      if (shutUntil !== null && begun < shutUntil) return null;
      const trial = shutUntil === null ? null : ++newestTrial;
      if (trial !== null) shutUntil = begun + longestCallMs + slackMs;
      const isTrial = (): boolean => trial !== null && trial === newestTrial && shutUntil !== null;
      return {
        succeeded: () => {
          failures = 0;
          pauseMs = firstPauseMs;
          shutUntil = null;
        },
        failed: (now, retryAfterMs = 0) => {
          failures += 1;
          const wasTrial = isTrial();
          // Of calls that were under way together the first ones shut it; the others say nothing new.
          if (wasTrial || (shutUntil === null && failures >= failuresToOpen)) {
            shutUntil = now + pauseMs;
            pauseMs = Math.min(2 * pauseMs, longestPauseMs);
          }
          if (retryAfterMs > 0) shut(now + Math.min(retryAfterMs, longestPauseMs));
        },
        abandoned: (now) => {
          if (isTrial()) shutUntil = now;
        },
      };
    },
  };
};
