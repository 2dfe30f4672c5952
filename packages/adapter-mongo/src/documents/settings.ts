import type { StandInMode, StandInSettings } from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { storedText, toObjectId } from "../values.ts";

/** A document of `standin_settings`: how one person, whose id it bears, wants to be stood in for. */
export interface SettingsDocument {
  readonly _id: ObjectId;
  readonly mode: StandInMode;
  readonly newPeople: StandInMode | null;
  readonly people: readonly { readonly user: ObjectId; readonly mode: StandInMode }[];
  readonly noticeText: string | null;
  readonly facts: {
    readonly text: string | null;
    readonly backAt: Date | null;
    readonly delegate: ObjectId | null;
    readonly links: readonly string[];
  };
  readonly shareUntil: boolean;
  readonly waitSeconds: number;
  readonly answersPerPeriod: number;
  readonly version: number;
}

const toText = (text: string | null): string | null => (text === null ? null : storedText(text));

/** The settings without their owner and version. */
export const settingsFields = (settings: StandInSettings): Omit<SettingsDocument, "_id" | "version"> => {
  const { mode, newPeople, people, noticeText, facts, shareUntil, waitSeconds, answersPerPeriod } = settings;
  return {
    mode,
    newPeople,
    people: [...people].map(([user, theirs]) => ({ user: toObjectId(user), mode: theirs })),
    noticeText: toText(noticeText),
    facts: {
      text: toText(facts.text),
      backAt: facts.backAt === null ? null : new Date(facts.backAt),
      delegate: facts.delegate === null ? null : toObjectId(facts.delegate),
      links: facts.links.map(storedText),
    },
    shareUntil,
    waitSeconds,
    answersPerPeriod,
  };
};

export const settingsFrom = (document: SettingsDocument): StandInSettings => {
  const { mode, newPeople, people, noticeText, facts, shareUntil, waitSeconds, answersPerPeriod } = document;
  return {
    mode,
    newPeople,
    people: new Map(people.map(({ user, mode: theirs }) => [user.toHexString(), theirs])),
    noticeText,
    facts: {
      text: facts.text,
      backAt: facts.backAt?.getTime() ?? null,
      delegate: facts.delegate?.toHexString() ?? null,
      links: [...facts.links],
    },
    shareUntil,
    waitSeconds,
    answersPerPeriod,
  };
};
