import {
  defaultSettings,
  type Id,
  type StandInRepository,
  type StandInSettings,
  type StoredSettings,
} from "@standin/core/ports";
import { createRequests } from "./stand-ins/requests.ts";
import { createSuggestions } from "./stand-ins/suggestions.ts";

/** What one owner spent on one day. */
interface Spent {
  readonly all: number;
  readonly newPeople: number;
}

const copyOf = (settings: StandInSettings): StandInSettings => ({
  ...settings,
  people: new Map(settings.people),
  facts: { ...settings.facts, links: [...settings.facts.links] },
});

/**
 * A {@link StandInRepository} in memory.
 *
 * @example
 * const standIns = createMemoryStandInRepository();
 * const { settings, version } = await standIns.settings(owner);
 */
export const createMemoryStandInRepository = (): StandInRepository => {
  const stored = new Map<Id, StoredSettings>();
  /** Day → owner → what was spent. */
  const budgets = new Map<string, Map<Id, Spent>>();
  const { forgetRequests, ...requests } = createRequests();
  const { forgetSuggestions, ...suggestions } = createSuggestions();

  return {
    ...requests,
    ...suggestions,

    async settings(owner) {
      const { settings, version } = stored.get(owner) ?? { settings: defaultSettings, version: 0 };
      return { settings: copyOf(settings), version };
    },

    async compareAndSetSettings(owner, settings, version) {
      if ((stored.get(owner)?.version ?? 0) !== version) return false;
      stored.set(owner, { settings: copyOf(settings), version: version + 1 });
      return true;
    },

    async spend(owner, day, { limit, newPeopleLimit }) {
      const ofDay = budgets.get(day) ?? new Map<Id, Spent>();
      budgets.set(day, ofDay);
      const { all, newPeople } = ofDay.get(owner) ?? { all: 0, newPeople: 0 };
      const isNew = newPeopleLimit !== null;
      if (all >= limit || (isNew && newPeople >= newPeopleLimit)) return false;
      ofDay.set(owner, { all: all + 1, newPeople: newPeople + (isNew ? 1 : 0) });
      return true;
    },

    async forgetBudgets(day, limit) {
      let forgotten = 0;
      for (const [other, owners] of budgets) {
        if (other >= day) continue;
        for (const owner of owners.keys()) {
          if (forgotten === limit) return forgotten;
          owners.delete(owner);
          forgotten += 1;
        }
        budgets.delete(other);
      }
      return forgotten;
    },

    async forgetUser(userId) {
      stored.delete(userId);
      for (const owners of budgets.values()) owners.delete(userId);
      forgetRequests(userId);
      forgetSuggestions(userId);
    },
  };
};
