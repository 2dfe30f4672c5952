const minute = 60_000;

/** How soon an hour of the day may be, to be offered. */
const soonest = 20 * minute;

/**
 * The next full hours of the day, in the device's time zone; fewer towards midnight.
 *
 * @param now milliseconds, as everything here
 */
export const nextHours = (now: number, count: number): readonly number[] => {
  const hours: number[] = [];
  const at = new Date(now);
  const day = at.getDate();
  at.setMinutes(0, 0, 0);
  while (hours.length < count) {
    at.setHours(at.getHours() + 1);
    if (at.getDate() !== day) break;
    if (at.getTime() - now >= soonest) hours.push(at.getTime());
  }
  return hours;
};

/** Nine in the morning of the next day. */
export const tomorrowMorning = (now: number): number => {
  const at = new Date(now);
  at.setDate(at.getDate() + 1);
  return at.setHours(9, 0, 0, 0);
};

/** An instant as `<input type="datetime-local">` writes it, in the device's time zone. */
export const toLocalInput = (at: number): string => {
  const date = new Date(at);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};
