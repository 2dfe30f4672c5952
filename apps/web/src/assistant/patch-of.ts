import type { StandInSettings, StandInSettingsPatch } from "@standin/client";

type People = StandInSettings["people"];

const peoplePatch = (before: People, after: People): NonNullable<StandInSettingsPatch["people"]> => {
  const changed = Object.entries(after).filter(([id, { mode }]) => before[id]?.mode !== mode);
  const removed = Object.keys(before).filter((id) => after[id] === undefined);
  return Object.fromEntries([...changed, ...removed.map((id) => [id, null] as const)]);
};

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * The smallest JSON Merge Patch that makes `after` of `before`, so that what another device changed meanwhile, and this one did not,
 * stays. An empty object: there is nothing to change.
 */
export const patchOf = (before: StandInSettings, after: StandInSettings): StandInSettingsPatch => {
  const { people, facts, ...plain } = after;
  const changed = Object.entries(plain).filter(([key, value]) => !same(value, before[key as keyof typeof plain]));
  const changedFacts = Object.entries(facts).filter(
    ([key, value]) => !same(value, before.facts[key as keyof typeof facts]),
  );
  const changedPeople = peoplePatch(before.people, people);
  return {
    ...Object.fromEntries(changed),
    ...(changedFacts.length > 0 && { facts: Object.fromEntries(changedFacts) }),
    ...(Object.keys(changedPeople).length > 0 && { people: changedPeople }),
  };
};

/** The settings after such a patch, as the server would have them. */
export const patched = (
  settings: StandInSettings,
  { people, facts, ...plain }: StandInSettingsPatch,
): StandInSettings => {
  const rules = Object.entries({ ...settings.people, ...people }).filter(([, rule]) => rule !== null);
  return {
    ...settings,
    ...plain,
    facts: { ...settings.facts, ...facts },
    people: Object.fromEntries(rules),
  } as StandInSettings;
};
