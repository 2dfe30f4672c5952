import type { Id, StandInJob } from "@standin/core/ports";
import type { MessageBreak } from "./message-break.ts";

/** Stores that lead the stand-in astray. */
export const messageJobBreaks: readonly MessageBreak[] = [
  [
    "has the latest job done first",
    ["due-jobs"],
    (store) => ({ dueJobs: async (now, limit) => (await store.dueJobs(now, limit)).toReversed() }),
  ],
  [
    "wakes for pending jobs only",
    ["next-wake"],
    (store) => ({
      async nextWake() {
        const pending = (await store.dueJobs(Number.MAX_SAFE_INTEGER, 1_000)).filter(
          ({ state }) => state === "pending",
        );
        return pending[0]?.wakeAt ?? null;
      },
    }),
  ],
  [
    "takes the oldest job for the newest",
    ["pending-batch"],
    (store) => ({
      async pendingBatch(conversation, owner) {
        const batch = await store.pendingBatch(conversation, owner);
        return batch && { first: batch.last, last: batch.first };
      },
    }),
  ],
  [
    "gives a job to whoever asks",
    ["claim", "claim-one-at-a-time", "claim-refused", "renew", "race-claim", "race-take-over"],
    (store) => ({ claimJob: async (trigger, claim) => (await store.claimJob(trigger, claim)) ?? store.job(trigger) }),
  ],
  [
    "never takes a job from a worker",
    ["claim-takes-over", "renew-lost", "commit-refused"],
    (store) => ({
      claimJob: async (trigger, claim) =>
        (await store.job(trigger))?.state === "running" ? null : store.claimJob(trigger, claim),
    }),
  ],
  [
    "lets two jobs of a conversation run",
    ["claim-one-at-a-time", "race-claim"],
    (store) => {
      const running = new Map<Id, StandInJob>();
      return {
        job: async (trigger) => running.get(trigger) ?? store.job(trigger),
        async claimJob(trigger, claim) {
          const [claimed, job] = [await store.claimJob(trigger, claim), await store.job(trigger)];
          if (claimed !== null || job?.state !== "pending" || running.has(trigger)) return claimed;
          const started: StandInJob = { ...job, state: "running", claim: claim.worker, wakeAt: claim.until };
          running.set(trigger, started);
          return started;
        },
      };
    },
  ],
  [
    "lets one job of an owner run",
    [
      "due-jobs",
      "claim-one-at-a-time",
      "claim-side-by-side",
      "renew-lost",
      "end-committing",
      "drop-jobs",
      "race-claim",
      "race-take-over",
      "race-drop",
      "race-end",
      "durable-jobs",
    ],
    (store) => {
      const busy = new Set<Id>();
      return {
        async claimJob(trigger, claim) {
          const job = await store.job(trigger);
          if (job?.state === "pending" && busy.has(job.owner)) return null;
          const claimed = await store.claimJob(trigger, claim);
          if (claimed !== null) busy.add(claimed.owner);
          return claimed;
        },
      };
    },
  ],
  [
    "renews anybody's claim",
    ["renew", "renew-lost", "race-take-over"],
    (store) => ({
      renewJob: async (trigger, _, until) => store.renewJob(trigger, (await store.job(trigger))?.claim ?? "", until),
    }),
  ],
  [
    "merges the newest job too",
    ["pending-batch", "merge"],
    (store) => ({ mergeJobs: (conversation, owner) => store.mergeJobs(conversation, owner, Number.MAX_SAFE_INTEGER) }),
  ],
  [
    "forgets what will be said",
    ["commit", "commit-refused", "drop-jobs", "drop-jobs-of-conversation", "durable-jobs"],
    (store) => ({
      async commitJob(trigger, worker, answer, until) {
        const job = await store.commitJob(trigger, worker, answer, until);
        return job && { ...job, answer: null };
      },
    }),
  ],
  [
    "commits for anybody",
    ["commit-refused", "race-take-over"],
    (store) => ({
      commitJob: async (trigger, _, answer, until) =>
        store.commitJob(trigger, (await store.job(trigger))?.claim ?? "", answer, until),
    }),
  ],
  [
    "commits what was dropped",
    ["commit-after-drop", "race-drop"],
    (store) => ({
      async commitJob(trigger, worker, answer, until) {
        const [committed, job] = [await store.commitJob(trigger, worker, answer, until), await store.job(trigger)];
        if (job?.state !== "dropped") return committed;
        return { ...job, state: "committing", answer, claim: worker, wakeAt: until, decision: null };
      },
    }),
  ],
  [
    "ends anybody's running job",
    ["end-running"],
    (store) => ({
      endJob: async (trigger, end) =>
        store.endJob(trigger, { ...end, worker: (await store.job(trigger))?.claim ?? null }),
    }),
  ],
  [
    "says that it ended every job",
    ["end-committing", "end-running", "end-refused", "race-end"],
    (store) => ({
      async endJob(trigger, end) {
        await store.endJob(trigger, end);
        return true;
      },
    }),
  ],
  [
    "cancels what is committing",
    ["copies", "drop-jobs", "drop-jobs-of-conversation", "race-drop"],
    (store) => ({
      async dropJobs(filter, decision) {
        for (const { trigger } of await store.dropJobs(filter, decision))
          await store.endJob(trigger, { state: "dropped", decision, detail: null, worker: null });
        return [];
      },
    }),
  ],
  [
    "drops an owner's jobs everywhere",
    ["drop-jobs-of-conversation"],
    (store) => ({ dropJobs: ({ owner }, decision) => store.dropJobs({ owner }, decision) }),
  ],
  [
    "knows of one committing job at a time",
    ["committing-jobs"],
    (store) => ({ committingJobs: () => store.committingJobs(1) }),
  ],
  [
    "tells decisions oldest first",
    ["decisions"],
    (store) => ({
      decisions: async (owner, before, limit) => (await store.decisions(owner, before, limit)).toReversed(),
    }),
  ],
];
