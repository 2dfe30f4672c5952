import type { Decision, Id, Message, StandInJob, StandInJobDraft } from "@standin/core/ports";
import { SortedKeys } from "../sorted-keys.ts";
import { entryOf, type MessageState } from "./message-state.ts";

const isOpen = (job: StandInJob): boolean => job.state !== "done" && job.state !== "dropped";

/** Stores the job, as new or in place of what it was, and keeps the list of those that have not ended. */
export const putJob = (state: MessageState, job: StandInJob): StandInJob => {
  state.jobs.set(job.trigger, job);
  const open = entryOf(state.openTriggersOf, job.owner, () => new Set());
  if (isOpen(job)) open.add(job.trigger);
  else open.delete(job.trigger);
  if (open.size === 0) state.openTriggersOf.delete(job.owner);
  return job;
};

/** The job of a message that is being stored. */
export const addJob = (state: MessageState, trigger: Message, draft: StandInJobDraft): StandInJob => {
  const { owner, period, decision } = draft;
  entryOf(state.triggersOf, owner, () => new SortedKeys()).add(trigger.id);
  return putJob(state, {
    trigger: trigger.id,
    conversation: trigger.conversation,
    seq: trigger.seq,
    owner,
    writer: trigger.sender,
    period,
    at: trigger.at,
    wakeAt: decision === null ? draft.wakeAt : null,
    state: decision === null ? "pending" : "dropped",
    decision,
    detail: null,
    claim: null,
    answer: null,
  });
};

/** Ends a job: nobody works on it, and nobody wakes for it. */
export const closeJob = (
  state: MessageState,
  job: StandInJob,
  end: { readonly state: "done" | "dropped"; readonly decision: Decision; readonly detail: string | null },
): void => {
  const { decision, detail } = end;
  putJob(state, { ...job, state: end.state, decision, detail, wakeAt: null, claim: null });
};

/** The owner's jobs that have not ended, in the order in which their messages were stored. */
export const openJobsOf = (state: MessageState, owner: Id): StandInJob[] =>
  [...(state.openTriggersOf.get(owner) ?? [])].flatMap((trigger) => state.jobs.get(trigger) ?? []);

/** Everybody's jobs that have not ended. */
export const openJobs = (state: MessageState): StandInJob[] =>
  [...state.openTriggersOf.keys()].flatMap((owner) => openJobsOf(state, owner));
