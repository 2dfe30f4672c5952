import assert from "node:assert/strict";
import type { Session, SessionRepository } from "@standin/core/ports";
import { createDrafts, noon } from "../drafts.ts";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";
import { deface, numbers, reopened } from "../expectations.ts";

export type SessionRepositorySubject = Subject<SessionRepository>;
/** `durable`: what was stored is there after a restart. */
export type SessionRepositoryCapability = "durable";

type SessionCase = ContractCase<SessionRepositorySubject, SessionRepositoryCapability>;

const stored = async (port: SessionRepository, sessions: readonly Session[]): Promise<string[]> =>
  (await port.findMany(sessions.map(({ id }) => id))).map(({ id }) => id).sort();

const idsOf = (...sessions: readonly Session[]): string[] => sessions.map(({ id }) => id).sort();

const cases: readonly SessionCase[] = [
  {
    id: "isolation",
    title: "two subjects see nothing of each other",
    invariants: [],
    async run({ port }, another) {
      const drafts = createDrafts();
      const session = drafts.session(drafts.id());
      const { port: other } = await another();
      await port.create(session);
      await port.rememberAddress(session.userId, "192.0.2.1", noon);
      assert.equal(await other.find(session.id), null);
      assert.equal(await other.knowsAddress(session.userId, "192.0.2.1"), false);
    },
  },
  {
    id: "create-and-find",
    title: "a session is found as stored; one that never was is null",
    invariants: ["SR-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const [session, absent] = [drafts.session(drafts.id()), drafts.session(drafts.id())];
      await port.create(session);
      assert.deepEqual(await port.find(session.id), session);
      assert.equal(await port.find(absent.id), null);
    },
  },
  {
    id: "find-many",
    title: "finds those that exist",
    invariants: ["SR-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const [one, two, absent] = [
        drafts.session(drafts.id()),
        drafts.session(drafts.id()),
        drafts.session(drafts.id()),
      ];
      await port.create(one);
      await port.create(two);
      assert.deepEqual(await port.findMany([]), []);
      const found = await port.findMany([two.id, absent.id, one.id]);
      assert.deepEqual(
        found.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        [one, two],
      );
    },
  },
  {
    id: "delete",
    title: "ends one session and no other; ending what is ended does nothing",
    invariants: ["SR-01", "SR-02"],
    async run({ port }) {
      const drafts = createDrafts();
      const user = drafts.id();
      const [ended, kept] = [drafts.session(user), drafts.session(user)];
      await port.create(ended);
      await port.create(kept);
      await port.delete(ended.id);
      await port.delete(ended.id);
      await port.delete("never was");
      assert.equal(await port.find(ended.id), null);
      assert.deepEqual(await port.find(kept.id), kept);
    },
  },
  {
    id: "delete-all-of",
    title: "ends all sessions of a user but the one excepted, and no one else's",
    invariants: ["SR-03"],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, other] = [drafts.id(), drafts.id()];
      const [one, two, three, others] = [
        drafts.session(user),
        drafts.session(user),
        drafts.session(user),
        drafts.session(other),
      ];
      const all = [one, two, three, others];
      for (const session of all) await port.create(session);
      await port.deleteAllOf(user, two.id);
      assert.deepEqual(await stored(port, all), idsOf(two, others));
      // Somebody else's session excepted: all of the user's end.
      await port.deleteAllOf(user, others.id);
      assert.deepEqual(await stored(port, all), idsOf(others));
      await port.deleteAllOf(user, null);
      assert.deepEqual(await stored(port, all), idsOf(others));
      await port.deleteAllOf(other, null);
      assert.deepEqual(await stored(port, all), []);
    },
  },
  {
    id: "delete-expired",
    title: "forgets at most `limit` sessions that ended by now, and says how many",
    invariants: ["SR-04"],
    async run({ port }) {
      const drafts = createDrafts();
      const user = drafts.id();
      const ended = [noon - 2_000, noon - 1_000, noon].map((expiresAt) => drafts.session(user, { expiresAt }));
      const live = drafts.session(user, { expiresAt: noon + 1 });
      for (const session of [live, ...ended]) await port.create(session);
      assert.equal(await port.deleteExpired(noon, 2), 2);
      assert.equal((await stored(port, [live, ...ended])).length, 2);
      assert.equal(await port.deleteExpired(noon, 2), 1);
      assert.equal(await port.deleteExpired(noon, 2), 0);
      assert.deepEqual(await stored(port, [live, ...ended]), [live.id]);
    },
  },
  {
    id: "addresses",
    title: "an address is known to the account that signed in from it, and to no other",
    invariants: ["SR-05"],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, other] = [drafts.id(), drafts.id()];
      assert.equal(await port.knowsAddress(user, "192.0.2.1"), false);
      await port.rememberAddress(user, "192.0.2.1", noon);
      await port.rememberAddress(user, "192.0.2.1", noon + 1);
      assert.equal(await port.knowsAddress(user, "192.0.2.1"), true);
      assert.equal(await port.knowsAddress(user, "192.0.2.10"), false);
      assert.equal(await port.knowsAddress(other, "192.0.2.1"), false);
    },
  },
  {
    id: "addresses-bounded",
    title: "the newest 100 addresses of an account are kept",
    invariants: ["SR-05"],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, other] = [drafts.id(), drafts.id()];
      const address = (number: number): string => `2001:db8::${number}`;
      await port.rememberAddress(other, address(1), noon);
      for (const number of numbers(1, 100)) await port.rememberAddress(user, address(number), noon + number);
      assert.equal(await port.knowsAddress(user, address(1)), true);
      // Seen again, it is one of the newest.
      await port.rememberAddress(user, address(1), noon + 101);
      await port.rememberAddress(user, address(102), noon + 102);
      assert.equal(await port.knowsAddress(user, address(1)), true);
      assert.equal(await port.knowsAddress(user, address(2)), false);
      assert.equal(await port.knowsAddress(user, address(3)), true);
      assert.equal(await port.knowsAddress(user, address(102)), true);
      assert.equal(await port.knowsAddress(other, address(1)), true);
    },
  },
  {
    id: "forget-user",
    title: "forgets sessions and addresses of a user, and nothing of anybody else",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, other] = [drafts.id(), drafts.id()];
      const [own, others] = [drafts.session(user), drafts.session(other)];
      for (const session of [own, others]) {
        await port.create(session);
        await port.rememberAddress(session.userId, "192.0.2.1", noon);
      }
      await port.forgetUser(user);
      await port.forgetUser(user);
      assert.equal(await port.find(own.id), null);
      assert.equal(await port.knowsAddress(user, "192.0.2.1"), false);
      assert.deepEqual(await port.find(others.id), others);
      assert.equal(await port.knowsAddress(other, "192.0.2.1"), true);
    },
  },
  {
    id: "copies",
    title: "nobody can change a stored session from outside",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const draft = drafts.session(drafts.id());
      const expected = { ...draft };
      await port.create(draft);
      deface(draft);
      deface(await port.find(expected.id));
      deface(await port.findMany([expected.id]));
      assert.deepEqual(await port.find(expected.id), expected);
    },
  },
  {
    id: "durable",
    title: "sessions and addresses are there after a restart, ended ones are not",
    invariants: [],
    capability: "durable",
    async run(subject) {
      const drafts = createDrafts();
      const [kept, ended] = [drafts.session(drafts.id()), drafts.session(drafts.id())];
      await subject.port.create(kept);
      await subject.port.create(ended);
      await subject.port.delete(ended.id);
      await subject.port.rememberAddress(kept.userId, "192.0.2.1", noon);
      const port = await reopened(subject);
      assert.deepEqual(await port.find(kept.id), kept);
      assert.equal(await port.find(ended.id), null);
      assert.equal(await port.knowsAddress(kept.userId, "192.0.2.1"), true);
    },
  },
];

/** What every {@link SessionRepository} must do. */
export const sessionRepositoryContract: Contract<SessionRepositorySubject, SessionRepositoryCapability> = {
  id: "session-repository",
  version: 1,
  title: "Session repository",
  capabilities: {
    durable: {
      about: "What was stored is there after the adapter was closed and opened again.",
      async probe(subject) {
        if (subject.reopen === undefined) return false;
        const drafts = createDrafts();
        const session = drafts.session(drafts.id());
        await subject.port.create(session);
        return (await (await subject.reopen()).find(session.id)) !== null;
      },
    },
  },
  cases,
};
