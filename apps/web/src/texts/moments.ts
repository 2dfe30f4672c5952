import { locale, t } from "./texts.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

const format = (at: number, name: string, options: Intl.DateTimeFormatOptions): string => {
  const key = `${locale.value} ${name}`;
  let found = formats.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale.value, options);
    formats.set(key, found);
  }
  return found.format(at);
};

/** Where a day begins, in the device's time zone. Milliseconds since the epoch, as everywhere here. */
export const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** How many days from one instant's day to another's; a day with a change of the clock is a day as well. */
export const daysBetween = (from: number, to: number): number => Math.round((dayOf(to) - dayOf(from)) / 86_400_000);

/** "14:05" */
export const timeOfDay = (at: number): string => format(at, "time", { hour: "numeric", minute: "2-digit" });

/** The whole instant, for a tooltip. */
export const fullMoment = (at: number): string => format(at, "full", { dateStyle: "full", timeStyle: "short" });

/** The heading above the messages of a day: "Today", "Monday, 2 March". */
export const dayName = (at: number, now: number): string => {
  const days = daysBetween(at, now);
  if (days === 0) return t().conversation.today;
  if (days === 1) return t().conversation.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? format(at, "day", { weekday: "long", day: "numeric", month: "long" })
    : format(at, "dayYear", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
};

/** As short as it can be and still say when: the time today, the weekday this week, else the date. For lists. */
export const shortMoment = (at: number, now: number): string => {
  const days = daysBetween(at, now);
  if (days === 0) return timeOfDay(at);
  if (days === 1) return t().conversation.yesterday;
  if (days > 1 && days < 7) return format(at, "weekday", { weekday: "short" });
  return format(at, "date", { day: "numeric", month: "numeric", year: "2-digit" });
};

/** An instant to come, in a sentence: the time alone today, else with the day. */
export const moment = (at: number, now: number): string => {
  const days = daysBetween(now, at);
  if (days === 0) return timeOfDay(at);
  if (Math.abs(days) < 7) return format(at, "weekdayTime", { weekday: "long", hour: "numeric", minute: "2-digit" });
  return format(at, "dateTime", { day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
};
