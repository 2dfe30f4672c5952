import { unavailable } from "../driver-error.ts";
import type { TimeLimit } from "../time-limit.ts";

/** One thing at a time for each key, in the order of asking. */
export interface Lanes {
  /** Runs the work when nothing else of this key runs. Time that is over before its turn comes is UNAVAILABLE, and nothing was done. */
  inTurn<T>(key: string, time: TimeLimit, work: () => Promise<T>): Promise<T>;
}

export const createLanes = (): Lanes => {
  /** Key that is taken → who waits for it. */
  const waiting = new Map<string, Set<() => void>>();

  const turn = (key: string, time: TimeLimit): Promise<void> => {
    const line = waiting.get(key);
    if (line === undefined) {
      waiting.set(key, new Set());
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        line.delete(enter);
        reject(unavailable());
      }, time.left());
      const enter = (): void => {
        clearTimeout(giveUp);
        resolve();
      };
      line.add(enter);
    });
  };

  const leave = (key: string): void => {
    const line = waiting.get(key);
    const [next] = line ?? [];
    if (next === undefined) {
      waiting.delete(key);
      return;
    }
    line?.delete(next);
    next();
  };

  return {
    async inTurn(key, time, work) {
      await turn(key, time);
      try {
        // A server that hangs must not hold up those who come after.
        return await time.race(work());
      } finally {
        leave(key);
      }
    },
  };
};
