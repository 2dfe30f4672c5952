/** The clocks of the device: what it shows, which anybody may set, and one that only ever runs on. Both in milliseconds. */
export interface DeviceClocks {
  /** Since the epoch. */
  readonly shown: () => number;
  /** Since whenever. */
  readonly steady: () => number;
}

/** The server's time, as far as it is known here. */
export interface ServerClock {
  /**
   * Milliseconds since the epoch. Runs evenly between corrections, whatever becomes of the device's clock. Before the first answer of
   * the server's: the device's clock, corrected by what was assumed.
   */
  now(): number;
  /** How far the server is ahead of the clock that the device shows; null as long as nothing was heard. */
  ahead(): number | null;
  /** What was found the last time. */
  assume(ahead: number): void;
  /** The `Date` header of an answer whose request went out at `sentAt` by the steady clock. */
  heard(date: string | null, sentAt: number): void;
}

const ofDevice: DeviceClocks = { shown: () => Date.now(), steady: () => performance.now() };

/** A `Date` header has whole seconds, cut off. */
const headerMs = 1_000;

/**
 * Each answer says between which bounds the server's clock must be: it was written after the request went out and before the answer
 * came. Where the bounds of all answers overlap is the time; where they do not, a clock was set or the device slept, and the newest
 * answer counts.
 */
export const createServerClock = ({ shown, steady }: DeviceClocks = ofDevice): ServerClock => {
  let assumed = 0;
  /** The server's clock less the steady one: at least and at most so much. */
  let bounds: { readonly least: number; readonly most: number } | null = null;

  const now = (): number =>
    bounds === null ? shown() + assumed : Math.round(steady() + (bounds.least + bounds.most) / 2);

  return {
    now,
    ahead: () => (bounds === null ? null : now() - shown()),
    assume: (ahead) => {
      assumed = ahead;
    },
    heard: (date, sentAt) => {
      const at = Date.parse(date ?? "");
      if (Number.isNaN(at)) return;
      const least = at - steady();
      const most = at + headerMs - sentAt;
      const both = bounds && { least: Math.max(least, bounds.least), most: Math.min(most, bounds.most) };
      bounds = both !== null && both.least <= both.most ? both : { least, most };
    },
  };
};
