import type { CancelSignal } from "../../ports/index.ts";

export interface CancelSource {
  readonly signal: CancelSignal;
  /** Once; again does nothing. */
  cancel(): void;
}

/** What `AbortController` is elsewhere; the core has no such global. */
export const createCancelSource = (): CancelSource => {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    cancel: () => {
      if (aborted) return;
      aborted = true;
      for (const listener of listeners) listener();
      listeners.clear();
    },
  };
};
