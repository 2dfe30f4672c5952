import type { ChatEvent, Id, Timer } from "@standin/core/ports";

/** One person's status changed. */
export type StatusChanged = Extract<ChatEvent, { type: "status-changed" }>;

const flushEveryMs = 100;
const mostPerFlush = 50;

export interface StatusFanout {
  /** Tells everybody, now or soon. Of several changes of one person only the latest is told. */
  push(change: StatusChanged): void;
  /** Forgets what waits. */
  close(): void;
}

export interface StatusFanoutOptions {
  readonly timer: Timer;
  /** Gets at most 50 changes at a time, each of another person. */
  readonly deliver: (changes: readonly StatusChanged[]) => void;
}

/**
 * A change of status costs one packet for each watcher, so a storm of changes would cost the square of the people. The first goes
 * at once; those that follow it wait, the latest of each person, and go every 100 ms, at most 50 at a time.
 */
export const createStatusFanout = ({ timer, deliver }: StatusFanoutOptions): StatusFanout => {
  const pending = new Map<Id, StatusChanged>();
  let cancelFlush: (() => void) | null = null;

  const flush = (): void => {
    cancelFlush = null;
    if (pending.size === 0) return;
    const changes = [...pending.values()].slice(0, mostPerFlush);
    for (const { user } of changes) pending.delete(user.id);
    cancelFlush = timer.after(flushEveryMs, flush);
    deliver(changes);
  };

  return {
    push(change) {
      // Set keeps the place of a person who waits already: who changes often does not wait longer for it.
      pending.set(change.user.id, change);
      if (cancelFlush === null) flush();
    },
    close() {
      cancelFlush?.();
      cancelFlush = null;
      pending.clear();
    },
  };
};
