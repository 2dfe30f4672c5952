import type { Clock } from "@standin/core/ports";

/**
 * The clock of the machine.
 *
 * @example
 * const now = createSystemClock().now();
 */
export const createSystemClock = (): Clock => ({ now: () => Date.now() });
