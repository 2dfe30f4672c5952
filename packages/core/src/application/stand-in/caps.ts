import type { Message } from "../../domain/index.ts";

/** What the stand-ins have said in a conversation, newest first, at most {@link capReach} of each person's. */
export interface Said {
  /** By the owner's stand-in. */
  readonly own: readonly Message[];
  /** By the other person's stand-in. */
  readonly other: readonly Message[];
}

/** How many stand-in messages have to be looked at to know whether a cap is reached: the largest cap. */
export const capReach = 20;

// R05: whatever the settings, and without trusting any flag.
const mostPerHour = 10;
const mostInARow = 20;
const hour = 60 * 60 * 1000;

/** Has the conversation had all the automatic messages it may have for now (R05)? `ownSeq` is the owner's own newest message, 0 for none. */
export const loopReached = ({ own, other }: Said, ownSeq: number, now: number): boolean => {
  const inHour = [...own, ...other].filter(({ at }) => at > now - hour).length;
  const inARow = own.filter(({ seq }) => seq > ownSeq).length;
  return inHour >= mostPerHour || inARow >= mostInARow;
};

/** Has this writer had the fixed text of this period (R09)? */
export const noticeGiven = ({ own }: Said, period: number): boolean =>
  own.some((message) => message.notice && message.period === period);

/** How many answers of a model this writer has had in this period (R10). */
export const answersGiven = ({ own }: Said, period: number): number =>
  own.filter((message) => !message.notice && message.period === period).length;
