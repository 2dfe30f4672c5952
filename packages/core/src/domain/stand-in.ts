import type { ConversationId, Id } from "./ids.ts";
import type { Generator } from "./message.ts";

/** Why the stand-in did or did not answer a message. `self` and `not-busy` leave no record. */
export type Decision =
  | "answered"
  | "notice"
  | "suggested"
  | "merged"
  | "limited"
  | "loop"
  | "blocked"
  | "off"
  | "message-only"
  | "owner-returned"
  | "owner-wrote"
  | "owner-silenced"
  | "budget"
  | "provider-failed"
  | "automatic"
  | "self"
  | "not-busy";

/**
 * `pending → running → committing → done | dropped`. What is committing is always finished, by anybody; it is never
 * cancelled. A message that the stand-in decided at once not to answer has a job that was dropped from the start.
 */
export type JobState = "pending" | "running" | "committing" | "done" | "dropped";

/** What a stand-in is about to say, fixed at the moment of commit so that whoever finishes it says the same. */
export interface StandInAnswer {
  /** The id of the message to be. */
  readonly id: Id;
  readonly content: string;
  readonly at: number;
  readonly label: string;
  readonly generator: Generator;
  readonly notice: boolean;
  /** What is recorded once it is said. */
  readonly decision: "answered" | "notice" | "provider-failed" | "budget";
  /** What is recorded with it of a provider that failed; null: none did. */
  readonly detail: string | null;
}

/** The stand-in's record of one message to a BUSY person. It is part of that message's record and committed with it. */
export interface StandInJob {
  /** The message that caused it. */
  readonly trigger: Id;
  readonly conversation: ConversationId;
  /** Number of the trigger in the conversation. Given by the store. */
  readonly seq: number;
  /** The BUSY person. */
  readonly owner: Id;
  /** The person who wrote. */
  readonly writer: Id;
  /** The owner's period of BUSY when the trigger was accepted. */
  readonly period: number;
  /** When the trigger was accepted, in milliseconds since the epoch. */
  readonly at: number;
  /** When somebody must look at it next: pending, its earliest time; running or committing, the end of the claim. null: never again. */
  readonly wakeAt: number | null;
  readonly state: JobState;
  /** null while the outcome is open. */
  readonly decision: Decision | null;
  /** A reason and a provider for the owner, such as "timeout (gemini)"; null: nothing failed. */
  readonly detail: string | null;
  /** Who works on it while it is running or committing. */
  readonly claim: string | null;
  readonly answer: StandInAnswer | null;
}

/** A job before the store gave its trigger a place. */
export type StandInJobDraft = Pick<StandInJob, "owner" | "period" | "wakeAt"> & {
  /** Decided at once: the job is stored as dropped with this reason. null: pending. */
  readonly decision: Decision | null;
};
