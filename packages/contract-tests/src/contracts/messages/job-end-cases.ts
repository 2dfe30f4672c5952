import assert from "node:assert/strict";
import type { Decision, StandInJob } from "@standin/core/ports";
import { createDrafts, noon } from "../../drafts.ts";
import { numbers } from "../../expectations.ts";
import { claimed, claimMs, createPair, type MessageCase, storeJob, triggersOf } from "./message-case.ts";

const claimEnd = noon + claimMs;
const later = claimEnd + claimMs;

/** What a job is when it was dropped. */
const dropped = (job: StandInJob, decision: Decision, detail: string | null = null): StandInJob => ({
  ...job,
  state: "dropped",
  decision,
  detail,
  wakeAt: null,
  claim: null,
});

/** How jobs come to their end. */
export const jobEndCases: readonly MessageCase[] = [
  {
    id: "merge",
    title: "drops the pending jobs of a conversation and owner below a number as merged, and no others",
    invariants: ["MR-24"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const add = (): Promise<StandInJob> => storeJob(port, drafts.message(low, high), drafts.job(high));
      const running = await claimed(port, await add(), "worker-1");
      const [older, at, newer] = [await add(), await add(), await add()];
      const others = await storeJob(port, drafts.message(high, low), drafts.job(low));
      const elsewhere = await storeJob(port, drafts.message(drafts.id(), high), drafts.job(high));
      const decided = await storeJob(
        port,
        drafts.message(low, high),
        drafts.job(high, { decision: "off", wakeAt: null }),
      );
      await port.mergeJobs(conversation, high, at.seq);
      assert.deepEqual(await port.job(older.trigger), dropped(older, "merged"));
      for (const job of [running, at, newer, others, elsewhere, decided])
        assert.deepEqual(await port.job(job.trigger), job);
    },
  },
  {
    id: "commit",
    title: "a running job becomes committing with what will be said",
    invariants: ["MR-25"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      await claimed(port, job, "worker-1");
      const generator = { provider: "template" } as const;
      const failed = { decision: "provider-failed", detail: "timeout (gemini)" } as const;
      const answer = drafts.answer({ generator, notice: true, ...failed });
      const committing = { ...job, state: "committing", claim: "worker-1", wakeAt: later, answer };
      assert.deepEqual(await port.commitJob(job.trigger, "worker-1", answer, later), committing);
      assert.deepEqual(await port.job(job.trigger), committing);
      assert.deepEqual(await port.committingJobs(9), [committing]);
    },
  },
  {
    id: "commit-refused",
    title: "nobody commits but the worker whose claim the job still runs under",
    invariants: ["MR-25"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      const commit = (worker: string): Promise<StandInJob | null> =>
        port.commitJob(job.trigger, worker, drafts.answer(), later);
      assert.equal(await commit("worker-1"), null, "pending");
      assert.deepEqual(await port.job(job.trigger), job);
      await claimed(port, job, "worker-1");
      assert.equal(await commit("worker-2"), null, "another worker's");
      await port.claimJob(job.trigger, { worker: "worker-2", now: claimEnd, until: later });
      assert.equal(await commit("worker-1"), null, "taken over");
      const committing = await commit("worker-2");
      assert.equal(await commit("worker-2"), null, "committing");
      assert.deepEqual(await port.job(job.trigger), committing);
      await port.endJob(job.trigger, { state: "done", decision: "answered", detail: null, worker: null });
      assert.equal(await commit("worker-2"), null, "done");
      assert.equal(await port.commitJob(drafts.id(), "worker-1", drafts.answer(), later), null, "none");
    },
  },
  {
    id: "commit-after-drop",
    title: "what was dropped while it was running is not committed",
    invariants: ["MR-25", "MR-27"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      await claimed(port, job, "worker-1");
      assert.deepEqual(await port.dropJobs({ owner: high }, "owner-returned"), []);
      assert.equal(await port.commitJob(job.trigger, "worker-1", drafts.answer(), later), null);
      assert.deepEqual(await port.job(job.trigger), dropped(job, "owner-returned"));
    },
  },
  {
    id: "end-committing",
    title: "anybody ends what is committing, as done or dropped, once; what was to be said stays on record",
    invariants: ["MR-26"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      for (const [state, decision, worker] of [
        ["done", "answered", null],
        ["done", "notice", "worker-2"],
        ["dropped", "owner-wrote", null],
        ["dropped", "limited", "worker-1"],
      ] as const) {
        const job = await storeJob(port, drafts.message(drafts.id(), owner), drafts.job(owner));
        await claimed(port, job, "worker-1");
        const answer = drafts.answer();
        await port.commitJob(job.trigger, "worker-1", answer, later);
        const end = { state, decision, detail: "timeout (gemini)", worker };
        assert.equal(await port.endJob(job.trigger, end), true);
        const ended = { ...job, state, decision, detail: "timeout (gemini)", wakeAt: null, claim: null, answer };
        assert.deepEqual(await port.job(job.trigger), ended);
        assert.equal(await port.endJob(job.trigger, { ...end, detail: null }), false);
        assert.deepEqual(await port.job(job.trigger), ended);
      }
    },
  },
  {
    id: "end-running",
    title: "what is running is dropped by the worker that holds it, and never done",
    invariants: ["MR-26"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      const running = await claimed(port, job, "worker-1");
      const drop = { state: "dropped", decision: "off", detail: null } as const;
      assert.equal(await port.endJob(job.trigger, { ...drop, worker: "worker-2" }), false, "another worker");
      assert.equal(await port.endJob(job.trigger, { ...drop, worker: null }), false, "nobody in particular");
      assert.equal(await port.endJob(job.trigger, { ...drop, state: "done", worker: "worker-1" }), false, "as done");
      assert.deepEqual(await port.job(job.trigger), running);
      assert.equal(await port.endJob(job.trigger, { ...drop, worker: "worker-1" }), true);
      assert.deepEqual(await port.job(job.trigger), dropped(job, "off"));
    },
  },
  {
    id: "end-refused",
    title: "what is pending, dropped or none is not ended",
    invariants: ["MR-26"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const pending = await storeJob(port, drafts.message(low, high), drafts.job(high));
      const decided = await storeJob(
        port,
        drafts.message(low, high),
        drafts.job(high, { decision: "off", wakeAt: null }),
      );
      for (const trigger of [pending.trigger, decided.trigger, drafts.id()])
        for (const state of ["done", "dropped"] as const)
          for (const worker of ["worker-1", null])
            assert.equal(await port.endJob(trigger, { state, decision: "limited", detail: null, worker }), false);
      assert.deepEqual(await port.job(pending.trigger), pending);
      assert.deepEqual(await port.job(decided.trigger), decided);
    },
  },
  {
    id: "drop-jobs",
    title: "drops what is pending and running, and returns what is committing, which stays",
    invariants: ["MR-27"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, writer] = [drafts.id(), drafts.id()];
      const add = (from: string): Promise<StandInJob> => storeJob(port, drafts.message(from, owner), drafts.job(owner));
      const running = await claimed(port, await add(writer), "worker-1");
      const pending = await add(writer);
      const done = await storeJob(
        port,
        drafts.message(writer, owner),
        drafts.job(owner, { decision: "loop", wakeAt: null }),
      );
      const elsewhere = await add(drafts.id());
      await claimed(port, elsewhere, "worker-2");
      const committing = await port.commitJob(elsewhere.trigger, "worker-2", drafts.answer(), later);
      const others = await storeJob(port, drafts.message(owner, writer), drafts.job(writer));
      assert.deepEqual(await port.dropJobs({ owner }, "owner-returned"), [committing]);
      assert.deepEqual(await port.job(running.trigger), dropped(running, "owner-returned"));
      assert.deepEqual(await port.job(pending.trigger), dropped(pending, "owner-returned"));
      assert.deepEqual(await port.job(elsewhere.trigger), committing);
      assert.deepEqual(await port.job(done.trigger), done);
      assert.deepEqual(await port.job(others.trigger), others);
      assert.deepEqual(await port.dropJobs({ owner: drafts.id() }, "owner-returned"), []);
    },
  },
  {
    id: "drop-jobs-of-conversation",
    title: "with a conversation, drops and returns those of that one only",
    invariants: ["MR-27"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, writer, other] = [drafts.id(), drafts.id(), drafts.id()];
      const job = await storeJob(port, drafts.message(writer, owner), drafts.job(owner));
      const [kept, committing] = [
        await storeJob(port, drafts.message(other, owner), drafts.job(owner)),
        await storeJob(port, drafts.message(drafts.id(), owner), drafts.job(owner)),
      ];
      await claimed(port, committing, "worker-1");
      const said = await port.commitJob(committing.trigger, "worker-1", drafts.answer(), later);
      assert.deepEqual(await port.dropJobs({ owner, conversation: job.conversation }, "message-only"), []);
      assert.deepEqual(await port.job(job.trigger), dropped(job, "message-only"));
      assert.deepEqual(await port.job(kept.trigger), kept);
      assert.deepEqual(await port.dropJobs({ owner, conversation: committing.conversation }, "owner-wrote"), [said]);
    },
  },
  {
    id: "committing-jobs",
    title: "everybody's jobs that are committing, within the limit",
    invariants: [],
    async run({ port }) {
      const drafts = createDrafts();
      assert.deepEqual(await port.committingJobs(9), []);
      const committing = [];
      for (const number of numbers(1, 4)) {
        const owner = drafts.id();
        const job = await storeJob(port, drafts.message(drafts.id(), owner), drafts.job(owner));
        await claimed(port, job, "worker-1");
        if (number === 1) continue;
        await port.commitJob(job.trigger, "worker-1", drafts.answer(), later);
        committing.push(job.trigger);
      }
      assert.deepEqual(triggersOf(await port.committingJobs(9)).sort(), committing);
      assert.equal((await port.committingJobs(2)).length, 2);
      await port.endJob(committing[0] ?? "", { state: "done", decision: "answered", detail: null, worker: null });
      assert.deepEqual(triggersOf(await port.committingJobs(9)).sort(), committing.slice(1));
    },
  },
  {
    id: "decisions",
    title: "an owner's jobs with a decision, newest trigger first by its id, before a trigger, within the limit",
    invariants: ["MR-19"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, writer] = [drafts.id(), drafts.id()];
      const decided = [];
      for (const decision of ["off", "loop", "limited", "blocked"] as const) {
        const from = decision === "loop" ? drafts.id() : writer;
        decided.unshift(
          await storeJob(port, drafts.message(from, owner), drafts.job(owner, { decision, wakeAt: null })),
        );
      }
      await storeJob(port, drafts.message(owner, writer), drafts.job(writer, { decision: "off", wakeAt: null }));
      const open = await storeJob(port, drafts.message(writer, owner), drafts.job(owner));
      assert.deepEqual(await port.decisions(owner, null, 9), decided);
      assert.deepEqual(await port.decisions(owner, null, 2), decided.slice(0, 2));
      assert.deepEqual(await port.decisions(owner, decided[1]?.trigger ?? "", 9), decided.slice(2));
      assert.deepEqual(await port.decisions(owner, open.trigger, 1), decided.slice(0, 1));
      await port.dropJobs({ owner }, "owner-returned");
      assert.deepEqual(await port.decisions(owner, null, 1), [dropped(open, "owner-returned")]);
    },
  },
];
