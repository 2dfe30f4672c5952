import assert from "node:assert/strict";
import { conversationOf } from "@standin/core/ports";
import { createDrafts, noon } from "../../drafts.ts";
import { deface, numbers } from "../../expectations.ts";
import { createPair, insertNext, type MessageCase, seqsOf, store, storeJob } from "./message-case.ts";

/** How messages come into the store. */
export const appendCases: readonly MessageCase[] = [
  {
    id: "isolation",
    title: "two subjects see nothing of each other",
    invariants: ["MR-02"],
    async run({ port }, another) {
      const { drafts, low, high, conversation } = createPair();
      const { port: other } = await another();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      assert.equal(await other.find(job.trigger), null);
      assert.equal(await other.head(conversation), null);
      assert.deepEqual(await other.page(conversation, { limit: 10 }), []);
      assert.deepEqual((await other.conversations(high, { limit: 10, cursor: null })).conversations, []);
      assert.equal(await other.job(job.trigger), null);
      assert.deepEqual(await other.dueJobs(noon, 10), []);
      assert.notEqual(await other.epoch(), await port.epoch());
    },
  },
  {
    id: "ping",
    title: "a store that works says so",
    invariants: [],
    run: ({ port }) => port.ping(),
  },
  {
    id: "epoch",
    title: "the epoch stays the same until there is a new one",
    invariants: ["MR-02"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const first = await port.epoch();
      assert.ok(first.length >= 8, "An epoch is a random string");
      await store(port, drafts.message(low, high));
      assert.equal(await port.epoch(), first);
      const second = await port.newEpoch();
      assert.notEqual(second, first);
      assert.equal(await port.epoch(), second);
    },
  },
  {
    id: "append",
    title: "a message is stored as drafted, with its place, and found everywhere",
    invariants: ["MR-03"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const draft = drafts.message(high, low, {
        content: "Grüße 🦊\nzweite Zeile 'quoted' \"quoted\" \\ %s $1",
        clientMsgId: "client-1",
        period: 3,
        messageOnly: true,
        generator: { provider: "openai", model: "gpt" },
        inReplyTo: drafts.id(),
      });
      const message = { ...draft, seq: 1, counts: [0, 1], rev: null };
      assert.deepEqual(await port.append(draft, null), { outcome: "stored", message, job: null });
      assert.deepEqual(await port.find(draft.id), message);
      assert.deepEqual(await port.head(conversation), message);
      assert.deepEqual(await port.page(conversation, { limit: 10 }), [message]);
      assert.equal(await port.job(draft.id), null);
    },
  },
  {
    id: "append-numbers",
    title: "numbers each conversation 1, 2, 3 …, both directions together",
    invariants: ["MR-03"],
    async run({ port }) {
      const drafts = createDrafts();
      const [ada, bob, cy] = [drafts.id(), drafts.id(), drafts.id()];
      const seqs: number[] = [];
      for (const [from, to] of [
        [ada, bob],
        [bob, ada],
        [ada, cy],
        [ada, bob],
        [cy, ada],
        [ada, ada],
        [ada, bob],
      ] as const)
        seqs.push((await store(port, drafts.message(from, to))).seq);
      assert.deepEqual(seqs, [1, 2, 1, 3, 2, 1, 4]);
      assert.deepEqual(seqsOf(await port.page(conversationOf(ada, bob), { limit: 10 })), numbers(1, 4));
    },
  },
  {
    id: "order-by-commit",
    title: "the order is that of the commits, whatever `at` and the ids say",
    invariants: ["MR-04"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const ids = numbers(1, 6).map(() => drafts.id());
      const [first = "", second = "", third = "", fourth = "", fifth = "", sixth = ""] = ids;
      const committed = [third, first, sixth, second, fifth, fourth];
      for (const [index, id] of committed.entries()) {
        const [from, to] = index % 2 === 0 ? [low, high] : [high, low];
        await store(port, drafts.message(from, to, { id, at: noon - index * 60_000 }));
      }
      const page = await port.page(conversation, { limit: 10 });
      assert.deepEqual(
        page.map(({ id }) => id),
        committed,
      );
      assert.deepEqual(seqsOf(page), numbers(1, 6));
      assert.equal((await port.head(conversation))?.id, fourth);
      assert.equal((await port.lastInPerson(conversation, low))?.id, fifth);
    },
  },
  {
    id: "repeated",
    title: "the same send again is answered as the first time, and stores nothing",
    invariants: ["MR-05"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const draft = drafts.message(low, high, { clientMsgId: "client-1" });
      const message = await store(port, draft);
      await store(port, drafts.message(high, low));
      const again = { ...draft, id: drafts.id(), at: draft.at + 60_000, period: 4, blocked: true };
      assert.deepEqual(await port.append(again, null), { outcome: "repeated", message });
      assert.equal(await port.find(again.id), null);
      assert.deepEqual(seqsOf(await port.page(conversation, { limit: 10 })), [1, 2]);
      assert.equal((await store(port, drafts.message(low, high))).seq, 3);
    },
  },
  {
    id: "repeated-unknown-outcome",
    title: "the same call again tells whether the first was stored, also without clientMsgId",
    invariants: [],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      for (const clientMsgId of [null, "client-1"]) {
        const draft = drafts.message(low, high, { clientMsgId });
        const message = await store(port, draft);
        assert.deepEqual(await port.append(draft, null), { outcome: "repeated", message });
      }
      assert.deepEqual(seqsOf(await port.page(conversation, { limit: 10 })), [1, 2]);
    },
  },
  {
    id: "conflict",
    title: "the same clientMsgId with other content or recipient is a conflict, and stores nothing",
    invariants: ["MR-05"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const third = drafts.id();
      const draft = drafts.message(low, high, { clientMsgId: "client-1" });
      const message = await store(port, draft);
      const otherContent = { ...draft, id: drafts.id(), content: `${draft.content} ` };
      const otherRecipient = { ...drafts.message(low, third, { clientMsgId: "client-1" }), content: draft.content };
      for (const refused of [otherContent, otherRecipient]) {
        assert.deepEqual(await port.append(refused, drafts.job(refused.recipient)), { outcome: "conflict" });
        assert.equal(await port.find(refused.id), null);
        assert.equal(await port.job(refused.id), null);
      }
      assert.deepEqual(await port.page(conversation, { limit: 10 }), [message]);
      assert.equal(await port.head(conversationOf(low, third)), null);
    },
  },
  {
    id: "client-ids-apart",
    title: "a clientMsgId is its sender's own; equal messages without one are two messages",
    invariants: ["MR-05"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const content = "ok";
      await store(port, drafts.message(low, high, { content, clientMsgId: "client-1" }));
      await store(port, drafts.message(high, low, { content, clientMsgId: "client-1" }));
      await store(port, drafts.message(low, high, { content, clientMsgId: "client-2" }));
      await store(port, drafts.message(low, high, { content }));
      await store(port, drafts.message(low, high, { content }));
      assert.deepEqual(seqsOf(await port.page(conversation, { limit: 10 })), numbers(1, 5));
    },
  },
  {
    id: "counts",
    title: "counts go on from the message before; a blocked one, or one to oneself, adds nothing",
    invariants: ["MR-07"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const counts: (readonly [number, number])[] = [];
      for (const draft of [
        drafts.message(low, high),
        drafts.message(high, low),
        drafts.message(low, high, { blocked: true }),
        drafts.message(low, high),
        drafts.message(high, low, { blocked: true }),
      ])
        counts.push((await store(port, draft)).counts);
      counts.push((await insertNext(port, drafts.standInMessage(high, low))).counts);
      counts.push((await store(port, drafts.message(low, high))).counts);
      assert.deepEqual(counts, [
        [1, 0],
        [1, 1],
        [1, 1],
        [2, 1],
        [2, 1],
        [2, 2],
        [3, 2],
      ]);
      assert.deepEqual(
        (await port.page(conversation, { limit: 10 })).map((message) => message.counts),
        counts,
      );
      const self = conversationOf(low, low);
      await store(port, drafts.message(low, low));
      assert.deepEqual(await port.readPosition(self, low), { readSeq: 0, unread: 0 });
    },
  },
  {
    id: "job-with-message",
    title: "a job is stored with its message, pending, or dropped from the start when it was decided",
    invariants: ["MR-08"],
    async run({ port }) {
      const { drafts, low: writer, high: owner, conversation } = createPair();
      await store(port, drafts.message(owner, writer));
      const open = drafts.message(writer, owner);
      const decided = drafts.message(writer, owner);
      const jobOf = (trigger: typeof open, seq: number): object => ({
        trigger: trigger.id,
        conversation,
        seq,
        owner,
        writer,
        period: 6,
        at: trigger.at,
        wakeAt: noon + 5,
        state: "pending",
        decision: null,
        detail: null,
        claim: null,
        answer: null,
      });
      const pending = await storeJob(port, open, drafts.job(owner, { period: 6, wakeAt: noon + 5 }));
      assert.deepEqual(pending, jobOf(open, 2));
      assert.deepEqual(await port.job(open.id), pending);
      const dropped = await storeJob(port, decided, drafts.job(owner, { period: 6, wakeAt: null, decision: "off" }));
      assert.deepEqual(dropped, { ...jobOf(decided, 3), wakeAt: null, state: "dropped", decision: "off" });
      assert.deepEqual(await port.job(decided.id), dropped);
      assert.equal(await port.job(drafts.id()), null);
    },
  },
  {
    id: "job-of-the-first-time",
    title: "a repeated send keeps the job of the first time, or its having none",
    invariants: ["MR-05", "MR-08"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const withJob = drafts.message(low, high, { clientMsgId: "with" });
      const without = drafts.message(low, high, { clientMsgId: "without" });
      const job = await storeJob(port, withJob, drafts.job(high));
      await store(port, without);
      for (const draft of [withJob, without]) {
        const again = { ...draft, id: drafts.id() };
        assert.equal((await port.append(again, drafts.job(high, { period: 9, wakeAt: noon + 9 }))).outcome, "repeated");
        assert.equal(await port.job(again.id), null);
      }
      assert.deepEqual(await port.job(withJob.id), job);
      assert.equal(await port.job(without.id), null);
      assert.deepEqual(await port.dueJobs(noon + 60_000, 10), [job]);
    },
  },
  {
    id: "copies",
    title: "nobody can change a stored message or job from outside",
    invariants: ["MR-01"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const [draft, jobDraft] = [drafts.message(low, high, { clientMsgId: "client-1" }), drafts.job(high)];
      const answerDraft = drafts.standInMessage(high, low);
      const { id } = answerDraft;
      const trigger = draft.id;
      deface(await port.append(draft, jobDraft));
      deface(draft);
      deface(jobDraft);
      assert.equal(await port.insertAt(2, answerDraft, null), "inserted");
      deface(answerDraft);
      const claim = { worker: "worker-1", now: noon, until: noon + 3_000 };
      deface(await port.claimJob(trigger, claim));
      const answer = drafts.answer();
      deface(await port.commitJob(trigger, "worker-1", answer, noon + 3_000));
      deface(answer);
      deface(await port.amend(id, { verdict: "corrected", content: "Other" }));
      const state = async (): Promise<object> =>
        structuredClone({ page: await port.page(conversation, { limit: 9 }), job: await port.job(trigger) });
      const before = await state();
      assert.ok(!JSON.stringify(before).includes("defaced"), "What was given or handed out is what is stored");
      for (const read of [
        port.find(id),
        port.head(conversation),
        port.page(conversation, { limit: 9 }),
        port.changedAfter(conversation, 0, 9),
        port.lastInPerson(conversation, low),
        port.standInMessages(conversation, high, 9),
        port.conversations(low, { limit: 9, cursor: null }),
        port.readPosition(conversation, low),
        port.job(trigger),
        port.dueJobs(noon + 60_000, 9),
        port.committingJobs(9),
        port.dropJobs({ owner: high }, "owner-returned"),
      ])
        deface(await read);
      assert.deepEqual(await state(), before);
    },
  },
];
