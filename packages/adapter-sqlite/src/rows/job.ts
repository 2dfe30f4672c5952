import type { Decision, JobState, MessageDraft, StandInAnswer, StandInJob, StandInJobDraft } from "@standin/core/ports";

/** A row of the table `jobs`. */
export interface JobRow {
  /** The id of the message that caused the job. */
  readonly message: string;
  readonly conversation: string;
  readonly seq: number;
  readonly owner: string;
  readonly writer: string;
  readonly period: number;
  readonly at: number;
  readonly wake_at: number | null;
  readonly state: JobState;
  readonly decision: Decision | null;
  readonly detail: string | null;
  readonly claim: string | null;
  /** A StandInAnswer as JSON. */
  readonly answer: string | null;
}

export const jobColumns: readonly (keyof JobRow)[] = [
  "message",
  "conversation",
  "seq",
  "owner",
  "writer",
  "period",
  "at",
  "wake_at",
  "state",
  "decision",
  "detail",
  "claim",
  "answer",
];

export const jobFrom = (row: JobRow): StandInJob => ({
  trigger: row.message,
  conversation: row.conversation,
  seq: row.seq,
  owner: row.owner,
  writer: row.writer,
  period: row.period,
  at: row.at,
  wakeAt: row.wake_at,
  state: row.state,
  decision: row.decision,
  detail: row.detail,
  claim: row.claim,
  answer: row.answer === null ? null : (JSON.parse(row.answer) as StandInAnswer),
});

/** The first row of the job of a message that got the number `seq`. One that is decided never wakes. */
export const firstJobRow = (message: MessageDraft, seq: number, job: StandInJobDraft): JobRow => ({
  message: message.id,
  conversation: message.conversation,
  seq,
  owner: job.owner,
  writer: message.sender,
  period: job.period,
  at: message.at,
  wake_at: job.decision === null ? job.wakeAt : null,
  state: job.decision === null ? "pending" : "dropped",
  decision: job.decision,
  detail: null,
  claim: null,
  answer: null,
});

export const answerColumn = (answer: StandInAnswer): string =>
  JSON.stringify({
    id: answer.id,
    content: answer.content,
    at: answer.at,
    label: answer.label,
    generator: answer.generator,
    notice: answer.notice,
    decision: answer.decision,
    detail: answer.detail,
  } satisfies StandInAnswer);
