import type { Clock, Timer } from "@standin/core/ports";
import { nextTurn } from "../expectations.ts";

/** A clock and a timer that move only when they are told to. */
export interface FakeTime {
  readonly clock: Clock;
  readonly timer: Timer;
  /**
   * Lets so many milliseconds pass: runs the timers that fall due, in order, each at its own instant, and lets what each set going come to
   * rest before the next. Not to be called again before it resolved. What waits for real input or output, or for another thread, is not waited for.
   */
  advance(ms: number): Promise<void>;
  /**
   * The same for a machine that slept: all timers that fell due meanwhile run when it wakes, late and once, as a timer may. Cheaper than
   * {@link FakeTime.advance} where nothing is to be seen on the way.
   */
  leap(ms: number): Promise<void>;
  /** Puts the clock to another instant, forth or back; timers keep the time that they had left, as a real one's do. */
  set(ms: number): void;
}

export interface FakeTimeOptions {
  /** Milliseconds since the epoch. Default: the first instant of 2030, UTC. */
  readonly start?: number;
  /** What else must come to rest before time goes on, such as real input and output. Default: nothing. */
  readonly work?: PendingWork;
}

/** Something that is under way at times. */
export interface PendingWork {
  isIdle(): boolean;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

interface Waiting {
  readonly dueAt: number;
  readonly run: () => void;
}

/** Turns of the event loop in which work may go on before it counts as at rest. */
const turnsToRest = 32;

/**
 * Time for tests.
 *
 * @example
 * const { clock, timer, advance } = createFakeTime();
 * timer.after(60_000, () => console.log(clock.now()));
 * await advance(60_000);
 */
export const createFakeTime = (options: FakeTimeOptions = {}): FakeTime => {
  const { start = Date.UTC(2030, 0), work } = options;
  let elapsed = 0;
  /** What the clock shows when nothing has elapsed. */
  let zero = start;
  const waiting = new Set<Waiting>();

  const nextDue = (until: number): Waiting | undefined => {
    let next: Waiting | undefined;
    for (const each of waiting) if (each.dueAt <= until && (next === undefined || each.dueAt < next.dueAt)) next = each;
    return next;
  };

  const comeToRest = async (): Promise<void> => {
    for (let quiet = 0; quiet < turnsToRest; quiet += 1) {
      await nextTurn();
      if (work === undefined || work.isIdle()) continue;
      await work.idle();
      quiet = -1;
    }
  };

  return {
    clock: { now: () => zero + elapsed },
    timer: {
      after(ms: number, run: () => void): () => void {
        // Never at once: otherwise a timer that sets itself again would keep one instant going for ever.
        const entry = { dueAt: elapsed + Math.max(1, ms), run };
        waiting.add(entry);
        return () => void waiting.delete(entry);
      },
    },
    async advance(ms: number): Promise<void> {
      const until = elapsed + ms;
      await comeToRest();
      for (let next = nextDue(until); next !== undefined; next = nextDue(until)) {
        waiting.delete(next);
        elapsed = next.dueAt;
        next.run();
        await comeToRest();
      }
      elapsed = until;
      await comeToRest();
    },
    async leap(ms: number): Promise<void> {
      await comeToRest();
      elapsed += ms;
      for (let next = nextDue(elapsed); next !== undefined; next = nextDue(elapsed)) {
        waiting.delete(next);
        next.run();
        await comeToRest();
      }
      await comeToRest();
    },
    set(ms: number): void {
      zero = ms - elapsed;
    },
  };
};
