import type { MessageRepository, StandInJob } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { answerColumn, type JobRow, jobFrom } from "../rows/job.ts";

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

const firstJob = (row: JobRow | undefined): StandInJob | null => (row === undefined ? null : jobFrom(row));

/** The stand-in's jobs, in the table `jobs`. Each change of state is one conditional update. */
export const createJobs = ({ prepare, read, write }: Access): Jobs => {
  const byMessage = prepare<JobRow>("SELECT * FROM jobs WHERE message = ?");
  const due = prepare<JobRow>(
    "SELECT * FROM jobs WHERE wake_at IS NOT NULL AND wake_at <= ? ORDER BY wake_at, message LIMIT ?",
  );
  const wake = prepare<{ readonly at: number | null }>("SELECT min(wake_at) AS at FROM jobs WHERE wake_at IS NOT NULL");
  const pendingEnds = prepare<JobRow>(
    `SELECT * FROM (SELECT * FROM jobs WHERE owner = :owner AND state = 'pending' AND conversation = :conversation ORDER BY seq LIMIT 1)
     UNION ALL
     SELECT * FROM (SELECT * FROM jobs WHERE owner = :owner AND state = 'pending' AND conversation = :conversation ORDER BY seq DESC LIMIT 1)`,
  );
  const claim = prepare<JobRow>(
    `UPDATE jobs SET state = 'running', claim = :worker, wake_at = :until
     WHERE message = :message AND (state = 'pending' OR state = 'running' AND wake_at <= :now)
       AND NOT EXISTS (SELECT 1 FROM jobs other WHERE other.conversation = jobs.conversation AND other.owner = jobs.owner
         AND other.state IN ('running', 'committing') AND other.message <> jobs.message)
     RETURNING *`,
  );
  const renew = prepare("UPDATE jobs SET wake_at = ? WHERE message = ? AND state = 'running' AND claim = ?");
  const merge = prepare(
    `UPDATE jobs SET state = 'dropped', decision = 'merged', wake_at = NULL
     WHERE owner = ? AND state = 'pending' AND conversation = ? AND seq < ?`,
  );
  const commit = prepare<JobRow>(
    `UPDATE jobs SET state = 'committing', answer = ?, wake_at = ?
     WHERE message = ? AND state = 'running' AND claim = ? RETURNING *`,
  );
  const end = prepare(
    `UPDATE jobs SET state = :state, decision = :decision, detail = :detail, wake_at = NULL, claim = NULL
     WHERE message = :message
       AND (state = 'committing' OR state = 'running' AND :state = 'dropped' AND claim = :worker)`,
  );
  const drop = (scope: string) =>
    prepare(
      `UPDATE jobs SET state = 'dropped', decision = :decision, wake_at = NULL, claim = NULL
       WHERE owner = :owner AND state IN ('pending', 'running') ${scope}`,
    );
  const committingOf = (scope: string) =>
    prepare<JobRow>(`SELECT * FROM jobs WHERE owner = :owner AND state = 'committing' ${scope}`);
  const inConversation = "AND conversation = :conversation";
  const inOne = { drop: drop(inConversation), committing: committingOf(inConversation) };
  const inAll = { drop: drop(""), committing: committingOf("") };
  const committing = prepare<JobRow>("SELECT * FROM jobs WHERE state = 'committing' ORDER BY message LIMIT ?");
  const decided = prepare<JobRow>(
    "SELECT * FROM jobs WHERE owner = ? AND decision IS NOT NULL ORDER BY message DESC LIMIT ?",
  );
  const decidedBefore = prepare<JobRow>(
    "SELECT * FROM jobs WHERE owner = ? AND decision IS NOT NULL AND message < ? ORDER BY message DESC LIMIT ?",
  );

  return {
    job: (trigger) => read(() => firstJob(byMessage.get(trigger))),
    dueJobs: (now, limit) => read(() => due.all(now, limit).map(jobFrom)),
    nextWake: () => read(() => wake.get()?.at ?? null),
    pendingBatch: (conversation, owner) =>
      read(() => {
        const [first, last] = pendingEnds.all({ conversation, owner });
        return first === undefined || last === undefined ? null : { first: jobFrom(first), last: jobFrom(last) };
      }),
    claimJob: (message, { worker, now, until }) => write(() => firstJob(claim.get({ message, worker, now, until }))),
    renewJob: (message, worker, until) => write(() => renew.run(until, message, worker) === 1),
    mergeJobs: (conversation, owner, beforeSeq) =>
      write(() => {
        merge.run(owner, conversation, beforeSeq);
      }),
    commitJob(message, worker, answer, until) {
      const column = answerColumn(answer);
      return write(() => firstJob(commit.get(column, until, message, worker)));
    },
    endJob: (message, { state, decision, detail, worker }) =>
      write(() => end.run({ message, state, decision, detail, worker }) === 1),
    dropJobs: ({ owner, conversation }, decision) =>
      write(() => {
        const statements = conversation === undefined ? inAll : inOne;
        const scope = conversation === undefined ? { owner } : { owner, conversation };
        statements.drop.run({ ...scope, decision });
        return statements.committing.all(scope).map(jobFrom);
      }),
    committingJobs: (limit) => read(() => committing.all(limit).map(jobFrom)),
    decisions: (owner, before, limit) =>
      read(() => (before === null ? decided.all(owner, limit) : decidedBefore.all(owner, before, limit)).map(jobFrom)),
  };
};
