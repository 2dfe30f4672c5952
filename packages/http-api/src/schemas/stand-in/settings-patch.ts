import { sizes } from "@standin/core";
import { z } from "zod";
import { givenInstant, idSchema } from "../ids.ts";
import { shortText, trimmedText, wholeNumber } from "../text.ts";
import { modeSchema } from "./settings.ts";

/** A member of a JSON Merge Patch: absent keeps what is, null restores the default. */
const member = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().optional();

/** Objects of the patch: what is no setting is refused, so that a slip of the pen is not taken for a change. */
const members = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === "unrecognized_keys" ? "is not a setting" : "must be an object"),
  });

const isHttps = (value: string): boolean => URL.canParse(value) && new URL(value).protocol === "https:";

const link = shortText(sizes.factsLink)
  .refine(isHttps, { error: "must be an https URL" })
  .meta({ format: "uri", maxLength: sizes.factsLink });

const links = z
  .array(link, { error: "must be a list of https URLs" })
  .max(sizes.factsLinks, { error: `must have at most ${sizes.factsLinks} entries` });

const people = z.record(idSchema, members({ mode: member(modeSchema) }).nullable(), {
  error: ({ code }) => (code === "invalid_key" ? "must be the id of a user" : "must be an object"),
});

/** A key that schemas of objects pass over in silence, though JSON may bear it. */
const passedOver = "__proto__";

/** `PATCH /standin/settings`: a JSON Merge Patch (RFC 7396). */
export const settingsPatchSchema = members({
  mode: member(modeSchema),
  newPeople: member(modeSchema),
  people: member(
    z.preprocess((value, context) => {
      if (typeof value === "object" && value !== null && Object.hasOwn(value, passedOver))
        context.addIssue({ code: "custom", path: [passedOver], message: "must be the id of a user" });
      return value;
    }, people),
  ),
  noticeText: member(trimmedText(sizes.noticeText)),
  facts: member(
    members({
      text: member(trimmedText(sizes.factsText)),
      backAt: member(givenInstant()),
      delegate: member(idSchema),
      links: member(links),
    }),
  ),
  shareUntil: member(z.boolean({ error: "must be true or false" })),
  waitSeconds: member(wholeNumber(0, sizes.waitSeconds)),
  answersPerPeriod: member(wholeNumber(1, sizes.answersPerPeriod)),
});
