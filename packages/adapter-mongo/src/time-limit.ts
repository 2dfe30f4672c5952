import { unavailable } from "./driver-error.ts";

/** The time that one call has. */
export interface TimeLimit {
  /** What is left of it in milliseconds; negative when it is over. */
  left(): number;
  /** For one command of the driver: the server gives up when the call does. With no time left UNAVAILABLE is thrown, so that nothing is begun. */
  options(): { readonly maxTimeMS: number };
  /**
   * The outcome of the work, or UNAVAILABLE when the time is over, or `reserveMs` before. The driver itself waits for a server that hangs; what
   * it is told later is passed over.
   */
  race<T>(work: Promise<T>, reserveMs?: number): Promise<T>;
}

const tooLate = (limitMs: number): Error => new Error(`MongoDB did not answer within the ${limitMs} ms of a call`);

/** A limit of so many milliseconds that begins now. */
export const startTimeLimit = (limitMs: number): TimeLimit => {
  const end = performance.now() + limitMs;
  const left = (): number => end - performance.now();
  return {
    left,
    options() {
      // The server takes 0 for "no limit".
      const maxTimeMS = Math.floor(left());
      if (maxTimeMS < 1) throw unavailable(tooLate(limitMs));
      return { maxTimeMS };
    },
    async race(work, reserveMs = 0) {
      let timer: NodeJS.Timeout | undefined;
      const over = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(unavailable(tooLate(limitMs))), Math.max(0, left() - reserveMs));
      });
      try {
        return await Promise.race([work, over]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
