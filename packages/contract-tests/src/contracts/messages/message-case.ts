import assert from "node:assert/strict";
import {
  type ConversationId,
  conversationOf,
  type Id,
  type Message,
  type MessageDraft,
  type MessageRepository,
  type StandInJob,
  type StandInJobDraft,
} from "@standin/core/ports";
import { createDrafts, type Drafts, noon } from "../../drafts.ts";
import type { ContractCase, Subject } from "../../engine/contract.ts";

export type MessageRepositorySubject = Subject<MessageRepository>;
/** `durable`: what was stored is there after a restart. `concurrentWriters`: each method is one commit, whoever else is at work. */
export type MessageRepositoryCapability = "durable" | "concurrentWriters";
export type MessageCase = ContractCase<MessageRepositorySubject, MessageRepositoryCapability>;

/** Two people, the lower id first, and what they write. */
export interface Pair {
  readonly drafts: Drafts;
  readonly low: Id;
  readonly high: Id;
  readonly conversation: ConversationId;
}

export const createPair = (drafts: Drafts = createDrafts()): Pair => {
  const [low, high] = [drafts.id(), drafts.id()];
  return { drafts, low, high, conversation: conversationOf(low, high) };
};

/** Stores a message that must be new. */
export const store = async (port: MessageRepository, draft: MessageDraft): Promise<Message> => {
  const result = await port.append(draft, null);
  if (result.outcome !== "stored") assert.fail(`Expected "stored", not "${result.outcome}"`);
  return result.message;
};

/** Stores a message with a job that must be new. */
export const storeJob = async (
  port: MessageRepository,
  draft: MessageDraft,
  job: StandInJobDraft,
): Promise<StandInJob> => {
  const result = await port.append(draft, job);
  if (result.outcome !== "stored" || result.job === null) assert.fail("The message or its job was not stored");
  return result.job;
};

/** Stores a message as the next one of its conversation. */
export const insertNext = async (port: MessageRepository, draft: MessageDraft): Promise<Message> => {
  const head = await port.head(draft.conversation);
  assert.equal(await port.insertAt((head?.seq ?? 0) + 1, draft, null), "inserted");
  const stored = await port.find(draft.id);
  return stored ?? assert.fail("The message that was inserted is not there");
};

/** How long the claims of cases last. */
export const claimMs = 3_000;

/** Claims for `worker` at noon; the job must be free. */
export const claimed = async (port: MessageRepository, job: StandInJob, worker: string): Promise<StandInJob> => {
  const running = await port.claimJob(job.trigger, { worker, now: noon, until: noon + claimMs });
  return running ?? assert.fail("A free job was not given to the worker");
};

export const seqsOf = (messages: readonly Message[]): number[] => messages.map(({ seq }) => seq);
export const triggersOf = (jobs: readonly StandInJob[]): Id[] => jobs.map(({ trigger }) => trigger);
