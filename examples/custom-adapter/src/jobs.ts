import type { Id, JobFilter, Message, MessageRepository, StandInJob, StandInJobDraft } from "@standin/core/ports";
import type { Records } from "./records.ts";

export type Jobs = Pick<
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
export const createJobs = ({ jobs, commit }: Records): Jobs => {
  const jobsWhere = (isMeant: (job: StandInJob) => boolean): StandInJob[] => [...jobs.values()].filter(isMeant);
  const jobsOf = ({ owner, conversation }: JobFilter): StandInJob[] =>
    jobsWhere((job) => job.owner === owner && (conversation === undefined || job.conversation === conversation));
  const runningUnder = (trigger: Id, worker: string | null): StandInJob | undefined =>
    jobsWhere((job) => job.trigger === trigger && job.state === "running" && job.claim === worker)[0];
  const change = (job: StandInJob, fields: Partial<StandInJob>): StandInJob => {
    const changed = { ...job, ...fields };
    commit([{ job: changed }]);
    return changed;
  };

  return {
    job: async (trigger) => jobs.get(trigger) ?? null,
    async dueJobs(now, limit) {
      const due = jobsWhere((job) => wakeOf(job) <= now);
      return due.sort((one, other) => wakeOf(one) - wakeOf(other)).slice(0, limit);
    },
    async nextWake() {
      const earliest = Math.min(...jobsWhere((job) => job.wakeAt !== null).map(wakeOf));
      return earliest === Number.POSITIVE_INFINITY ? null : earliest;
    },
    async pendingBatch(conversation, owner) {
      const pending = jobsOf({ owner, conversation }).filter(({ state }) => state === "pending");
      const [first, last] = [pending[0], pending.at(-1)];
      return first && last ? { first, last } : null;
    },
    async claimJob(trigger, { worker, now, until }) {
      const job = jobs.get(trigger);
      const isFree = job?.state === "pending" || (job?.state === "running" && wakeOf(job) <= now);
      if (job === undefined || !isFree) return null;
      const others = jobsOf(job).filter((other) => other !== job);
      if (others.some(({ state }) => state === "running" || state === "committing")) return null;
      return change(job, { state: "running", claim: worker, wakeAt: until });
    },
    async renewJob(trigger, worker, until) {
      const job = runningUnder(trigger, worker);
      return job !== undefined && change(job, { wakeAt: until }) !== null;
    },
    async mergeJobs(conversation, owner, beforeSeq) {
      const older = jobsOf({ owner, conversation }).filter(({ state, seq }) => state === "pending" && seq < beforeSeq);
      commit(older.map((job) => ({ job: { ...job, ...dropped, decision: "merged" } })));
    },
    async commitJob(trigger, worker, answer, until) {
      const job = runningUnder(trigger, worker);
      return job ? change(job, { state: "committing", answer, wakeAt: until }) : null;
    },
    async endJob(trigger, { state, decision, detail, worker }) {
      const job = jobs.get(trigger);
      const mayEnd =
        job?.state === "committing" || (state === "dropped" && worker !== null && runningUnder(trigger, worker));
      if (job === undefined || !mayEnd) return false;
      change(job, { ...dropped, state, decision, detail });
      return true;
    },
    async dropJobs(filter, decision) {
      const open = jobsOf(filter).filter(({ state }) => state === "pending" || state === "running");
      commit(open.map((job) => ({ job: { ...job, ...dropped, decision } })));
      return jobsOf(filter).filter(({ state }) => state === "committing");
    },
    committingJobs: async (limit) => jobsWhere(({ state }) => state === "committing").slice(0, limit),
    async decisions(owner, before, limit) {
      const decided = jobsOf({ owner }).filter(
        ({ decision, trigger }) => decision !== null && (before === null || trigger < before),
      );
      return decided.sort((one, other) => (one.trigger < other.trigger ? 1 : -1)).slice(0, limit);
    },
  };
};

const dropped = { state: "dropped", claim: null, wakeAt: null } as const;
const wakeOf = ({ wakeAt }: StandInJob): number => wakeAt ?? Number.POSITIVE_INFINITY;

/** The job of a message that is being stored. */
export const jobFor = (message: Message, { owner, period, wakeAt, decision }: StandInJobDraft): StandInJob => {
  const { id: trigger, conversation, seq, sender: writer, at } = message;
  const record = { trigger, conversation, seq, owner, writer, period, at, detail: null, claim: null, answer: null };
  return { ...record, decision, ...(decision === null ? { state: "pending", wakeAt } : dropped) };
};
