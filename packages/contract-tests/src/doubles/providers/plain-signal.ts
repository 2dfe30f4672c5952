import type { CancelSignal } from "@standin/core/ports";

/** The least that a {@link CancelSignal} may be; no `AbortSignal`. */
export interface PlainSignal {
  readonly signal: CancelSignal;
  /** How many listen now. */
  readonly listeners: number;
  abort(): void;
}

export const createPlainSignal = (): PlainSignal => {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_, listener) => void listeners.add(listener),
      removeEventListener: (_, listener) => void listeners.delete(listener),
    },
    get listeners() {
      return listeners.size;
    },
    abort: () => {
      aborted = true;
      for (const listener of [...listeners]) listener();
    },
  };
};
