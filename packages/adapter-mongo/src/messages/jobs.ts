import type { Decision, JobFilter, MessageRepository, StandInJob } from "@standin/core/ports";
import type { Filter, FindOneAndUpdateOptions, Sort } from "mongodb";
import { type Access, findList } from "../access.ts";
import { answerDocument, hasJob, jobFrom, lockOf } from "../documents/job.ts";
import type { MessageDocument } from "../documents/message.ts";
import { takenIndexOf } from "../driver-error.ts";
import { indexNames } from "../indexes.ts";
import type { TimeLimit } from "../time-limit.ts";
import { isThe, toObjectId } from "../values.ts";

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

type Where = Filter<MessageDocument>;

const firstJob = (message: MessageDocument | null): StandInJob | null =>
  message !== null && hasJob(message) ? jobFrom(message) : null;

const is = <Value>(value: Value): { readonly $eq: Value } => ({ $eq: value });

const runningUnder = (worker: string): Where => ({ "job.state": is("running"), "job.claim": is(worker) });

const ofOwner = ({ owner, conversation }: JobFilter): Where => ({
  "job.owner": isThe(owner),
  ...(conversation === undefined ? {} : { conversation: is(conversation) }),
});

/** What ending takes away: nobody works on the job, nobody wakes for it, and the next may run. */
const release = { "job.wakeAt": "", "job.claim": "", "job.lock": "" } as const;

const after = (time: TimeLimit): FindOneAndUpdateOptions & { readonly returnDocument: "after" } => ({
  returnDocument: "after",
  ...time.options(),
});

/** The stand-in's jobs, each a part of the message that caused it. Each change of state is one conditional update of that message. */
export const createJobs = ({ messages, run }: Access): Jobs => {
  const listJobs = async (
    filter: Where,
    options: { readonly sort: Sort; readonly limit: number; readonly time: TimeLimit },
  ): Promise<readonly StandInJob[]> => (await findList(messages, filter, options)).filter(hasJob).map(jobFrom);

  const drop = (decision: Decision) => ({
    $set: { "job.state": "dropped", "job.decision": decision } as const,
    $unset: release,
  });

  return {
    job: (trigger) => run(async (time) => firstJob(await messages.findOne({ _id: isThe(trigger) }, time.options()))),
    dueJobs: (now, limit) =>
      run((time) =>
        listJobs({ "job.wakeAt": { $lte: new Date(now) } }, { sort: { "job.wakeAt": 1, _id: 1 }, limit, time }),
      ),
    nextWake: () =>
      run(async (time) => {
        const sort = { "job.wakeAt": 1, _id: 1 } as const;
        const next = await messages.findOne({ "job.wakeAt": { $exists: true } }, { sort, ...time.options() });
        return next?.job?.wakeAt?.getTime() ?? null;
      }),
    pendingBatch: (conversation, owner) =>
      run(async (time) => {
        const pending: Where = { ...ofOwner({ owner, conversation }), "job.state": is("pending") };
        const [first, last] = await Promise.all(
          ([1, -1] as const).map((seq) => messages.findOne(pending, { sort: { seq }, ...time.options() })),
        );
        const [firstOne, lastOne] = [firstJob(first ?? null), firstJob(last ?? null)];
        return firstOne === null || lastOne === null ? null : { first: firstOne, last: lastOne };
      }),
    claimJob: (trigger, { worker, now, until }) =>
      run(async (time) => {
        const job = firstJob(await messages.findOne({ _id: isThe(trigger) }, time.options()));
        if (job === null) return null;
        // As it was found, it is free or never will be for this worker: a state that is left is not come back to.
        const found: Where =
          job.state === "pending"
            ? { "job.state": is("pending") }
            : { "job.state": is("running"), "job.wakeAt": { $lte: new Date(now) } };
        const free: Where = { _id: isThe(trigger), ...found };
        const claim = {
          "job.state": "running",
          "job.claim": worker,
          "job.wakeAt": new Date(until),
          "job.lock": lockOf(job.conversation, job.owner),
        } as const;
        try {
          return firstJob(await messages.findOneAndUpdate(free, { $set: claim }, after(time)));
        } catch (error) {
          if (takenIndexOf(error) === indexNames.lock) return null;
          throw error;
        }
      }),
    renewJob: (trigger, worker, until) =>
      run(async (time) => {
        const own: Where = { _id: isThe(trigger), ...runningUnder(worker) };
        const renewed = await messages.updateOne(own, { $set: { "job.wakeAt": new Date(until) } }, time.options());
        return renewed.matchedCount === 1;
      }),
    mergeJobs: (conversation, owner, beforeSeq) =>
      run(async (time) => {
        const older: Where = {
          ...ofOwner({ owner, conversation }),
          "job.state": is("pending"),
          seq: { $lt: beforeSeq },
        };
        await messages.updateMany(older, drop("merged"), time.options());
      }),
    commitJob: (trigger, worker, answer, until) =>
      run(async (time) => {
        const own: Where = { _id: isThe(trigger), ...runningUnder(worker) };
        const committing = {
          "job.state": "committing",
          "job.answer": answerDocument(answer),
          "job.wakeAt": new Date(until),
        } as const;
        return firstJob(await messages.findOneAndUpdate(own, { $set: committing }, after(time)));
      }),
    endJob: (trigger, { state, decision, detail, worker }) =>
      run(async (time) => {
        const committing: Where = { "job.state": is("committing") };
        const mayEnd =
          state === "dropped" && worker !== null ? { $or: [committing, runningUnder(worker)] } : committing;
        const open: Where = { _id: isThe(trigger), ...mayEnd };
        const result = { "job.state": state, "job.decision": decision };
        const ended = await messages.updateOne(
          open,
          detail === null
            ? { $set: result, $unset: { ...release, "job.detail": "" } }
            : { $set: { ...result, "job.detail": detail }, $unset: release },
          time.options(),
        );
        return ended.matchedCount === 1;
      }),
    dropJobs: (filter, decision) =>
      run(async (time) => {
        // A job goes from pending to running and to committing, never back: what this does not meet, the search after it finds.
        const open: Where = { ...ofOwner(filter), "job.state": { $in: ["pending", "running"] } };
        await messages.updateMany(open, drop(decision), time.options());
        const committing: Where = { ...ofOwner(filter), "job.state": is("committing") };
        return (await messages.find(committing, time.options()).toArray()).filter(hasJob).map(jobFrom);
      }),
    committingJobs: (limit) =>
      run((time) => listJobs({ "job.state": is("committing") }, { sort: { _id: 1 }, limit, time })),
    decisions: (owner, before, limit) =>
      run((time) => {
        const older = before === null ? {} : { _id: { $lt: toObjectId(before) } };
        const decided: Where = { "job.owner": isThe(owner), "job.decision": { $exists: true }, ...older };
        return listJobs(decided, { sort: { _id: -1 }, limit, time });
      }),
  };
};
