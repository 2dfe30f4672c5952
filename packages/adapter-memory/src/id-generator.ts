import { randomBytes, randomInt } from "node:crypto";
import type { Clock, Id, IdGenerator } from "@standin/core/ports";
import { createSystemClock } from "./system-clock.ts";

export interface IdGeneratorOptions {
  /** Default: the machine's. */
  readonly clock?: Clock;
}

const counterEnd = 2 ** 24;
/** The greatest that four bytes hold, in the year 2106. */
const lastSecond = 2 ** 32 - 1;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/**
 * Ids in the form of an ObjectId: 4 bytes of seconds, 5 random bytes of this generator, 3 bytes of a counter. They rise strictly,
 * whatever the clock does: a clock that went back is ignored until it has caught up, and a counter that is full borrows the next second.
 *
 * @example
 * const ids = createIdGenerator();
 * ids.id(); // "68d7c1f09b4e5f2a11c30002"
 */
export const createIdGenerator = (options: IdGeneratorOptions = {}): IdGenerator => {
  const { clock = createSystemClock() } = options;
  const generator = randomBytes(5).toString("hex");
  // Somewhere in the lower half: tells generators apart once more, and leaves eight million ids a second.
  const counterStart = randomInt(counterEnd / 2);
  let seconds = 0;
  let counter = counterStart;

  return {
    id(): Id {
      const now = Math.min(Math.floor(clock.now() / 1_000), lastSecond);
      counter += 1;
      if (now > seconds) {
        seconds = now;
        counter = counterStart;
      } else if (counter === counterEnd) {
        seconds += 1;
        counter = counterStart;
      }
      return hex(seconds, 8) + generator + hex(counter, 6);
    },

    secret(): string {
      return randomBytes(24).toString("base64url");
    },
  };
};
