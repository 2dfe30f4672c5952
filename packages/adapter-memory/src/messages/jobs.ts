import type {
  ConversationId,
  Decision,
  Id,
  JobFilter,
  MessageRepository,
  PendingBatch,
  StandInAnswer,
  StandInJob,
} from "@standin/core/ports";
import { firstOf } from "../first-of.ts";
import { closeJob, openJobs, openJobsOf, putJob } from "./job-records.ts";
import { copyJob, type MessageState } from "./message-state.ts";

type Jobs = Pick<
  MessageRepository,
  | "job"
  | "dueJobs"
  | "nextWake"
  | "pendingBatch"
  | "claimJob"
  | "renewJob"
  | "mergeJobs"
  | "commitJob"
  | "endJob"
  | "dropJobs"
  | "committingJobs"
  | "decisions"
>;

/** The stand-in's jobs: `pending → running → committing → done | dropped`. */
export const createJobs = (state: MessageState): Jobs => ({
  async job(trigger: Id): Promise<StandInJob | null> {
    return copyJob(state.jobs.get(trigger) ?? null);
  },

  async dueJobs(now: number, limit: number): Promise<readonly StandInJob[]> {
    return openJobs(state)
      .filter((job) => wakeOf(job) <= now)
      .sort((one, other) => wakeOf(one) - wakeOf(other))
      .slice(0, limit)
      .map(copyJob);
  },

  async nextWake(): Promise<number | null> {
    const next = openJobs(state).reduce((earliest, job) => Math.min(earliest, wakeOf(job)), never);
    return next === never ? null : next;
  },

  async pendingBatch(conversation: ConversationId, owner: Id): Promise<PendingBatch | null> {
    const pending = openJobsIn(state, { owner, conversation }).filter((job) => job.state === "pending");
    const [first] = pending;
    const last = pending.at(-1);
    return first === undefined || last === undefined ? null : { first: copyJob(first), last: copyJob(last) };
  },

  async claimJob(trigger: Id, { worker, now, until }): Promise<StandInJob | null> {
    const job = state.jobs.get(trigger);
    if (job === undefined || !isClaimable(job, now)) return null;
    const others = openJobsIn(state, job).filter((other) => other.trigger !== trigger);
    if (others.some((other) => other.state === "running" || other.state === "committing")) return null;
    return copyJob(putJob(state, { ...job, state: "running", claim: worker, wakeAt: until }));
  },

  async renewJob(trigger: Id, worker: string, until: number): Promise<boolean> {
    const job = runningUnder(state, trigger, worker);
    if (job === null) return false;
    putJob(state, { ...job, wakeAt: until });
    return true;
  },

  async mergeJobs(conversation: ConversationId, owner: Id, beforeSeq: number): Promise<void> {
    for (const job of openJobsIn(state, { owner, conversation }))
      if (job.state === "pending" && job.seq < beforeSeq)
        closeJob(state, job, { state: "dropped", decision: "merged", detail: null });
  },

  async commitJob(trigger: Id, worker: string, answer: StandInAnswer, until: number): Promise<StandInJob | null> {
    const job = runningUnder(state, trigger, worker);
    if (job === null) return null;
    return copyJob(putJob(state, copyJob({ ...job, state: "committing", answer, wakeAt: until })));
  },

  async endJob(trigger: Id, end): Promise<boolean> {
    const job = state.jobs.get(trigger);
    const mayDrop = end.state === "dropped" && end.worker !== null && runningUnder(state, trigger, end.worker) !== null;
    if (job === undefined || !(job.state === "committing" || mayDrop)) return false;
    closeJob(state, job, end);
    return true;
  },

  async dropJobs(filter: JobFilter, decision: Decision): Promise<readonly StandInJob[]> {
    const jobs = openJobsIn(state, filter);
    const committing = jobs.filter((job) => job.state === "committing");
    for (const job of jobs)
      if (job.state !== "committing") closeJob(state, job, { state: "dropped", decision, detail: null });
    return committing.map(copyJob);
  },

  async committingJobs(limit: number): Promise<readonly StandInJob[]> {
    const committing = openJobs(state).filter((job) => job.state === "committing");
    return committing.slice(0, limit).map(copyJob);
  },

  async decisions(owner: Id, before: Id | null, limit: number): Promise<readonly StandInJob[]> {
    const triggers = state.triggersOf.get(owner)?.before(before) ?? [];
    const decided = firstOf(triggers, limit, (trigger) => (state.jobs.get(trigger)?.decision ?? null) !== null);
    return decided.flatMap((trigger) => copyJob(state.jobs.get(trigger) ?? null) ?? []);
  },
});

const never = Number.POSITIVE_INFINITY;

const wakeOf = (job: StandInJob): number => job.wakeAt ?? never;

const isClaimable = (job: StandInJob, now: number): boolean =>
  job.state === "pending" || (job.state === "running" && wakeOf(job) <= now);

const openJobsIn = (state: MessageState, { owner, conversation }: JobFilter): StandInJob[] =>
  openJobsOf(state, owner).filter((job) => conversation === undefined || job.conversation === conversation);

const runningUnder = (state: MessageState, trigger: Id, worker: string): StandInJob | null => {
  const job = state.jobs.get(trigger);
  return job?.state === "running" && job.claim === worker ? job : null;
};
