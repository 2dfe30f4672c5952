import { sizes } from "@standin/core";
import { z } from "zod";
import { givenInstant } from "./ids.ts";
import { shortText } from "./text.ts";

/** Every status that a user can have, and that a socket can ask for. */
export const statusSchema = z.enum(["AVAILABLE", "BUSY", "ONLINE"]).meta({ id: "Status" });

/** The end of BUSY, ISO 8601, or null for an open end. */
export const untilSchema = givenInstant().nullable().optional();

/** What everybody may read beside BUSY, or null. */
export const noteSchema = shortText(sizes.busyNote, (value) => value.trim())
  .nullable()
  .optional();

/** `PATCH /user/update/status`: ONLINE is not a word that it takes. */
export const updateStatusSchema = z.object({
  status: z.enum(["AVAILABLE", "BUSY"], { error: "must be 'AVAILABLE' or 'BUSY'" }),
  until: untilSchema,
  note: noteSchema,
});
