import assert from "node:assert/strict";
import { conversationOf, type InsertResult, type MessageDraft } from "@standin/core/ports";
import { numbers } from "../../expectations.ts";
import { createPair, insertNext, type MessageCase, seqsOf, store, triggersOf } from "./message-case.ts";

/** How the stand-in's messages come into the store, and how a verdict changes them. */
export const insertCases: readonly MessageCase[] = [
  {
    id: "insert-next",
    title: "stores the message under exactly the next number",
    invariants: ["MR-09"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const first = drafts.standInMessage(high, low);
      assert.equal(await port.insertAt(1, first, null), "inserted");
      assert.deepEqual(await port.find(first.id), { ...first, seq: 1, counts: [0, 1], rev: null });
      await store(port, drafts.message(low, high));
      const third = drafts.standInMessage(high, low);
      assert.equal(await port.insertAt(3, third, null), "inserted");
      assert.equal((await port.head(conversation))?.id, third.id);
      assert.equal((await store(port, drafts.message(low, high))).seq, 4);
    },
  },
  {
    id: "insert-elsewhere",
    title: "a number that is not the next one is seq-taken, and nothing is stored",
    invariants: ["MR-09"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      await store(port, drafts.message(low, high));
      await store(port, drafts.message(low, high));
      for (const seq of [2, 1, 4, 9]) {
        const draft = drafts.standInMessage(high, low);
        assert.equal(await port.insertAt(seq, draft, null), "seq-taken", `At ${seq}, the next being 3`);
        assert.equal(await port.find(draft.id), null);
      }
      assert.deepEqual(seqsOf(await port.page(conversation, { limit: 9 })), [1, 2]);
      const elsewhere = drafts.standInMessage(high, drafts.id());
      assert.equal(
        await port.insertAt(2, elsewhere, null),
        "seq-taken",
        "In a conversation without messages 1 is the next",
      );
      assert.equal(await port.head(elsewhere.conversation), null);
    },
  },
  {
    id: "insert-job",
    title: "a job is stored with the message that is inserted, and not with one that is refused",
    invariants: ["MR-08"],
    async run({ port }) {
      const { drafts, low: recipient, high, conversation } = createPair();
      await store(port, drafts.message(recipient, high));
      const [draft, refused, plain] = [1, 2, 3].map(() => drafts.standInMessage(high, recipient));
      if (draft === undefined || refused === undefined || plain === undefined) assert.fail();
      const job = drafts.job(recipient, { period: 6, wakeAt: null, decision: "automatic" });
      assert.equal(await port.insertAt(2, draft, job), "inserted");
      assert.deepEqual(await port.job(draft.id), {
        trigger: draft.id,
        conversation,
        seq: 2,
        owner: recipient,
        writer: high,
        period: 6,
        at: draft.at,
        wakeAt: null,
        state: "dropped",
        decision: "automatic",
        detail: null,
        claim: null,
        answer: null,
      });
      assert.equal(await port.insertAt(2, refused, job), "seq-taken");
      assert.equal(await port.insertAt(3, plain, null), "inserted");
      for (const { id } of [refused, plain]) assert.equal(await port.job(id), null);
      assert.deepEqual(triggersOf(await port.decisions(recipient, null, 9)), [draft.id]);
    },
  },
  {
    id: "insert-id-taken",
    title: "the same id a second time is id-taken, wherever",
    invariants: ["MR-10"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const draft = drafts.standInMessage(high, low);
      const stored = await insertNext(port, draft);
      const person = await store(port, drafts.message(low, high));
      for (const seq of [1, 2, 3, 9]) assert.equal(await port.insertAt(seq, draft, null), "id-taken");
      const sameAsPerson = drafts.standInMessage(high, low, { id: person.id });
      assert.equal(await port.insertAt(3, sameAsPerson, null), "id-taken");
      const elsewhere = drafts.standInMessage(high, drafts.id(), { id: draft.id });
      assert.equal(await port.insertAt(1, elsewhere, null), "id-taken");
      assert.deepEqual(await port.page(conversation, { limit: 9 }), [stored, person]);
    },
  },
  {
    id: "insert-reply-taken",
    title: "a second stand-in message in reply to the same message is reply-taken",
    invariants: ["MR-10"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const [one, two] = [await store(port, drafts.message(low, high)), await store(port, drafts.message(low, high))];
      // A person's own reply takes nothing.
      await store(port, drafts.message(high, low, { inReplyTo: one.id }));
      await insertNext(port, drafts.standInMessage(high, low, { inReplyTo: one.id }));
      const second = drafts.standInMessage(high, low, { inReplyTo: one.id });
      assert.equal(await port.insertAt(5, second, null), "reply-taken");
      assert.equal(await port.find(second.id), null);
      await insertNext(port, drafts.standInMessage(high, low, { inReplyTo: two.id }));
      // Messages that answer nothing do not stand in each other's way.
      await insertNext(port, drafts.standInMessage(high, low));
      await insertNext(port, drafts.standInMessage(high, low));
    },
  },
  {
    id: "insert-notice-taken",
    title: "a second notice of the same sender, conversation and period is notice-taken",
    invariants: ["MR-10"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const third = drafts.id();
      const notice = { notice: true, period: 4 };
      await insertNext(port, drafts.standInMessage(high, low, notice));
      const second = drafts.standInMessage(high, low, notice);
      assert.equal(await port.insertAt(2, second, null), "notice-taken");
      assert.equal(await port.find(second.id), null);
      await insertNext(port, drafts.standInMessage(high, low, { ...notice, notice: false }));
      await insertNext(port, drafts.standInMessage(high, low, { ...notice, period: 5 }));
      await insertNext(port, drafts.standInMessage(low, high, notice));
      await insertNext(port, drafts.standInMessage(high, third, notice));
    },
  },
  {
    id: "insert-precedence",
    title: "names what stands in the way in this order: id, number, reply, notice",
    invariants: ["MR-10"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const trigger = await store(port, drafts.message(low, high));
      const clash = { inReplyTo: trigger.id, notice: true, period: 1 };
      const first = await insertNext(port, drafts.standInMessage(high, low, clash));
      const insert = (seq: number, fields: Partial<MessageDraft>): Promise<InsertResult> =>
        port.insertAt(seq, drafts.standInMessage(high, low, { ...clash, ...fields }), null);
      assert.equal(await insert(2, { id: first.id }), "id-taken");
      assert.equal(await insert(2, {}), "seq-taken");
      assert.equal(await insert(3, {}), "reply-taken");
      assert.equal(await insert(3, { inReplyTo: drafts.id() }), "notice-taken");
      assert.equal(await insert(3, { inReplyTo: drafts.id(), period: 2 }), "inserted");
    },
  },
  {
    id: "amend",
    title: "sets verdict and content, keeps what was said first, and numbers the changes of the conversation",
    invariants: ["MR-12"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      await store(port, drafts.message(low, high));
      const one = await insertNext(port, drafts.standInMessage(high, low));
      const two = await insertNext(port, drafts.standInMessage(high, low));
      assert.equal(await port.lastRev(conversation), 0);
      const corrected = { ...one, verdict: "corrected", content: "Better", previousContent: one.content, rev: 1 };
      assert.deepEqual(await port.amend(one.id, { verdict: "corrected", content: "Better" }), corrected);
      assert.deepEqual(await port.find(one.id), corrected);
      const withdrawn = { ...two, verdict: "withdrawn", content: "", previousContent: two.content, rev: 2 };
      assert.deepEqual(await port.amend(two.id, { verdict: "withdrawn", content: "" }), withdrawn);
      const best = { ...corrected, content: "Best", rev: 3 };
      assert.deepEqual(await port.amend(one.id, { verdict: "corrected", content: "Best" }), best);
      assert.equal(await port.lastRev(conversation), 3);
      assert.deepEqual((await port.page(conversation, { limit: 9 })).slice(1), [best, withdrawn]);
      assert.deepEqual(await port.head(conversation), withdrawn);
    },
  },
  {
    id: "amend-after-confirmation",
    title: "what was confirmed may be corrected, and what it said first is kept",
    invariants: ["MR-12"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const said = await insertNext(port, drafts.standInMessage(high, low));
      const confirmed = await port.amend(said.id, { verdict: "confirmed", content: said.content });
      assert.deepEqual([confirmed?.verdict, confirmed?.content, confirmed?.rev], ["confirmed", said.content, 1]);
      const withdrawn = await port.amend(said.id, { verdict: "withdrawn", content: "" });
      assert.deepEqual(withdrawn, {
        ...said,
        verdict: "withdrawn",
        content: "",
        previousContent: said.content,
        rev: 2,
      });
    },
  },
  {
    id: "amend-refused",
    title: "what was withdrawn, a person's message, or none: null, and nothing changes",
    invariants: ["MR-12"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const person = await store(port, drafts.message(low, high));
      const said = await insertNext(port, drafts.standInMessage(high, low));
      const withdrawn = await port.amend(said.id, { verdict: "withdrawn", content: "" });
      const change = { verdict: "confirmed", content: "Changed" } as const;
      for (const id of [said.id, person.id, drafts.id()]) assert.equal(await port.amend(id, change), null);
      assert.deepEqual(await port.page(conversation, { limit: 9 }), [person, withdrawn]);
      assert.equal(await port.lastRev(conversation), 1);
    },
  },
  {
    id: "changed-after",
    title: "the messages changed after a change, each once, by the number of its last change, within the limit",
    invariants: ["MR-12"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const third = drafts.id();
      const ids: string[] = [];
      for (const _ of numbers(1, 3)) ids.push((await insertNext(port, drafts.standInMessage(high, low))).id);
      const elsewhere = await insertNext(port, drafts.standInMessage(high, third));
      const [a = "", b = "", c = ""] = ids;
      for (const [index, id] of [c, a, c, b].entries())
        await port.amend(id, { verdict: "corrected", content: `Change ${index + 1}` });
      assert.equal((await port.amend(elsewhere.id, { verdict: "confirmed", content: elsewhere.content }))?.rev, 1);
      const changes = async (rev: number, limit: number): Promise<unknown[]> =>
        (await port.changedAfter(conversation, rev, limit)).map((message) => [
          message.id,
          message.rev,
          message.content,
        ]);
      const [second, thirdChange, fourth] = [
        [a, 2, "Change 2"],
        [c, 3, "Change 3"],
        [b, 4, "Change 4"],
      ];
      assert.deepEqual(await changes(0, 9), [second, thirdChange, fourth]);
      assert.deepEqual(await changes(2, 9), [thirdChange, fourth]);
      assert.deepEqual(await changes(0, 2), [second, thirdChange]);
      assert.deepEqual(await changes(4, 9), []);
      assert.deepEqual(await port.changedAfter(conversationOf(low, third), 0, 9), []);
      assert.equal(await port.lastRev(conversation), 4);
    },
  },
];
