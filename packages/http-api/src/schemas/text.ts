import { z } from "zod";

/** Unicode code points, the unit in which the API counts characters. */
const characters = (text: string): number => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};

/** A string of any length. An absent one "is required". */
export const text = () =>
  z.string({ error: (issue) => (issue.input === undefined ? "is required" : "must be a string") });

/** A string of at most `max` characters, `kept` being what the server makes of it before it counts. */
export const shortText = (max: number, kept: (value: string) => string = (value) => value) =>
  text()
    .refine((value) => value.length <= max || characters(kept(value)) <= max, {
      error: `must have at most ${max} characters`,
    })
    .meta({ maxLength: max });

/** A string of 1 to `max` characters: an empty one counts as absent. */
export const filledText = (max: number, kept?: (value: string) => string) =>
  shortText(max, kept).min(1, { error: "is required" }).meta({ maxLength: max });

/** What is left of a string of 1 to `max` characters when the white space around it is gone. */
export const trimmedText = (max: number) =>
  shortText(max, (value) => value.trim())
    .refine((value) => value.trim() !== "", { error: "must not be empty" })
    .meta({ minLength: 1, maxLength: max });

/** Is there no bound but that of whole numbers themselves? */
const isOpen = (max: number): boolean => max === Number.MAX_SAFE_INTEGER;

/** A whole number from `min` up, or from `min` to `max`, as JSON carries it. */
export const wholeNumber = (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  z
    .number({ error: (issue) => (issue.input === undefined ? "is required" : "must be a number") })
    .refine((value) => Number.isSafeInteger(value) && value >= min && value <= max, {
      error: isOpen(max) ? `must be a whole number from ${min} up` : `must be a whole number from ${min} to ${max}`,
    })
    .meta({ type: "integer", minimum: min, ...(!isOpen(max) && { maximum: max }) });

/** A whole number from `min` to `max` in a query: decimal digits and nothing else. */
export const digits = (min: number, max: number = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .refine((value) => /^[0-9]{1,16}$/.test(value) && Number(value) >= min && Number(value) <= max, {
      error: isOpen(max)
        ? `must be a whole number from ${min} up, in decimal digits`
        : `must be a whole number from ${min} to ${max}, in decimal digits`,
    })
    .meta({ type: "integer", minimum: min, ...(!isOpen(max) && { maximum: max }) })
    .transform(Number);
