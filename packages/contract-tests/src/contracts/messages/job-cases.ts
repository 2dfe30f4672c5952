import assert from "node:assert/strict";
import { createDrafts, noon } from "../../drafts.ts";
import { numbers } from "../../expectations.ts";
import { claimed, claimMs, createPair, type MessageCase, storeJob, triggersOf } from "./message-case.ts";

const claimEnd = noon + claimMs;
const later = claimEnd + claimMs;

/** Which jobs there are to do, and who does them. */
export const jobCases: readonly MessageCase[] = [
  {
    id: "due-jobs",
    title: "pending jobs, and claims that ended, which somebody must look at by now, earliest first",
    invariants: ["MR-20"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const add = (wakeAt: number): ReturnType<typeof storeJob> =>
        storeJob(port, drafts.message(drafts.id(), owner), drafts.job(owner, { wakeAt }));
      // Stored in an order that is not that of their time; each in a conversation of its own.
      const third = await add(noon);
      const first = await add(noon - 2_000);
      const future = await add(noon + 1);
      const second = await add(noon - 1_000);
      const due = async (now: number, limit = 99): Promise<string[]> => triggersOf(await port.dueJobs(now, limit));
      assert.deepEqual(await due(noon), triggersOf([first, second, third]));
      assert.deepEqual(await due(noon, 2), triggersOf([first, second]));
      assert.deepEqual(await due(noon - 2_001), []);
      // Running and committing ones are due when their claim ends.
      await claimed(port, first, "worker-1");
      await claimed(port, second, "worker-2");
      await port.commitJob(second.trigger, "worker-2", drafts.answer(), claimEnd + 5);
      assert.deepEqual(await due(claimEnd - 1), triggersOf([third, future]));
      assert.deepEqual(await due(claimEnd + 5), triggersOf([third, future, first, second]));
      // What has ended is never due.
      await port.endJob(second.trigger, { state: "done", decision: "answered", detail: null, worker: null });
      await port.dropJobs({ owner }, "owner-returned");
      assert.deepEqual(await due(noon + 86_400_000), []);
    },
  },
  {
    id: "next-wake",
    title: "the earliest moment at which somebody must look at any job",
    invariants: [],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      assert.equal(await port.nextWake(), null);
      await storeJob(port, drafts.message(low, high), drafts.job(high, { wakeAt: noon + 9_000 }));
      assert.equal(await port.nextWake(), noon + 9_000);
      const soon = await storeJob(port, drafts.message(drafts.id(), high), drafts.job(high, { wakeAt: noon }));
      assert.equal(await port.nextWake(), noon);
      await claimed(port, soon, "worker-1");
      assert.equal(await port.nextWake(), claimEnd);
      await port.renewJob(soon.trigger, "worker-1", noon + 60_000);
      assert.equal(await port.nextWake(), noon + 9_000);
      await port.dropJobs({ owner: high }, "owner-returned");
      assert.equal(await port.nextWake(), null);
      await storeJob(port, drafts.message(low, high), drafts.job(high, { wakeAt: null, decision: "off" }));
      assert.equal(await port.nextWake(), null);
    },
  },
  {
    id: "pending-batch",
    title: "the oldest and the newest pending job of a conversation and owner",
    invariants: [],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      assert.equal(await port.pendingBatch(conversation, high), null);
      const jobs = [];
      // The later a message, the earlier its job is due.
      for (const number of numbers(1, 4))
        jobs.push(await storeJob(port, drafts.message(low, high), drafts.job(high, { wakeAt: noon - number })));
      const [one, two, three, four] = jobs;
      await storeJob(port, drafts.message(low, high), drafts.job(high, { wakeAt: null, decision: "loop" }));
      await storeJob(port, drafts.message(drafts.id(), high), drafts.job(high));
      await storeJob(port, drafts.message(high, low), drafts.job(low));
      assert.deepEqual(await port.pendingBatch(conversation, high), { first: one, last: four });
      if (one !== undefined) await claimed(port, one, "worker-1");
      assert.deepEqual(await port.pendingBatch(conversation, high), { first: two, last: four });
      await port.mergeJobs(conversation, high, four?.seq ?? 0);
      assert.deepEqual(await port.pendingBatch(conversation, high), { first: four, last: four });
      assert.ok(three !== undefined);
      await port.dropJobs({ owner: high, conversation }, "owner-returned");
      assert.equal(await port.pendingBatch(conversation, high), null);
    },
  },
  {
    id: "claim",
    title: "a pending job runs for the worker that claimed it, until the end of its claim",
    invariants: ["MR-21"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      const running = { ...job, state: "running", claim: "worker-1", wakeAt: claimEnd };
      assert.deepEqual(await claimed(port, job, "worker-1"), running);
      assert.deepEqual(await port.job(job.trigger), running);
      const claim = { worker: "worker-2", now: claimEnd - 1, until: later };
      assert.equal(await port.claimJob(job.trigger, claim), null);
      assert.deepEqual(await port.job(job.trigger), running);
    },
  },
  {
    id: "claim-takes-over",
    title: "a running job whose claim ended may be taken over",
    invariants: ["MR-21"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      await claimed(port, job, "worker-1");
      const taken = await port.claimJob(job.trigger, { worker: "worker-2", now: claimEnd, until: later });
      assert.deepEqual(taken, { ...job, state: "running", claim: "worker-2", wakeAt: later });
      assert.deepEqual(await port.job(job.trigger), taken);
    },
  },
  {
    id: "claim-one-at-a-time",
    title: "no job is claimed while another of the same conversation and owner is running or committing",
    invariants: ["MR-21"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const first = await storeJob(port, drafts.message(low, high), drafts.job(high));
      const second = await storeJob(port, drafts.message(low, high), drafts.job(high));
      const claimSecond = async (now: number): Promise<unknown> =>
        port.claimJob(second.trigger, { worker: "worker-2", now, until: later });
      await claimed(port, first, "worker-1");
      assert.equal(await claimSecond(noon), null);
      // Also when its claim ended: it is to be taken over first.
      assert.equal(await claimSecond(claimEnd), null);
      await port.commitJob(first.trigger, "worker-1", drafts.answer(), claimEnd);
      assert.equal(await claimSecond(claimEnd), null);
      assert.deepEqual(await port.job(second.trigger), second);
      await port.endJob(first.trigger, { state: "done", decision: "answered", detail: null, worker: null });
      assert.notEqual(await claimSecond(noon), null);
    },
  },
  {
    id: "claim-side-by-side",
    title: "jobs of other conversations, and of the other person here, run at the same time",
    invariants: ["MR-21"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const third = drafts.id();
      const jobs = [
        await storeJob(port, drafts.message(low, high), drafts.job(high)),
        await storeJob(port, drafts.message(high, low), drafts.job(low)),
        await storeJob(port, drafts.message(third, high), drafts.job(high)),
      ];
      for (const job of jobs) await claimed(port, job, "worker-1");
      for (const job of jobs) assert.equal((await port.job(job.trigger))?.state, "running");
    },
  },
  {
    id: "claim-refused",
    title: "a job that is committing, done, dropped or none is claimed by nobody",
    invariants: ["MR-21"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const claim = { worker: "worker-2", now: later, until: later + claimMs };
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      await claimed(port, job, "worker-1");
      await port.commitJob(job.trigger, "worker-1", drafts.answer(), claimEnd);
      assert.equal(await port.claimJob(job.trigger, claim), null, "committing");
      await port.endJob(job.trigger, { state: "done", decision: "answered", detail: null, worker: null });
      assert.equal(await port.claimJob(job.trigger, claim), null, "done");
      const dropped = await storeJob(
        port,
        drafts.message(low, high),
        drafts.job(high, { decision: "off", wakeAt: null }),
      );
      assert.equal(await port.claimJob(dropped.trigger, claim), null, "dropped");
      assert.equal(await port.claimJob(drafts.id(), claim), null, "none");
      assert.deepEqual(await port.job(dropped.trigger), dropped);
    },
  },
  {
    id: "renew",
    title: "moves the end of the worker's own claim, as long as the job runs under it",
    invariants: ["MR-23"],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      const job = await storeJob(port, drafts.message(low, high), drafts.job(high));
      assert.equal(await port.renewJob(job.trigger, "worker-1", claimEnd), false, "pending");
      const running = await claimed(port, job, "worker-1");
      assert.equal(await port.renewJob(job.trigger, "worker-2", later), false, "another worker's");
      assert.equal(await port.renewJob(drafts.id(), "worker-1", later), false, "none");
      assert.deepEqual(await port.job(job.trigger), running);
      assert.equal(await port.renewJob(job.trigger, "worker-1", later), true);
      assert.deepEqual(await port.job(job.trigger), { ...running, wakeAt: later });
      assert.equal(await port.claimJob(job.trigger, { worker: "worker-2", now: later - 1, until: later }), null);
    },
  },
  {
    id: "renew-lost",
    title: "a claim that was taken over, committed or dropped is not renewed",
    invariants: ["MR-23"],
    async run({ port }) {
      const drafts = createDrafts();
      const owner = drafts.id();
      const add = (): ReturnType<typeof storeJob> =>
        storeJob(port, drafts.message(drafts.id(), owner), drafts.job(owner));
      const [taken, committing, dropped] = [await add(), await add(), await add()];
      for (const job of [taken, committing, dropped]) await claimed(port, job, "worker-1");
      await port.claimJob(taken.trigger, { worker: "worker-2", now: claimEnd, until: later });
      await port.commitJob(committing.trigger, "worker-1", drafts.answer(), claimEnd);
      await port.dropJobs({ owner, conversation: dropped.conversation }, "owner-returned");
      for (const job of [taken, committing, dropped]) {
        const before = await port.job(job.trigger);
        assert.equal(await port.renewJob(job.trigger, "worker-1", later + 1), false, before?.state);
        assert.deepEqual(await port.job(job.trigger), before);
      }
    },
  },
];
