import type { StandInJob, StandInSettings } from "../../domain/index.ts";

/** How the stand-in waits before it answers. Durations are milliseconds. */
export interface Waiting {
  /** How long a burst may pause and still be one (R11). */
  readonly windowMs: number;
  /** What the owner leaves themselves to answer first. */
  readonly waitMs: number;
}

/** The operator's window and the owner's patience. */
export const waitingOf = (windowMs: number, { waitSeconds }: Pick<StandInSettings, "waitSeconds">): Waiting => ({
  windowMs,
  waitMs: waitSeconds * 1_000,
});

/** When a burst is answered at the latest, however long it goes on, in windows (R11). */
const mostWindows = 5;

/** When the batch of these two jobs is due (R11). */
export const dueAt = (
  first: Pick<StandInJob, "at">,
  last: Pick<StandInJob, "at">,
  { windowMs, waitMs }: Waiting,
): number => Math.max(first.at + waitMs, Math.min(last.at + windowMs, first.at + mostWindows * windowMs));

/** The earliest time at which a batch that begins with a message accepted at `at` can be due. */
export const earliestDueAt = (at: number, waiting: Waiting): number => dueAt({ at }, { at }, waiting);
