import type { Timer } from "@standin/core/ports";

/** Node.js fires a timer of more than this at once. */
const longestDelayMs = 2 ** 31 - 1;

/** The machine's own timers. A long delay is waited for in parts; a waiting timer keeps no process alive. */
export const systemTimer: Timer = {
  after(ms, run) {
    let handle: NodeJS.Timeout;
    const arm = (left: number): void => {
      const part = Math.min(Math.max(left, 0), longestDelayMs);
      handle = setTimeout(() => (left > part ? arm(left - part) : run()), part);
      handle.unref();
    };
    arm(ms);
    return () => clearTimeout(handle);
  },
};
