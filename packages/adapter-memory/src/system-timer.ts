import type { Timer } from "@standin/core/ports";

/** The longest delay that Node.js keeps; a longer one fires at once. */
const longestDelay = 2 ** 31 - 1;

/**
 * The timers of the process. Delays of any length; none keeps the process alive.
 *
 * @example
 * const cancel = createSystemTimer().after(60 * 24 * 3_600_000, () => console.log("two months later"));
 */
export const createSystemTimer = (): Timer => ({
  after(ms: number, run: () => void): () => void {
    let handle: NodeJS.Timeout;
    const arm = (remaining: number): void => {
      const delay = Math.min(remaining, longestDelay);
      handle = setTimeout(() => {
        if (remaining > delay) arm(remaining - delay);
        else run();
      }, delay);
      handle.unref();
    };
    arm(Math.max(0, ms));
    return () => clearTimeout(handle);
  },
});
