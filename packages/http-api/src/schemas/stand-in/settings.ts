import { type Id, type StandInMode, type StandInSettings, sizes, standInModes } from "@standin/core";
import { z } from "zod";
import { idJsonSchema, instantSchema, toInstantOrNull } from "../ids.ts";

/** What the stand-in does with a message. */
export const modeSchema = z
  .enum(standInModes, { error: `must be one of ${standInModes.join(", ")}` })
  .meta({ id: "StandInMode" });

const factsSchema = z.object({
  text: z.string().max(sizes.factsText).nullable(),
  backAt: instantSchema.nullable(),
  delegate: idJsonSchema.nullable(),
  links: z.array(z.string()).max(sizes.factsLinks),
});

/** `GET` and `PATCH /standin/settings` answer all settings, by the owner's word or by default. */
export const settingsSchema = z
  .object({
    mode: modeSchema,
    newPeople: modeSchema.nullable(),
    people: z.record(idJsonSchema, z.object({ mode: modeSchema })),
    noticeText: z.string().max(sizes.noticeText).nullable(),
    facts: factsSchema,
    shareUntil: z.boolean(),
    waitSeconds: z.int().min(0).max(sizes.waitSeconds),
    answersPerPeriod: z.int().min(1).max(sizes.answersPerPeriod),
  })
  .meta({ id: "StandInSettings" });

export type SettingsJson = z.infer<typeof settingsSchema>;

const toPeopleJson = (people: ReadonlyMap<Id, StandInMode>): SettingsJson["people"] =>
  Object.fromEntries([...people].map(([id, mode]) => [id, { mode }]));

/** What the wire says of an owner's settings. */
export const toSettingsJson = (settings: StandInSettings): SettingsJson => {
  const { mode, newPeople, people, noticeText, facts, shareUntil, waitSeconds, answersPerPeriod } = settings;
  const { text, backAt, delegate, links } = facts;
  return {
    mode,
    newPeople,
    people: toPeopleJson(people),
    noticeText,
    facts: { text, backAt: toInstantOrNull(backAt), delegate, links: [...links] },
    shareUntil,
    waitSeconds,
    answersPerPeriod,
  };
};
