import {
  defaultSettings,
  type Id,
  isId,
  type StandInFacts,
  type StandInMode,
  type StandInSettings,
  standInModes,
} from "../../domain/index.ts";
import type { FieldError } from "../../errors/chat-error.ts";
import { httpsUrl } from "../https-url.ts";
import { codePoints, instantForm, instantOf, invalid, mistake, wellFormed } from "../input-rules.ts";
import { sizes } from "../limits.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How the value of a field is read (undefined: it cannot be), and what it must be, in words. */
interface Kind<T> {
  readonly read: (value: unknown) => T | undefined;
  readonly must: string;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mode: Kind<StandInMode> = {
  read: (value) => standInModes.find((known) => known === value),
  must: `must be one of ${standInModes.join(", ")}`,
};

const text = (most: number): Kind<string> => ({
  read: (value) => {
    if (typeof value !== "string" || value.trim() === "" || codePoints(value.trim()) > most) return undefined;
    return wellFormed(value.trim());
  },
  must: `must be a text of 1 to ${most} characters, or null`,
});

const wholeNumber = (least: number, most: number): Kind<number> => ({
  read: (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
  must: `must be a whole number from ${least} to ${most}`,
});

const yesOrNo: Kind<boolean> = {
  read: (value) => (typeof value === "boolean" ? value : undefined),
  must: "must be true or false",
};

const instant: Kind<number> = { read: (value) => instantOf(value) ?? undefined, must: instantForm };

const userId: Kind<Id> = { read: (value) => (isId(value) ? value : undefined), must: "must be the id of a user" };

const link: Kind<string> = {
  read: (value) => {
    const url = typeof value === "string" && codePoints(value) <= sizes.factsLink ? httpsUrl(value) : null;
    return url !== null && codePoints(url) <= sizes.factsLink ? url : undefined;
  },
  must: `must be an https URL of at most ${sizes.factsLink} characters, without a password`,
};

/**
 * The settings after a JSON Merge Patch (RFC 7396): absent keeps what is, null restores the default or removes an entry. All or nothing: INVALID names
 * every field that is unknown or out of range.
 */
export const mergeSettings = (settings: StandInSettings, patch: unknown): StandInSettings => {
  const errors: FieldError[] = [];
  const fail = (path: string, must: string): void => {
    errors.push(mistake(path, must));
  };

  /** The fields of an object of the patch, of which only the known ones may be there. */
  const fieldsOf = (value: unknown, path: string, known: readonly string[]): Fields => {
    if (!isFields(value)) {
      fail(path === "" ? "settings" : path, "must be an object");
      return {};
    }
    for (const name of Object.keys(value)) {
      if (!known.includes(name)) fail(path === "" ? name : `${path}.${name}`, "is not a setting");
    }
    return value;
  };

  const merge = <T, D>(value: unknown, path: string, is: T | D, byDefault: D, { read, must }: Kind<T>): T | D => {
    if (value === undefined) return is;
    if (value === null) return byDefault;
    const result = read(value);
    if (result === undefined) fail(path, must);
    return result ?? is;
  };

  const mergeLinks = (value: unknown, is: readonly string[]): readonly string[] => {
    if (value === undefined) return is;
    if (value === null) return defaultSettings.facts.links;
    if (!Array.isArray(value) || value.length > sizes.factsLinks) {
      fail("facts.links", `must be a list of at most ${sizes.factsLinks} https URLs`);
      return is;
    }
    return value.map((each, index) => merge(each ?? "", `facts.links.${index}`, "", "", link));
  };

  const mergeFacts = (value: unknown, is: StandInFacts): StandInFacts => {
    const byDefault = defaultSettings.facts;
    if (value === undefined) return is;
    if (value === null) return byDefault;
    const given = fieldsOf(value, "facts", Object.keys(byDefault));
    return {
      text: merge(given["text"], "facts.text", is.text, null, text(sizes.factsText)),
      backAt: merge(given["backAt"], "facts.backAt", is.backAt, null, instant),
      delegate: merge(given["delegate"], "facts.delegate", is.delegate, null, userId),
      links: mergeLinks(given["links"], is.links),
    };
  };

  const mergePeople = (value: unknown, is: ReadonlyMap<Id, StandInMode>): ReadonlyMap<Id, StandInMode> => {
    if (value === undefined) return is;
    if (value === null) return defaultSettings.people;
    if (!isFields(value)) {
      fail("people", "must be an object");
      return is;
    }
    const people = new Map(is);
    for (const [id, entry] of Object.entries(value)) {
      const path = `people.${id}`;
      if (!isId(id)) fail(path, userId.must);
      const given = entry === null ? { mode: null } : fieldsOf(entry, path, ["mode"]);
      const merged = merge(given["mode"], `${path}.mode`, people.get(id) ?? null, null, mode);
      if (merged === null) people.delete(id);
      else people.set(id, merged);
    }
    if (people.size > sizes.people) fail("people", `must have at most ${sizes.people} entries`);
    return people;
  };

  const given = fieldsOf(patch, "", Object.keys(defaultSettings));
  const byDefault = defaultSettings;
  const { waitSeconds, answersPerPeriod } = sizes;
  const merged: StandInSettings = {
    mode: merge(given["mode"], "mode", settings.mode, byDefault.mode, mode),
    newPeople: merge(given["newPeople"], "newPeople", settings.newPeople, null, mode),
    people: mergePeople(given["people"], settings.people),
    noticeText: merge(given["noticeText"], "noticeText", settings.noticeText, null, text(sizes.noticeText)),
    facts: mergeFacts(given["facts"], settings.facts),
    shareUntil: merge(given["shareUntil"], "shareUntil", settings.shareUntil, byDefault.shareUntil, yesOrNo),
    waitSeconds: merge(
      given["waitSeconds"],
      "waitSeconds",
      settings.waitSeconds,
      byDefault.waitSeconds,
      wholeNumber(0, waitSeconds),
    ),
    answersPerPeriod: merge(
      given["answersPerPeriod"],
      "answersPerPeriod",
      settings.answersPerPeriod,
      byDefault.answersPerPeriod,
      wholeNumber(1, answersPerPeriod),
    ),
  };
  if (errors.length > 0) throw invalid(...errors);
  return merged;
};
