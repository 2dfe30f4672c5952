import { isChatError } from "@standin/core/ports";

/** Work that must be done in order, side by side with other work that must. */
export interface Lanes {
  /**
   * Runs `task` once everything that entered the same lane before it has ended, well or badly. When one ends UNAVAILABLE, what waits behind it is
   * refused with the same error and not run: a store that is away would hold each of them up for its own time limit, one after the other.
   */
  run<Result>(lane: string, task: () => Promise<Result>): Promise<Result>;
}

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (error: unknown) => void;
}

/** A lane exists for as long as there is something in it. */
export const createLanes = (): Lanes => {
  /** Lane → who waits behind what runs. */
  const lines = new Map<string, Waiting[]>();

  return {
    run<Result>(lane: string, task: () => Promise<Result>) {
      const line = lines.get(lane) ?? [];
      return new Promise<Result>((resolve, reject) => {
        const enter = async (): Promise<void> => {
          try {
            resolve(await task());
          } catch (error) {
            reject(error);
            if (isChatError(error) && error.code === "UNAVAILABLE")
              for (const { refuse } of line.splice(0)) refuse(error);
          }
          const next = line.shift();
          if (next === undefined) lines.delete(lane);
          else next.enter();
        };
        if (lines.has(lane)) {
          line.push({ enter, refuse: reject });
          return;
        }
        lines.set(lane, line);
        void enter();
      });
    },
  };
};
