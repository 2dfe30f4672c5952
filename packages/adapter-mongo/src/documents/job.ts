import type {
  ConversationId,
  Decision,
  Generator,
  Id,
  JobState,
  StandInAnswer,
  StandInJob,
  StandInJobDraft,
} from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { type Present, present, storedText, toObjectId } from "../values.ts";

interface AnswerDocument {
  readonly id: ObjectId;
  readonly content: string;
  readonly at: Date;
  readonly label: string;
  readonly generator: Generator;
  readonly notice: boolean;
  readonly decision: StandInAnswer["decision"];
  readonly detail: string | null;
}

/** The part `job` of a document of `messages`: what the message says of it already is not said again. */
export type JobDocument = Present<{
  readonly owner: ObjectId;
  readonly period: number;
  readonly state: JobState;
  readonly wakeAt: Date | null;
  readonly decision: Decision | null;
  readonly detail: string | null;
  readonly claim: string | null;
  readonly answer: AnswerDocument | null;
  /** {@link lockOf}, while the job is running or committing: unique, so that one of a conversation and owner is. */
  readonly lock: string | null;
}>;

/** What a message that has a job says of it. */
interface Trigger {
  readonly _id: ObjectId;
  readonly conversation: ConversationId;
  readonly seq: number;
  readonly sender: ObjectId;
  readonly timestamp: Date;
  readonly job: JobDocument;
}

export const hasJob = <Stored extends { readonly job?: JobDocument }>(
  message: Stored,
): message is Stored & Pick<Trigger, "job"> => message.job !== undefined;

/** What only one job at a time may hold. */
export const lockOf = (conversation: ConversationId, owner: Id): string => `${conversation} ${owner}`;

export const answerDocument = (answer: StandInAnswer): AnswerDocument => ({
  id: toObjectId(answer.id),
  content: storedText(answer.content),
  at: new Date(answer.at),
  label: storedText(answer.label),
  generator: { ...answer.generator },
  notice: answer.notice,
  decision: answer.decision,
  detail: answer.detail,
});

const answerFrom = ({ id, at, generator, ...rest }: AnswerDocument): StandInAnswer => ({
  id: id.toHexString(),
  content: rest.content,
  at: at.getTime(),
  label: rest.label,
  generator: { ...generator },
  notice: rest.notice,
  decision: rest.decision,
  detail: rest.detail,
});

export const jobFrom = ({ _id, conversation, seq, sender, timestamp, job }: Trigger): StandInJob => ({
  trigger: _id.toHexString(),
  conversation,
  seq,
  owner: job.owner.toHexString(),
  writer: sender.toHexString(),
  period: job.period,
  at: timestamp.getTime(),
  wakeAt: job.wakeAt?.getTime() ?? null,
  state: job.state,
  decision: job.decision ?? null,
  detail: job.detail ?? null,
  claim: job.claim ?? null,
  answer: job.answer === undefined ? null : answerFrom(job.answer),
});

/** The job of a new message. One that is decided never wakes. */
export const firstJobDocument = ({ owner, period, wakeAt, decision }: StandInJobDraft): JobDocument =>
  present({
    owner: toObjectId(owner),
    period,
    state: decision === null ? ("pending" as const) : ("dropped" as const),
    wakeAt: decision === null && wakeAt !== null ? new Date(wakeAt) : null,
    decision,
    detail: null,
    claim: null,
    answer: null,
    lock: null,
  });
