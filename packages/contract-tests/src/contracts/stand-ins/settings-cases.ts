import assert from "node:assert/strict";
import { defaultSettings, type StandInMode } from "@standin/core/ports";
import { createDrafts, noon } from "../../drafts.ts";
import { deface, reopened } from "../../expectations.ts";
import { boundedBudget, oneWinnerOfSettings } from "./races.ts";
import { type StandInCase, today } from "./stand-in-case.ts";

/** What an owner set, and what their stand-in may cost. */
export const settingsCases: readonly StandInCase[] = [
  {
    id: "isolation",
    title: "two subjects see nothing of each other",
    invariants: [],
    async run({ port }, another) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const { port: other } = await another();
      await port.compareAndSetSettings(owner, drafts.settings(), 0);
      const suggestion = drafts.suggestion(owner, drafts.id());
      await port.suggest(suggestion);
      assert.equal((await other.settings(owner)).version, 0);
      assert.equal(await other.findSuggestion(owner, suggestion.id), null);
    },
  },
  {
    id: "settings-default",
    title: "who has set nothing has the defaults, at version 0",
    invariants: ["SI-02"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, other] = [drafts.id(), drafts.id()];
      await port.compareAndSetSettings(other, drafts.settings({ mode: "off" }), 0);
      assert.deepEqual(await port.settings(owner), { settings: defaultSettings, version: 0 });
    },
  },
  {
    id: "settings-stored",
    title: "settings are stored as given, and each change gets the next version",
    invariants: ["SI-03"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const first = drafts.settings({
        mode: "suggest",
        newPeople: "notice",
        people: new Map<string, StandInMode>([
          [drafts.id(), "off"],
          [drafts.id(), "answer"],
        ]),
        noticeText: "Zurück am Montag 🦊 'quoted' \"quoted\" \\ %s $1",
        facts: {
          text: "On a train",
          backAt: noon + 5,
          delegate: drafts.id(),
          links: ["https://a.example/?q=1&r=%20#x"],
        },
        shareUntil: false,
        waitSeconds: 600,
        answersPerPeriod: 20,
      });
      assert.equal(await port.compareAndSetSettings(owner, first, 0), true);
      assert.deepEqual(await port.settings(owner), { settings: first, version: 1 });
      assert.equal(await port.compareAndSetSettings(owner, defaultSettings, 1), true);
      assert.deepEqual(await port.settings(owner), { settings: defaultSettings, version: 2 });
    },
  },
  {
    id: "settings-compare",
    title: "a change of another version than the newest changes nothing",
    invariants: ["SI-03"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const [kept, late] = [drafts.settings({ waitSeconds: 1 }), drafts.settings({ waitSeconds: 2 })];
      assert.equal(await port.compareAndSetSettings(owner, late, 1), false);
      assert.equal(await port.compareAndSetSettings(owner, kept, 0), true);
      for (const version of [0, 2]) assert.equal(await port.compareAndSetSettings(owner, late, version), false);
      assert.deepEqual(await port.settings(owner), { settings: kept, version: 1 });
    },
  },
  {
    id: "settings-race",
    title: "of 10 racing changes of one version one wins",
    invariants: ["SI-04"],
    capability: "concurrentWriters",
    run: ({ port }) => oneWinnerOfSettings(port),
  },
  {
    id: "settings-copies",
    title: "nobody can change stored settings from outside",
    invariants: ["SI-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const friend = drafts.id();
      const given = drafts.settings({ people: new Map([[friend, "off"]]) });
      const expected = structuredClone(given);
      await port.compareAndSetSettings(owner, given, 0);
      for (const settings of [given, (await port.settings(owner)).settings]) {
        (settings.people as Map<string, StandInMode>).set(friend, "answer");
        deface(settings.facts);
      }
      assert.deepEqual((await port.settings(owner)).settings, expected);
      const { people, facts } = (await port.settings(friend)).settings;
      (people as Map<string, StandInMode>).set(owner, "off");
      deface(facts);
      const others = structuredClone((await port.settings(drafts.id())).settings);
      // Where it was the one default that was handed out, it must not stay so for the cases that follow.
      (people as Map<string, StandInMode>).clear();
      assert.equal(others.people.size, 0, "What one owner was handed is not what another gets");
      assert.deepEqual(others.facts, { text: null, backAt: null, delegate: null, links: [] });
    },
  },
  {
    id: "budget",
    title: "a day's calls are counted per owner and day, and a refusal takes nothing",
    invariants: ["SI-05", "SI-06", "SI-07"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, other] = [drafts.id(), drafts.id()];
      const spend = (who: string, limit: number, day = today) => port.spend(who, day, { limit, newPeopleLimit: null });
      assert.equal(await spend(owner, 0), false);
      assert.equal(await spend(owner, 2), true);
      assert.equal(await spend(owner, 2), true);
      for (let tries = 0; tries < 3; tries += 1) assert.equal(await spend(owner, 2), false);
      assert.equal(await spend(owner, 3), true, "Refusals took nothing");
      assert.equal(await spend(other, 1), true, "Another owner's calls are counted apart");
      assert.equal(await spend(owner, 1, "2026-01-16"), true, "Another day's calls are counted apart");
    },
  },
  {
    id: "budget-new-people",
    title: "calls for new people have a limit of their own, and count in the whole too",
    invariants: ["SI-05", "SI-06"],
    async run({ port }) {
      const owner = createDrafts().id();
      const spend = (newPeopleLimit: number | null, limit = 3) => port.spend(owner, today, { limit, newPeopleLimit });
      assert.equal(await spend(1), true);
      assert.equal(await spend(1), false);
      assert.equal(await spend(null), true, "Others have what is left");
      assert.equal(await spend(2), true, "A refusal took nothing");
      assert.equal(await spend(null), false, "New people's calls count in the whole");
      assert.equal(await spend(9), false, "The whole binds new people too");
      assert.equal(await spend(null, 4), true);
    },
  },
  {
    id: "budget-race",
    title: "of racing calls no more get through than the limits allow",
    invariants: ["SI-05"],
    capability: "concurrentWriters",
    run: ({ port }) => boundedBudget(port),
  },
  {
    id: "budget-forgotten",
    title: "budgets of earlier days are forgotten, so many at a time, and no others",
    invariants: ["SI-18"],
    async run({ port }) {
      const drafts = createDrafts();
      const owners = [drafts.id(), drafts.id(), drafts.id()];
      const once = { limit: 1, newPeopleLimit: null };
      for (const owner of owners) assert.equal(await port.spend(owner, "2026-01-14", once), true);
      const [owner = ""] = owners;
      await port.spend(owner, today, once);
      assert.equal(await port.forgetBudgets(today, 2), 2);
      assert.equal(await port.forgetBudgets(today, 9), 1);
      assert.equal(await port.forgetBudgets(today, 9), 0);
      assert.equal(await port.spend(owner, today, once), false, "The day itself is not forgotten");
      assert.equal(await port.spend(owner, "2026-01-14", once), true);
    },
  },
  {
    id: "durable-settings",
    title: "settings and budgets are the same after a restart",
    invariants: ["SI-07"],
    capability: "durable",
    async run(subject) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const settings = drafts.settings({ mode: "off" });
      await subject.port.compareAndSetSettings(owner, settings, 0);
      await subject.port.spend(owner, today, { limit: 1, newPeopleLimit: null });
      const port = await reopened(subject);
      assert.deepEqual(await port.settings(owner), { settings, version: 1 });
      assert.equal(await port.spend(owner, today, { limit: 1, newPeopleLimit: null }), false);
    },
  },
];
