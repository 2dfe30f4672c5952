import assert from "node:assert/strict";
import type { RelationRepository } from "@standin/core/ports";
import { createDrafts, noon } from "../drafts.ts";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";
import { atOnce, deface, reopened } from "../expectations.ts";

export type RelationRepositorySubject = Subject<RelationRepository>;
/** `durable`: what was stored is there after a restart. */
export type RelationRepositoryCapability = "durable";

type RelationCase = ContractCase<RelationRepositorySubject, RelationRepositoryCapability>;

const cases: readonly RelationCase[] = [
  {
    id: "isolation",
    title: "two subjects see nothing of each other",
    invariants: [],
    async run({ port }, another) {
      const drafts = createDrafts();
      const block = drafts.block(drafts.id(), drafts.id());
      const { port: other } = await another();
      await port.block(block);
      assert.deepEqual(await other.between(block.owner, block.blocked), []);
      assert.deepEqual(await other.blocksOf(block.owner), []);
    },
  },
  {
    id: "block",
    title: "a block is stored as given; a second one changes nothing",
    invariants: ["RR-01"],
    async run({ port }) {
      const drafts = createDrafts();
      const block = drafts.block(drafts.id(), drafts.id(), { ownerReadSeq: 4, blockedReadSeq: 2 });
      await port.block(block);
      await port.block({ ...block, at: block.at + 1, ownerReadSeq: 9, blockedReadSeq: 9 });
      assert.deepEqual(await port.blocksOf(block.owner), [block]);
    },
  },
  {
    id: "unblock",
    title: "removes the block in its own direction; removing what is not there does nothing",
    invariants: ["RR-02"],
    async run({ port }) {
      const drafts = createDrafts();
      const [one, other] = [drafts.id(), drafts.id()];
      const [block, back] = [drafts.block(one, other), drafts.block(other, one)];
      await port.unblock(one, other);
      await port.block(block);
      await port.block(back);
      await port.unblock(one, other);
      await port.unblock(one, other);
      assert.deepEqual(await port.between(one, other), [back]);
      const again = { ...block, at: noon + 7, ownerReadSeq: 5 };
      await port.block(again);
      assert.deepEqual(await port.blocksOf(one), [again]);
    },
  },
  {
    id: "between",
    title: "the blocks between two people, whichever is named first: none, one or two",
    invariants: ["RR-03"],
    async run({ port }) {
      const drafts = createDrafts();
      const [one, other, third] = [drafts.id(), drafts.id(), drafts.id()];
      const [block, back] = [drafts.block(one, other), drafts.block(other, one)];
      assert.deepEqual(await port.between(one, other), []);
      await port.block(block);
      await port.block(drafts.block(one, third));
      await port.block(drafts.block(third, other));
      assert.deepEqual(await port.between(one, other), [block]);
      assert.deepEqual(await port.between(other, one), [block]);
      await port.block(back);
      const both = await port.between(other, one);
      assert.deepEqual(
        both.toSorted((a, b) => (a.owner < b.owner ? -1 : 1)),
        [block, back],
      );
    },
  },
  {
    id: "blocks-of",
    title: "the blocks of one owner, the latest `at` first, whatever the order of the calls",
    invariants: ["RR-04"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const [second, oldest, newest] = [noon, noon - 1_000, noon + 1_000].map((at) =>
        drafts.block(owner, drafts.id(), { at }),
      );
      for (const block of [second, oldest, newest]) if (block !== undefined) await port.block(block);
      await port.block(drafts.block(drafts.id(), owner));
      assert.deepEqual(await port.blocksOf(owner), [newest, second, oldest]);
      assert.deepEqual(await port.blocksOf(drafts.id()), []);
    },
  },
  {
    id: "blocks-of-bounded",
    title: "at most the newest 1,000 of an owner",
    invariants: ["RR-04"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      await atOnce(1_001, (index) => port.block(drafts.block(owner, drafts.id(), { at: noon + index })));
      const listed = await port.blocksOf(owner);
      assert.equal(listed.length, 1_000);
      assert.equal(listed[0]?.at, noon + 1_000);
      assert.equal(listed.at(-1)?.at, noon + 1);
    },
  },
  {
    id: "forget-user",
    title: "forgets a user on both sides, and nobody else",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, friend, third] = [drafts.id(), drafts.id(), drafts.id()];
      const kept = drafts.block(friend, third);
      for (const block of [drafts.block(user, friend), drafts.block(friend, user), kept]) await port.block(block);
      await port.forgetUser(user);
      await port.forgetUser(user);
      assert.deepEqual(await port.between(user, friend), []);
      assert.deepEqual(await port.blocksOf(user), []);
      assert.deepEqual(await port.blocksOf(friend), [kept]);
    },
  },
  {
    id: "copies",
    title: "nobody can change a stored block from outside",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      const draft = drafts.block(drafts.id(), drafts.id());
      const expected = { ...draft };
      await port.block(draft);
      deface(draft);
      deface(await port.blocksOf(expected.owner));
      deface(await port.between(expected.owner, expected.blocked));
      assert.deepEqual(await port.blocksOf(expected.owner), [expected]);
    },
  },
  {
    id: "durable",
    title: "blocks are there after a restart, removed ones are not",
    invariants: [],
    capability: "durable",
    async run(subject) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const [kept, removed] = [drafts.block(owner, drafts.id()), drafts.block(owner, drafts.id())];
      await subject.port.block(kept);
      await subject.port.block(removed);
      await subject.port.unblock(owner, removed.blocked);
      const port = await reopened(subject);
      assert.deepEqual(await port.blocksOf(owner), [kept]);
    },
  },
];

/** What every {@link RelationRepository} must do. */
export const relationRepositoryContract: Contract<RelationRepositorySubject, RelationRepositoryCapability> = {
  id: "relation-repository",
  version: 1,
  title: "Relation repository",
  capabilities: {
    durable: {
      about: "What was stored is there after the adapter was closed and opened again.",
      async probe(subject) {
        if (subject.reopen === undefined) return false;
        const drafts = createDrafts();
        const block = drafts.block(drafts.id(), drafts.id());
        await subject.port.block(block);
        return (await (await subject.reopen()).blocksOf(block.owner)).length === 1;
      },
    },
  },
  cases,
};
