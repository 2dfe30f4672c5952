import assert from "node:assert/strict";
import type { User } from "@standin/core/ports";
import { createDrafts, nobody, noon } from "../../drafts.ts";
import { deface, rejectsWith, reopened } from "../../expectations.ts";
import type { UserCase } from "./user-case.ts";
import { oneWinnerOfAddress, oneWinnerOfVersion } from "./user-races.ts";

/** How one person's record is stored, changed and removed. */
export const recordCases: readonly UserCase[] = [
  {
    id: "isolation",
    title: "two subjects see nothing of each other",
    invariants: [],
    async run({ port }, another) {
      const user = createDrafts().user();
      const { port: other } = await another();
      await port.create(user);
      assert.equal(await other.find(user.id), null);
      assert.equal(await other.findByEmail(user.emailKey), null);
      await other.create(user);
    },
  },
  {
    id: "create-and-find",
    title: "a new user is stored as given, at version 1",
    invariants: ["UR-01"],
    async run({ port }) {
      const user = createDrafts().user({
        version: 7,
        period: 3,
        declared: { word: "BUSY", since: noon, until: noon + 1_000, note: "Exam", resume: "none" },
        lastBusy: { since: noon, until: null },
        published: { status: "BUSY", prevstatus: "ONLINE", busyUntil: noon + 1_000, busyNote: "Exam" },
      });
      await port.create(user);
      const stored = { ...user, version: 1 };
      assert.deepEqual(await port.find(user.id), stored);
      assert.deepEqual(await port.findByEmail(user.emailKey), stored);
      assert.deepEqual(await port.findMany([user.id]), [stored]);
    },
  },
  {
    id: "email-taken",
    title: "an e-mail address in use is EMAIL_TAKEN, and nothing is stored",
    invariants: ["UR-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const [first, second] = [drafts.user({ email: "ada@example.com" }), drafts.user({ email: "ADA@example.com" })];
      await port.create(first);
      await rejectsWith("EMAIL_TAKEN", port.create(second));
      assert.equal(await port.find(second.id), null);
      assert.equal((await port.findByEmail("ada@example.com"))?.id, first.id);
    },
  },
  {
    id: "email-race",
    title: "of 10 racing sign-ups with one address one wins",
    invariants: ["UR-01"],
    capability: "concurrentWriters",
    run: ({ port }) => oneWinnerOfAddress(port),
  },
  {
    id: "absent",
    title: "who is not there is null, left out of lists, and deleted without complaint",
    invariants: ["UR-02"],
    async run({ port }) {
      const drafts = createDrafts();
      const [there, absent] = [drafts.user(), drafts.user()];
      await port.create(there);
      assert.equal(await port.find(absent.id), null);
      assert.equal(await port.findByEmail(absent.emailKey), null);
      assert.deepEqual(await port.findMany([]), []);
      assert.deepEqual(
        (await port.findMany([absent.id, there.id])).map(({ id }) => id),
        [there.id],
      );
      await port.delete(absent.id);
    },
  },
  {
    id: "compare-and-set",
    title: "replaces the record at its version and gives it the next one; a stale version changes nothing",
    invariants: ["UR-03"],
    async run({ port }) {
      const user = createDrafts().user();
      await port.create(user);
      const changed: User = {
        ...user,
        username: "Grace",
        usernameKey: "grace",
        passwordHash: "$scrypt$other",
        period: 1,
        declared: { word: "BUSY", since: noon, until: null, note: null, resume: "AVAILABLE" },
        lastBusy: { since: noon, until: noon + 9 },
        published: { status: "BUSY", prevstatus: "AVAILABLE", busyUntil: null, busyNote: null },
      };
      assert.deepEqual(await port.compareAndSet(changed), { ...changed, version: 2 });
      assert.deepEqual(await port.find(user.id), { ...changed, version: 2 });
      assert.equal(await port.compareAndSet({ ...user, username: "Too late" }), null);
      assert.equal(await port.compareAndSet({ ...user, version: 3, username: "Too early" }), null);
      assert.deepEqual(await port.find(user.id), { ...changed, version: 2 });
      assert.equal((await port.compareAndSet({ ...changed, version: 2 }))?.version, 3);
    },
  },
  {
    id: "compare-and-set-gone",
    title: "a user who is gone is not brought back",
    invariants: ["UR-03"],
    async run({ port }) {
      const user = createDrafts().user();
      assert.equal(await port.compareAndSet(user), null);
      await port.create(user);
      await port.delete(user.id);
      assert.equal(await port.compareAndSet(user), null);
      assert.equal(await port.find(user.id), null);
    },
  },
  {
    id: "compare-and-set-fixed",
    title: "id, e-mail address and createdAt never change",
    invariants: ["UR-03"],
    async run({ port }) {
      const user = createDrafts().user();
      await port.create(user);
      const moved = { ...user, email: "new@example.com", emailKey: "new@example.com", createdAt: noon + 1, period: 9 };
      assert.deepEqual(await port.compareAndSet(moved), { ...user, period: 9, version: 2 });
      assert.equal(await port.findByEmail("new@example.com"), null);
      assert.equal((await port.findByEmail(user.emailKey))?.period, 9);
    },
  },
  {
    id: "compare-and-set-race",
    title: "of 10 racing changes of one version exactly one wins",
    invariants: ["UR-04"],
    capability: "concurrentWriters",
    run: ({ port }) => oneWinnerOfVersion(port),
  },
  {
    id: "copies",
    title: "nobody can change a stored record from outside",
    invariants: ["UR-07"],
    async run({ port }) {
      const draft = createDrafts().user();
      const expected = structuredClone({ ...draft, version: 1 });
      await port.create(draft);
      deface(draft);
      assert.deepEqual(await port.find(expected.id), expected);
      const change = structuredClone(expected);
      const after = { ...expected, version: 2 };
      const result = await port.compareAndSet(change);
      deface(change);
      deface(result);
      assert.deepEqual(await port.find(expected.id), after);
      deface(await port.find(expected.id));
      deface(await port.findByEmail(expected.emailKey));
      deface(await port.findMany([expected.id]));
      deface(await port.list({ except: nobody, limit: 5, cursor: null, prefix: null, inEmails: false }));
      deface(await port.publishedAs("AVAILABLE", null, 5));
      assert.deepEqual(await port.find(expected.id), after);
    },
  },
  {
    id: "delete",
    title: "removes the record from everywhere and frees its e-mail address",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const [first, kept] = [drafts.user({ email: "ada@example.com" }), drafts.user()];
      await port.create(first);
      await port.create(kept);
      await port.delete(first.id);
      await port.delete(first.id);
      assert.equal(await port.find(first.id), null);
      assert.equal(await port.findByEmail("ada@example.com"), null);
      const everybody = { except: nobody, limit: 5, cursor: null, prefix: null, inEmails: false };
      assert.deepEqual(
        (await port.list(everybody)).users.map(({ id }) => id),
        [kept.id],
      );
      assert.deepEqual(
        (await port.publishedAs("AVAILABLE", null, 5)).map(({ id }) => id),
        [kept.id],
      );
      const second = drafts.user({ email: "ada@example.com" });
      await port.create(second);
      assert.equal((await port.findByEmail("ada@example.com"))?.id, second.id);
    },
  },
  {
    id: "durable",
    title: "what was created, changed and deleted is so after a restart",
    invariants: [],
    capability: "durable",
    async run(subject) {
      const drafts = createDrafts();
      const [changed, deleted] = [drafts.user(), drafts.user()];
      await subject.port.create(changed);
      await subject.port.create(deleted);
      await subject.port.compareAndSet({ ...changed, period: 5 });
      await subject.port.delete(deleted.id);
      const port = await reopened(subject);
      assert.deepEqual(await port.find(changed.id), { ...changed, period: 5, version: 2 });
      assert.equal(await port.find(deleted.id), null);
      await rejectsWith("EMAIL_TAKEN", port.create({ ...changed, id: drafts.id() }));
    },
  },
];
