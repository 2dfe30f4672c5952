import type {
  ConversationId,
  ConversationSummary,
  Decision,
  Id,
  Message,
  MessageDraft,
  ReadPosition,
  StandInAnswer,
  StandInJob,
  StandInJobDraft,
  Verdict,
} from "../domain/index.ts";

export type AppendResult =
  | { readonly outcome: "stored"; readonly message: Message; readonly job: StandInJob | null }
  /** The same send was stored before: this is how. */
  | { readonly outcome: "repeated"; readonly message: Message }
  /** The same `clientMsgId` from the same sender, with another recipient or content. */
  | { readonly outcome: "conflict" };

/** Which messages of a conversation. Pages are oldest first; without `before` and `after` the newest ones. */
export interface MessageRange {
  /** Only messages with a smaller number: the newest such. */
  readonly before?: number;
  /** Only messages with a greater number: the oldest such. */
  readonly after?: number;
  readonly limit: number;
}

export interface ConversationPage {
  readonly conversations: readonly ConversationSummary[];
  /** Opaque; null: there are no more. */
  readonly nextCursor: string | null;
}

/** `inserted`, or what stood in the way: the number, the id, another answer to the same message, or another notice of the period. */
export type InsertResult = "inserted" | "seq-taken" | "id-taken" | "reply-taken" | "notice-taken";

export interface PendingBatch {
  /** The oldest pending job of the conversation. */
  readonly first: StandInJob;
  /** The newest one. */
  readonly last: StandInJob;
}

/** Which of an owner's jobs. */
export interface JobFilter {
  readonly owner: Id;
  /** Only those of this conversation. */
  readonly conversation?: ConversationId;
}

/**
 * Messages, conversations, read positions and the stand-in's jobs: one port, because a message and its job are one commit.
 *
 * A promise that resolved is durable, to the reach of the store. A failure of the driver is UNAVAILABLE: nothing was done, or the
 * outcome is unknown, and the same call again tells. A full queue is OVERLOADED at once. What is handed out is a copy (INVARIANT MR-01).
 */
export interface MessageRepository {
  /** A random string that belongs to the stored data; the same until {@link newEpoch} (INVARIANT MR-02). */
  epoch(): Promise<string>;
  /** Gives the store another epoch, so that every client starts afresh. For the time after a restore. */
  newEpoch(): Promise<string>;

  /**
   * Stores the message under the next number of its conversation, and its job with it, in one commit.
   *
   * - `seq` is 1, 2, 3 … without holes or repeats, whoever writes at the same time (INVARIANT MR-03), in the order of the commits and
   *   whatever `at` says (INVARIANT MR-04).
   * - The same `clientMsgId` from the same sender again is `repeated` when recipient and content are equal, else `conflict`; nothing
   *   is stored, also when the calls race (INVARIANT MR-05) and after a restart (INVARIANT MR-06). The job then is that of the first time.
   * - A message id that is stored already is answered in the same way, so that an unknown outcome is found out by the same call again.
   * - `counts` go on from the message before; a blocked message adds nothing (INVARIANT MR-07).
   * - The job is stored with the message or not at all; with a `decision` it is `dropped` from the start, without one `pending` (INVARIANT MR-08).
   */
  append(draft: MessageDraft, job: StandInJobDraft | null): Promise<AppendResult>;

  /**
   * Stores the message under exactly this number, if that is the next one (INVARIANT MR-09). Refuses, in this order, a second message with the same
   * id, another number, a second stand-in message in reply to the same message, and a second notice of the same sender, conversation and period (INVARIANT MR-10).
   * The job is stored with the message or not at all, as by {@link append}.
   */
  insertAt(seq: number, draft: MessageDraft, job: StandInJobDraft | null): Promise<InsertResult>;

  /** null where there is none. */
  find(id: Id): Promise<Message | null>;
  /** The newest message, blocked or not; null: none. */
  head(conversation: ConversationId): Promise<Message | null>;
  /** At most `limit` messages, oldest first; costs the same however long the conversation is (INVARIANT MR-11). */
  page(conversation: ConversationId, range: MessageRange): Promise<readonly Message[]>;
  /** The messages changed after the change `rev`, in the order of `rev`: at most `limit`. */
  changedAfter(conversation: ConversationId, rev: number, limit: number): Promise<readonly Message[]>;
  /** The newest message that `sender` wrote here in person; null: none (INVARIANT MR-16). */
  lastInPerson(conversation: ConversationId, sender: Id): Promise<Message | null>;
  /** The newest stand-in messages sent on behalf of `owner` here, newest first: at most `limit` (INVARIANT MR-17). */
  standInMessages(conversation: ConversationId, owner: Id, limit: number): Promise<readonly Message[]>;

  /**
   * Sets verdict and content of a stand-in message that has not been withdrawn, keeps what it said first in `previousContent`, and gives
   * the change the next `rev` of the conversation, in one commit (INVARIANT MR-12); a verdict alone, with the text as it is, leaves `previousContent` as it was. null: no such message, or it was withdrawn.
   */
  amend(id: Id, change: { readonly verdict: Verdict; readonly content: string }): Promise<Message | null>;

  /** The number of the newest change in the conversation; 0: none. */
  lastRev(conversation: ConversationId): Promise<number>;
  /** How far the user has read here, and how many messages that count came after. */
  readPosition(conversation: ConversationId, user: Id): Promise<ReadPosition>;
  /** Moves the user's read position forward, never back, and at most to the newest message (INVARIANT MR-13); returns where it is then. */
  markRead(conversation: ConversationId, user: Id, seq: number): Promise<ReadPosition>;
  /**
   * The user's conversations, the one with the newest `lastMessage` id first (INVARIANT MR-14). A message that the user must not hear of moves
   * neither `lastMessage` nor the order, and is in `lastSeq` all the same. A conversation with nothing but such messages is not listed (INVARIANT MR-15).
   * A cursor that this store never gave is INVALID.
   */
  conversations(user: Id, page: { readonly limit: number; readonly cursor: string | null }): Promise<ConversationPage>;
  /** The ids of everybody with whom the user has a conversation, the user included if they wrote to themselves: at most `limit` (INVARIANT MR-18). */
  peers(user: Id, limit: number): Promise<readonly Id[]>;

  /** The job of a message; null: it has none. */
  job(trigger: Id): Promise<StandInJob | null>;
  /** Pending jobs, and running or committing ones whose claim ended, with `wakeAt` at `now` or earlier, earliest first: at most `limit` (INVARIANT MR-20). */
  dueJobs(now: number, limit: number): Promise<readonly StandInJob[]>;
  /** The smallest `wakeAt` of all jobs, also of those that must wait for another one of their conversation; null: there is nothing to wake for. */
  nextWake(): Promise<number | null>;
  /** The pending jobs of one conversation and owner; null: none. */
  pendingBatch(conversation: ConversationId, owner: Id): Promise<PendingBatch | null>;
  /**
   * `pending → running` for `worker`, or takes over a running job whose claim ended by `now`; `wakeAt` becomes `until`. null when it is in
   * neither state, or while another job of the same conversation and owner is running or committing (INVARIANT MR-21). Of racing workers one wins (INVARIANT MR-22).
   */
  claimJob(
    trigger: Id,
    claim: { readonly worker: string; readonly now: number; readonly until: number },
  ): Promise<StandInJob | null>;
  /** Moves the end of the worker's own claim; false when the job is no longer running under it (INVARIANT MR-23). */
  renewJob(trigger: Id, worker: string, until: number): Promise<boolean>;
  /** Drops the pending jobs of the conversation and owner below the number `beforeSeq` as `merged` (INVARIANT MR-24). */
  mergeJobs(conversation: ConversationId, owner: Id, beforeSeq: number): Promise<void>;
  /** `running → committing` with what will be said, if the job still runs under the worker's claim; null when not (INVARIANT MR-25). */
  commitJob(trigger: Id, worker: string, answer: StandInAnswer, until: number): Promise<StandInJob | null>;
  /**
   * Ends a job: `committing → done` or `dropped` by anybody, `running → dropped` by the worker that holds it. false, and nothing changes,
   * from any other state (INVARIANT MR-26). An ended job has no claim and no `wakeAt`; its answer stays on record.
   */
  endJob(
    trigger: Id,
    end: {
      readonly state: "done" | "dropped";
      readonly decision: Decision;
      readonly detail: string | null;
      readonly worker: string | null;
    },
  ): Promise<boolean>;
  /** Drops every pending and running job of the filter, and returns those that are committing, which must be finished (INVARIANT MR-27). */
  dropJobs(filter: JobFilter, decision: Decision): Promise<readonly StandInJob[]>;
  /** All jobs that are committing: at most `limit`. */
  committingJobs(limit: number): Promise<readonly StandInJob[]>;
  /** The owner's jobs with a decision, newest trigger first by its id, before the trigger `before`: at most `limit` (INVARIANT MR-19). */
  decisions(owner: Id, before: Id | null, limit: number): Promise<readonly StandInJob[]>;

  /** Can the store do its work now? Resolves, or rejects with UNAVAILABLE within 2 s. */
  ping(): Promise<void>;
}
