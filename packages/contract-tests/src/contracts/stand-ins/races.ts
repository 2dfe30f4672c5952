import assert from "node:assert/strict";
import type { StandInRepository } from "@standin/core/ports";
import { createDrafts } from "../../drafts.ts";
import { atOnce, tally } from "../../expectations.ts";
import { today } from "./stand-in-case.ts";

const count = (results: readonly boolean[]): number => results.filter(Boolean).length;

/** 10 changes of one version of the settings at once, from none on, three times. */
export const oneWinnerOfSettings = async (standIns: StandInRepository): Promise<void> => {
  const drafts = createDrafts();
  const owner = drafts.id();
  for (const version of [0, 1, 2]) {
    const results = await atOnce(10, (index) =>
      standIns.compareAndSetSettings(owner, drafts.settings({ waitSeconds: index }), version),
    );
    assert.equal(count(results), 1, `Of 10 racing changes of version ${version} exactly one wins`);
    const { settings, version: now } = await standIns.settings(owner);
    assert.equal(settings.waitSeconds, results.indexOf(true));
    assert.equal(now, version + 1);
  }
};

/** 20 calls at once where 7 are allowed, and 20 for new people where 3 are. */
export const boundedBudget = async (standIns: StandInRepository): Promise<void> => {
  const drafts = createDrafts();
  const [owner, other] = [drafts.id(), drafts.id()];
  const calls = await atOnce(20, () => standIns.spend(owner, today, { limit: 7, newPeopleLimit: null }));
  assert.equal(count(calls), 7, "Of 20 racing calls as many get through as the limit allows");
  const forNew = await atOnce(20, () => standIns.spend(other, today, { limit: 7, newPeopleLimit: 3 }));
  assert.equal(count(forNew), 3, "Of 20 racing calls for new people as many get through as their limit allows");
};

/** 10 equal requests at once. */
export const oneRequest = async (standIns: StandInRepository): Promise<void> => {
  const drafts = createDrafts();
  const request = drafts.request(drafts.id(), drafts.id(), { kind: "urgent" });
  const results = await atOnce(10, (index) => standIns.request({ ...request, at: request.at + index }));
  assert.equal(count(results), 1, "Of racing requests of one kind and period exactly one is stored");
  const kept = { ...request, at: request.at + results.indexOf(true) };
  assert.deepEqual(await standIns.requestsOf(request.owner, request.writer, request.period), [kept]);
};

/** 10 drafts for one message at once; 10 fixed ones of one period at once. */
export const oneSuggestion = async (standIns: StandInRepository): Promise<void> => {
  const drafts = createDrafts();
  const [owner, peer, trigger] = [drafts.id(), drafts.id(), drafts.id()];
  const same = await atOnce(10, () => standIns.suggest(drafts.suggestion(owner, peer, { inReplyTo: trigger })));
  assert.deepEqual(tally(same), { stored: 1, "reply-taken": 9 });
  const fixed = await atOnce(10, () => standIns.suggest(drafts.suggestion(owner, peer, { notice: true, period: 4 })));
  assert.deepEqual(tally(fixed), { stored: 1, "notice-taken": 9 });
  assert.equal((await standIns.suggestions(owner, null, 20)).length, 2);
};

/** 10 ends of one draft at once, half of them one way, half the other. */
export const oneEnd = async (standIns: StandInRepository): Promise<void> => {
  const drafts = createDrafts();
  const suggestion = drafts.suggestion(drafts.id(), drafts.id());
  await standIns.suggest(suggestion);
  const ends = await atOnce(10, (index) =>
    standIns.endSuggestion(suggestion.owner, suggestion.id, index % 2 === 0 ? "sent" : "dismissed"),
  );
  const states = tally(ends.map((end) => end?.state ?? "none"));
  assert.equal(Object.keys(states).length, 1, "All racing calls are told of the one end");
  assert.deepEqual(await standIns.findSuggestion(suggestion.owner, suggestion.id), ends[0]);
};
