import { createMemoryStore } from "@standin/adapter-memory";
import { standInRepositoryContract } from "@standin/contract-tests";
import {
  defaultSettings,
  type StandInRepository,
  type StandInRequest,
  type StoredSettings,
  type Suggestion,
} from "@standin/core/ports";
import { type Family, familyOf, held, pause } from "./mutant.ts";

type Break = (store: StandInRepository) => Partial<StandInRepository>;

/** A repository that keeps its own drafts, without the rules for them. */
const ownDrafts = (): Map<string, Suggestion> => new Map();

const settingsBreaks: readonly (readonly [string, readonly string[], Break])[] = [
  [
    "knows no settings but what was set",
    ["settings-default"],
    (store) => ({
      async settings(owner) {
        const stored = await store.settings(owner);
        return stored.version > 0 ? stored : { ...stored, settings: { ...stored.settings, mode: "off" } };
      },
    }),
  ],
  [
    "keeps no people",
    ["settings-stored", "settings-copies"],
    (store) => ({
      compareAndSetSettings: (owner, settings, version) =>
        store.compareAndSetSettings(owner, { ...settings, people: new Map() }, version),
    }),
  ],
  [
    "writes over newer settings",
    ["settings-compare"],
    (store) => ({
      compareAndSetSettings: async (owner, settings) =>
        store.compareAndSetSettings(owner, settings, (await store.settings(owner)).version),
    }),
  ],
  [
    "compares settings, and then sets",
    ["settings-race"],
    (store) => ({
      async compareAndSetSettings(owner, settings, version) {
        if ((await store.settings(owner)).version !== version) return false;
        await pause();
        await store.compareAndSetSettings(owner, settings, (await store.settings(owner)).version);
        return true;
      },
    }),
  ],
  [
    "hands out the settings that it keeps",
    ["settings-copies"],
    (store) => {
      const kept = new Map<string, StoredSettings>();
      return {
        async settings(owner) {
          const stored = await store.settings(owner);
          const known = kept.get(owner);
          if (known?.version === stored.version) return known;
          kept.set(owner, stored);
          return stored;
        },
      };
    },
  ],
  [
    "hands out the same defaults to everybody",
    ["settings-copies"],
    (store) => {
      const shared = structuredClone(defaultSettings);
      return {
        async settings(owner) {
          const stored = await store.settings(owner);
          return stored.version > 0 ? stored : { ...stored, settings: shared };
        },
      };
    },
  ],
  [
    "takes refused calls out of the budget",
    ["budget", "budget-new-people"],
    (store) => ({
      async spend(owner, day, limits) {
        const allowed = await store.spend(owner, day, limits);
        if (!allowed) await store.spend(owner, day, { limit: 1_000, newPeopleLimit: null });
        return allowed;
      },
    }),
  ],
  [
    "counts all days as one",
    ["budget", "budget-forgotten"],
    (store) => ({ spend: (owner, _day, limits) => store.spend(owner, "2026-01-15", limits) }),
  ],
  [
    "has one limit for all people",
    ["budget-new-people", "budget-race"],
    (store) => ({ spend: (owner, day, { limit }) => store.spend(owner, day, { limit, newPeopleLimit: null }) }),
  ],
  [
    "looks at the budget, and then takes",
    ["budget-race"],
    (store) => {
      let waiting = 0;
      return {
        async spend(owner, day, limits) {
          waiting += 1;
          await pause();
          // Whoever is alone is counted well; of those who race, each sees what was there before all of them.
          const races = waiting > 1;
          const allowed = await store.spend(owner, day, limits);
          waiting -= 1;
          return allowed || races;
        },
      };
    },
  ],
  [
    "forgets the day itself",
    ["budget-forgotten"],
    (store) => ({ forgetBudgets: (_day, limit) => store.forgetBudgets("2026-01-16", limit) }),
  ],
  [
    "forgets all budgets at once",
    ["budget-forgotten"],
    (store) => ({ forgetBudgets: (day) => store.forgetBudgets(day, 1_000) }),
  ],
];

const requestBreaks: readonly (readonly [string, readonly string[], Break])[] = [
  [
    "stores a request again",
    ["request", "request-race"],
    (store) => ({
      async request(request) {
        await store.request(request);
        return true;
      },
    }),
  ],
  [
    "looks for the request, and then stores it",
    ["request-race"],
    (store) => ({
      async request(request) {
        const asked = await store.requestsOf(request.owner, request.writer, request.period);
        await pause();
        const stored = await store.request(request);
        return stored || !asked.some(({ kind }) => kind === request.kind);
      },
    }),
  ],
  [
    "knows no periods",
    ["request", "requests-of"],
    (store) => ({
      request: (request) => store.request({ ...request, period: 1 }),
      requestsOf: (owner, writer) => store.requestsOf(owner, writer, 1),
    }),
  ],
  [
    "lists every request as urgent, of those who are gone too",
    ["urgent-since", "forget-user"],
    (store) => {
      const all: StandInRequest[] = [];
      return {
        async request(request) {
          const stored = await store.request(request);
          if (stored) all.push({ ...request });
          return stored;
        },
        urgentSince: async (owner, since, limit) =>
          all
            .filter((request) => request.owner === owner && request.at >= since)
            .sort((one, other) => other.at - one.at)
            .slice(0, limit)
            .map((request) => ({ ...request })),
      };
    },
  ],
  [
    "lists urgent requests oldest first",
    ["urgent-since"],
    (store) => ({
      urgentSince: async (owner, since, limit) => (await store.urgentSince(owner, since, limit)).toReversed(),
    }),
  ],
  [
    "forgets a user as owner only",
    ["forget-user"],
    (store) => ({
      async forgetUser(userId) {
        for (const { id } of await store.suggestions(userId, null, 100))
          await store.endSuggestion(userId, id, "dismissed");
      },
    }),
  ],
];

const suggestionBreaks: readonly (readonly [string, readonly string[], Break])[] = [
  [
    "takes every draft for a model's",
    ["suggest", "suggest-fixed-once", "suggest-race"],
    (store) => ({ suggest: (suggestion) => store.suggest({ ...suggestion, notice: false }) }),
  ],
  [
    "drafts again once the first has ended",
    ["suggest-once"],
    (store) => {
      const ended = new Set<string>();
      return {
        async endSuggestion(owner, id, state) {
          const suggestion = await store.endSuggestion(owner, id, state);
          if (suggestion !== null) ended.add(suggestion.inReplyTo);
          return suggestion;
        },
        suggest: (suggestion) =>
          store.suggest(
            ended.has(suggestion.inReplyTo)
              ? { ...suggestion, inReplyTo: `${suggestion.inReplyTo}+`, notice: false }
              : suggestion,
          ),
      };
    },
  ],
  [
    "takes the id of another draft for a repeat",
    ["suggest-once"],
    (store) => ({ suggest: (suggestion) => store.suggest(suggestion).catch(() => "reply-taken" as const) }),
  ],
  [
    "looks for a draft, and then stores it",
    ["suggest-race"],
    (store) => {
      const kept = ownDrafts();
      return {
        async suggest(suggestion) {
          const taken = [...kept.values()].some(({ inReplyTo }) => inReplyTo === suggestion.inReplyTo);
          await pause();
          if (taken) return "reply-taken";
          const result = await store.suggest(suggestion);
          kept.set(suggestion.id, suggestion);
          return result === "reply-taken" ? "stored" : result;
        },
      };
    },
  ],
  [
    "looks for a fixed draft of the period, and then stores one",
    ["suggest-race"],
    (store) => {
      const kept = ownDrafts();
      return {
        async suggest(suggestion) {
          const { owner, conversation, period, notice } = suggestion;
          const taken = [...kept.values()].some(
            (other) => other.owner === owner && other.conversation === conversation && other.period === period,
          );
          await pause();
          if (!notice || taken) return store.suggest(suggestion);
          const result = await store.suggest({ ...suggestion, notice: kept.size === 0 });
          if (result === "stored") kept.set(suggestion.id, suggestion);
          return result;
        },
        async findSuggestion(owner, id) {
          const found = await store.findSuggestion(owner, id);
          return found && { ...found, notice: kept.has(id) || found.notice };
        },
      };
    },
  ],
  [
    "finds anybody's draft",
    ["find-suggestion"],
    (store) => {
      const owners = new Map<string, string>();
      return {
        async suggest(suggestion) {
          owners.set(suggestion.id, suggestion.owner);
          return store.suggest(suggestion);
        },
        findSuggestion: (owner, id) => store.findSuggestion(owners.get(id) ?? owner, id),
      };
    },
  ],
  [
    "lists drafts oldest first",
    ["suggestions"],
    (store) => ({
      suggestions: async (owner, before, limit) => (await store.suggestions(owner, before, limit)).toReversed(),
    }),
  ],
  [
    "lists from the beginning again and again",
    ["suggestions"],
    (store) => ({ suggestions: (owner, _before, limit) => store.suggestions(owner, null, limit) }),
  ],
  [
    "lets a draft end twice",
    ["end-suggestion", "end-suggestion-race"],
    (store) => {
      const ends = new Map<string, "sent" | "dismissed">();
      const seen = (suggestion: Suggestion | null): Suggestion | null =>
        suggestion && { ...suggestion, state: ends.get(suggestion.id) ?? suggestion.state };
      return {
        findSuggestion: async (owner, id) => seen(await store.findSuggestion(owner, id)),
        async endSuggestion(owner, id, state) {
          const ended = await store.endSuggestion(owner, id, state);
          if (ended !== null) ends.set(id, state);
          return seen(ended);
        },
      };
    },
  ],
  [
    "tells each racer of its own end",
    ["end-suggestion-race"],
    (store) => ({
      async endSuggestion(owner, id, state) {
        const before = await store.findSuggestion(owner, id);
        await pause();
        const ended = await store.endSuggestion(owner, id, state);
        return before?.state === "open" && ended !== null ? { ...ended, state } : ended;
      },
    }),
  ],
  [
    "hands out the drafts that it keeps",
    ["suggestion-copies"],
    (store) => {
      const kept = new Map<string, readonly Suggestion[]>();
      return {
        async suggestions(owner, before, limit) {
          const listed = await store.suggestions(owner, before, limit);
          const known = kept.get(owner);
          if (known?.length === listed.length && before === null && limit === 9) return known;
          if (before === null && limit === 9) kept.set(owner, listed);
          return listed;
        },
      };
    },
  ],
];

export const standInFamily: Family = familyOf(
  standInRepositoryContract,
  {
    name: "memory",
    capabilities: { durable: true, concurrentWriters: true },
    create: () => held(createMemoryStore().standIns),
  },
  [...settingsBreaks, ...requestBreaks, ...suggestionBreaks],
);
