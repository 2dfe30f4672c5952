import assert from "node:assert/strict";
import { createDrafts } from "../../drafts.ts";
import { deface, rejectsWith } from "../../expectations.ts";
import { oneEnd, oneSuggestion } from "./races.ts";
import type { StandInCase } from "./stand-in-case.ts";

/** Drafts for their owner. */
export const suggestionCases: readonly StandInCase[] = [
  {
    id: "suggest",
    title: "a draft is stored as given, by a model or fixed",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, peer] = [drafts.id(), drafts.id()];
      const byModel = drafts.suggestion(owner, peer, {
        text: "Grüße 🦊\nzweite Zeile 'quoted' \"quoted\" \\ %s $1",
        generator: { provider: "openai", model: "gpt" },
      });
      const fixed = drafts.suggestion(owner, peer, { generator: { provider: "template" }, notice: true });
      for (const suggestion of [byModel, fixed]) {
        assert.equal(await port.suggest(suggestion), "stored");
        assert.deepEqual(await port.findSuggestion(owner, suggestion.id), suggestion);
      }
    },
  },
  {
    id: "suggest-once",
    title: "a second draft for one message is refused, whatever became of the first",
    invariants: ["SI-12"],
    async run({ port }) {
      const drafts = createDrafts();
      const first = drafts.suggestion(drafts.id(), drafts.id(), { notice: true });
      const second = drafts.suggestion(first.owner, first.peer, { inReplyTo: first.inReplyTo, notice: true });
      await port.suggest(first);
      assert.equal(await port.suggest(first), "reply-taken", "The same call again tells that the first was stored");
      assert.equal(await port.suggest(second), "reply-taken");
      await rejectsWith("CONFLICT", port.suggest(drafts.suggestion(first.owner, first.peer, { id: first.id })));
      assert.equal((await port.findSuggestion(first.owner, first.id))?.inReplyTo, first.inReplyTo);
      await port.endSuggestion(first.owner, first.id, "dismissed");
      assert.equal(await port.suggest(second), "reply-taken");
      assert.equal(await port.findSuggestion(first.owner, second.id), null);
    },
  },
  {
    id: "suggest-fixed-once",
    title: "a second fixed draft of one owner, conversation and period is refused; a model's is not",
    invariants: ["SI-13"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, peer] = [drafts.id(), drafts.id()];
      const fixed = (fields = {}) => drafts.suggestion(owner, peer, { notice: true, ...fields });
      const first = fixed();
      await port.suggest(first);
      await port.endSuggestion(owner, first.id, "sent");
      assert.equal(await port.suggest(fixed()), "notice-taken");
      assert.equal(await port.suggest(fixed({ notice: false })), "stored");
      assert.equal(await port.suggest(fixed({ period: 2 })), "stored");
      assert.equal(await port.suggest(drafts.suggestion(owner, drafts.id(), { notice: true })), "stored");
      assert.equal(await port.suggest(drafts.suggestion(peer, owner, { notice: true })), "stored");
    },
  },
  {
    id: "suggest-race",
    title: "of racing drafts for one message, or fixed ones of one period, one is stored",
    invariants: ["SI-12", "SI-13"],
    capability: "concurrentWriters",
    run: ({ port }) => oneSuggestion(port),
  },
  {
    id: "find-suggestion",
    title: "another's draft, or none, is null",
    invariants: ["SI-14"],
    async run({ port }) {
      const drafts = createDrafts();
      const suggestion = drafts.suggestion(drafts.id(), drafts.id());
      await port.suggest(suggestion);
      for (const other of [suggestion.peer, drafts.id()]) {
        assert.equal(await port.findSuggestion(other, suggestion.id), null);
        assert.equal(await port.endSuggestion(other, suggestion.id, "sent"), null);
      }
      assert.equal(await port.findSuggestion(suggestion.owner, drafts.id()), null);
      assert.deepEqual(await port.findSuggestion(suggestion.owner, suggestion.id), suggestion);
    },
  },
  {
    id: "suggestions",
    title: "an owner's open drafts, newest id first, in pages",
    invariants: ["SI-15"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const [first, second, third, ended] = [1, 2, 3, 4].map(() => drafts.suggestion(owner, drafts.id()));
      for (const suggestion of [second, ended, first, third])
        if (suggestion !== undefined) await port.suggest(suggestion);
      await port.suggest(drafts.suggestion(drafts.id(), owner));
      await port.endSuggestion(owner, ended?.id ?? "", "sent");
      assert.deepEqual(await port.suggestions(owner, null, 9), [third, second, first]);
      assert.deepEqual(await port.suggestions(owner, null, 2), [third, second]);
      assert.deepEqual(await port.suggestions(owner, second?.id ?? "", 9), [first]);
    },
  },
  {
    id: "end-suggestion",
    title: "a draft ends once, and stays as it ended",
    invariants: ["SI-16"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      for (const [end, later] of [
        ["sent", "dismissed"],
        ["dismissed", "sent"],
      ] as const) {
        const suggestion = drafts.suggestion(owner, drafts.id());
        await port.suggest(suggestion);
        const ended = { ...suggestion, state: end };
        assert.deepEqual(await port.endSuggestion(owner, suggestion.id, end), ended);
        assert.deepEqual(await port.endSuggestion(owner, suggestion.id, later), ended);
        assert.deepEqual(await port.findSuggestion(owner, suggestion.id), ended);
      }
      assert.equal(await port.endSuggestion(owner, drafts.id(), "sent"), null);
    },
  },
  {
    id: "end-suggestion-race",
    title: "of racing ends of one draft one wins, and all are told which",
    invariants: ["SI-17"],
    capability: "concurrentWriters",
    run: ({ port }) => oneEnd(port),
  },
  {
    id: "suggestion-copies",
    title: "nobody can change a stored draft or request from outside",
    invariants: ["SI-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const suggestion = drafts.suggestion(drafts.id(), drafts.id());
      const request = drafts.request(suggestion.owner, suggestion.peer, { kind: "urgent", at: 5 });
      const [expected, asked] = [structuredClone(suggestion), { ...request }];
      const { owner, id } = expected;
      await port.suggest(suggestion);
      await port.request(request);
      deface(suggestion);
      deface(request);
      deface(await port.findSuggestion(owner, id));
      deface(await port.suggestions(owner, null, 9));
      deface(await port.urgentSince(owner, 0, 9));
      deface(await port.requestsOf(owner, asked.writer, asked.period));
      assert.deepEqual(await port.suggestions(owner, null, 9), [expected]);
      assert.deepEqual(await port.urgentSince(owner, 0, 9), [asked]);
    },
  },
];
