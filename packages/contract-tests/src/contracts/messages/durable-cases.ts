import assert from "node:assert/strict";
import { noon } from "../../drafts.ts";
import { reopened } from "../../expectations.ts";
import { claimed, claimMs, createPair, insertNext, type MessageCase, store, storeJob } from "./message-case.ts";

/** What is so after a restart. */
export const durableCases: readonly MessageCase[] = [
  {
    id: "durable-messages",
    title: "messages, changes, read positions and the epoch are the same after a restart, and numbers go on",
    invariants: ["MR-02", "MR-03"],
    capability: "durable",
    async run(subject) {
      const { drafts, low, high, conversation } = createPair();
      const before = subject.port;
      await store(before, drafts.message(low, high));
      const said = await insertNext(before, drafts.standInMessage(high, low));
      await before.amend(said.id, { verdict: "withdrawn", content: "" });
      await before.markRead(conversation, high, 1);
      const epoch = await before.newEpoch();
      const page = await before.page(conversation, { limit: 9 });
      const listed = await before.conversations(high, { limit: 9, cursor: null });
      const after = await reopened(subject);
      assert.equal(await after.epoch(), epoch);
      assert.deepEqual(await after.page(conversation, { limit: 9 }), page);
      assert.deepEqual(await after.conversations(high, { limit: 9, cursor: null }), listed);
      assert.deepEqual(await after.readPosition(conversation, high), { readSeq: 1, unread: 0 });
      assert.equal((await store(after, drafts.message(low, high))).seq, 3);
    },
  },
  {
    id: "durable-repeat",
    title: "a send that is repeated after a restart is answered as the first time",
    invariants: ["MR-05", "MR-06"],
    capability: "durable",
    async run(subject) {
      const { drafts, low, high } = createPair();
      const draft = drafts.message(low, high, { clientMsgId: "client-1" });
      const job = await storeJob(subject.port, draft, drafts.job(high));
      const message = await subject.port.find(draft.id);
      const after = await reopened(subject);
      const again = { ...draft, id: drafts.id() };
      assert.deepEqual(await after.append(again, drafts.job(high)), { outcome: "repeated", message });
      assert.deepEqual(await after.append({ ...again, content: "Other" }, null), { outcome: "conflict" });
      assert.deepEqual(await after.job(draft.id), job);
    },
  },
  {
    id: "durable-jobs",
    title: "jobs are in the same state after a restart, and go on",
    invariants: ["MR-08", "MR-26"],
    capability: "durable",
    async run(subject) {
      const { drafts, low, high } = createPair();
      const [third, fourth] = [drafts.id(), drafts.id()];
      const before = subject.port;
      const pending = await storeJob(before, drafts.message(low, high), drafts.job(high, { wakeAt: noon - 1 }));
      const running = await claimed(
        before,
        await storeJob(before, drafts.message(third, high), drafts.job(high)),
        "worker-1",
      );
      const job = await storeJob(before, drafts.message(fourth, high), drafts.job(high));
      await claimed(before, job, "worker-1");
      const committing = await before.commitJob(job.trigger, "worker-1", drafts.answer(), noon + claimMs);
      const after = await reopened(subject);
      assert.deepEqual(await after.job(pending.trigger), pending);
      assert.deepEqual(await after.job(running.trigger), running);
      assert.deepEqual(await after.committingJobs(9), [committing]);
      assert.equal(await after.nextWake(), noon - 1);
      assert.equal(await after.renewJob(running.trigger, "worker-1", noon + 2 * claimMs), true);
      assert.deepEqual(await after.dropJobs({ owner: high }, "owner-returned"), [committing]);
      const end = { state: "done", decision: "answered", detail: null, worker: null } as const;
      assert.equal(await after.endJob(job.trigger, end), true);
    },
  },
];
