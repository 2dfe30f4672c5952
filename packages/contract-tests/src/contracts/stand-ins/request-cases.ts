import assert from "node:assert/strict";
import { createDrafts, noon } from "../../drafts.ts";
import { reopened } from "../../expectations.ts";
import { oneRequest } from "./races.ts";
import { type StandInCase, today } from "./stand-in-case.ts";

/** What writers ask of a stand-in. */
export const requestCases: readonly StandInCase[] = [
  {
    id: "request",
    title: "a request is stored once per kind and period; the first one stays",
    invariants: ["SI-08"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, writer] = [drafts.id(), drafts.id()];
      const urgent = drafts.request(owner, writer, { kind: "urgent", period: 2 });
      assert.equal(await port.request(urgent), true);
      assert.equal(await port.request({ ...urgent, at: urgent.at + 1 }), false);
      assert.deepEqual(await port.requestsOf(owner, writer, 2), [urgent]);
      for (const other of [{ kind: "message-only" }, { period: 3 }, { owner: writer, writer: owner }] as const)
        assert.equal(await port.request({ ...urgent, ...other }), true);
    },
  },
  {
    id: "request-race",
    title: "of 10 racing requests of one kind and period one is stored",
    invariants: ["SI-09"],
    capability: "concurrentWriters",
    run: ({ port }) => oneRequest(port),
  },
  {
    id: "requests-of",
    title: "the requests of one writer to one owner in one period, and no others",
    invariants: ["SI-10"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, writer, third] = [drafts.id(), drafts.id(), drafts.id()];
      const urgent = drafts.request(owner, writer, { kind: "urgent", period: 2 });
      const messageOnly = drafts.request(owner, writer, { period: 2 });
      const others = [
        drafts.request(owner, writer, { period: 1 }),
        drafts.request(owner, third, { period: 2 }),
        drafts.request(third, writer, { period: 2 }),
      ];
      for (const request of [urgent, ...others, messageOnly]) await port.request(request);
      const found = await port.requestsOf(owner, writer, 2);
      assert.deepEqual(
        found.toSorted((one, other) => (one.kind < other.kind ? -1 : 1)),
        [messageOnly, urgent],
      );
      assert.deepEqual(await port.requestsOf(owner, drafts.id(), 2), []);
    },
  },
  {
    id: "urgent-since",
    title: "an owner's urgent requests since a time, newest first, at most as many as wanted",
    invariants: ["SI-11"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const [second, oldest, newest] = [noon + 2, noon, noon + 3].map((at) =>
        drafts.request(owner, drafts.id(), { kind: "urgent", at }),
      );
      for (const request of [second, oldest, newest]) if (request !== undefined) await port.request(request);
      await port.request(drafts.request(owner, drafts.id(), { at: noon + 4 }));
      await port.request(drafts.request(drafts.id(), owner, { kind: "urgent", at: noon + 4 }));
      assert.deepEqual(await port.urgentSince(owner, noon, 9), [newest, second, oldest]);
      assert.deepEqual(await port.urgentSince(owner, noon + 2, 9), [newest, second]);
      assert.deepEqual(await port.urgentSince(owner, noon, 1), [newest]);
    },
  },
  {
    id: "forget-user",
    title: "forgets everything about a user, as owner and as the other person, and nothing of anybody else",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, friend, third] = [drafts.id(), drafts.id(), drafts.id()];
      const once = { limit: 1, newPeopleLimit: null };
      for (const owner of [user, friend]) {
        await port.compareAndSetSettings(owner, drafts.settings({ mode: "off" }), 0);
        await port.spend(owner, today, once);
      }
      const pairs = [
        [user, friend],
        [friend, user],
        [friend, third],
      ] as const;
      const [own, toUser, kept] = pairs.map(([owner, peer]) => drafts.suggestion(owner, peer));
      for (const suggestion of [own, toUser, kept]) if (suggestion !== undefined) await port.suggest(suggestion);
      for (const [owner, writer] of pairs) await port.request(drafts.request(owner, writer, { kind: "urgent" }));
      await port.forgetUser(user);
      await port.forgetUser(user);
      assert.equal((await port.settings(user)).version, 0);
      assert.equal(await port.spend(user, today, once), true);
      assert.deepEqual(await port.suggestions(user, null, 9), []);
      assert.deepEqual(await port.suggestions(friend, null, 9), [kept]);
      assert.deepEqual(await port.requestsOf(user, friend, 1), []);
      assert.deepEqual(
        (await port.urgentSince(friend, 0, 9)).map(({ writer }) => writer),
        [third],
      );
      assert.equal((await port.settings(friend)).version, 1);
      assert.equal(await port.spend(friend, today, once), false);
    },
  },
  {
    id: "durable-requests",
    title: "requests and drafts are the same after a restart",
    invariants: ["SI-08", "SI-12"],
    capability: "durable",
    async run(subject) {
      const drafts = createDrafts();
      const request = drafts.request(drafts.id(), drafts.id());
      const [open, sent] = [drafts.id(), drafts.id()].map((peer) => drafts.suggestion(request.owner, peer));
      await subject.port.request(request);
      for (const suggestion of [open, sent]) if (suggestion !== undefined) await subject.port.suggest(suggestion);
      await subject.port.endSuggestion(request.owner, sent?.id ?? "", "sent");
      const port = await reopened(subject);
      assert.equal(await port.request({ ...request, at: request.at + 1 }), false);
      assert.deepEqual(await port.requestsOf(request.owner, request.writer, request.period), [request]);
      assert.deepEqual(await port.suggestions(request.owner, null, 9), [open]);
      assert.deepEqual(await port.findSuggestion(request.owner, sent?.id ?? ""), { ...sent, state: "sent" });
    },
  },
];
