import { z } from "zod";
import { text } from "./text.ts";

/** Does it have the form of an id? Whether there is anything under it is another question. */
const idPattern = /^[0-9a-f]{24}$/;

/** The id of a user: 24 hexadecimal digits in lower case. */
export const idSchema = text().regex(idPattern, { error: "must be the id of a user" });

/** An id in an answer. */
export const idJsonSchema = z.string().regex(idPattern).meta({ id: "Id" });

/** An instant that a client gives, ISO 8601 with a time zone. Which ones are allowed is the use case's to say. */
export const givenInstant = () =>
  text().max(64, { error: "must be an instant in ISO 8601" }).meta({ format: "date-time" });

/** An instant in an answer: ISO 8601, UTC. */
export const instantSchema = z.iso.datetime().meta({ id: "Instant" });

/** Milliseconds since the epoch as the API writes them. */
export const toInstantJson = (at: number): string => new Date(at).toISOString();

/** The same where there may be none. */
export const toInstantOrNull = (at: number | null): string | null => (at === null ? null : toInstantJson(at));
