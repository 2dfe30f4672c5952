import {
  type ConversationId,
  type Decision,
  declarationAt,
  type Id,
  type MessageDraft,
  type StandInJob,
  type StandInJobDraft,
  type User,
} from "../../domain/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatPolicy } from "../policy.ts";
import { repeat } from "../repeat.ts";
import { finish } from "./commit.ts";
import { decide } from "./decide.ts";
import { dayOf, type Generate } from "./generate.ts";
import { readSituation } from "./read-situation.ts";
import { earliestDueAt, waitingOf } from "./schedule.ts";
import { createWorker } from "./worker.ts";

/** How a message that is being accepted is stored. */
interface Accepted {
  /** null: the recipient is not BUSY, or writes to themselves. */
  readonly job: StandInJobDraft | null;
  /** Did its writer ask that it be kept and nothing else? */
  readonly messageOnly: boolean;
}

/** What the use cases tell the stand-in, and ask of it. */
export interface StandIn {
  /** What to commit with a message that is being accepted. */
  accept(draft: MessageDraft, recipient: User): Promise<Accepted>;
  /** A job was stored. */
  wake(job: StandInJob): void;
  /** The owner is no longer BUSY. Once it resolves, no answer appears that was not there (R21). */
  ownerLeft(owner: Id): Promise<void>;
  /** The owner wrote here. The commit rule keeps the stand-in silent anyhow; this makes it fall silent at once. Never rejects. */
  ownerWrote(owner: Id, conversation: ConversationId): Promise<void>;
  /** The owner blocked the other person of this conversation. Never rejects. */
  ownerBlocked(owner: Id, conversation: ConversationId): Promise<void>;
  /** The other person of this conversation wants no answer in this period. Never rejects. */
  writerWantsSilence(owner: Id, conversation: ConversationId): Promise<void>;
  /** Finishes what a crash left committing; then takes jobs. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const page = 100;
const hourMs = 60 * 60 * 1_000;

export const createStandIn = (
  ports: ChatPorts,
  policy: Pick<ChatPolicy, "mergeWindowMs" | "totalTimeoutMs">,
  generate: Generate,
  nodeId: string,
): StandIn => {
  const { messages, logger } = ports;
  const worker = createWorker(ports, policy, generate, nodeId);
  const forgetting = repeat(ports, hourMs, "forget budgets of days gone by", async () => {
    const yesterday = dayOf(ports.clock.now() - 24 * hourMs);
    while ((await ports.standIns.forgetBudgets(yesterday, page)) >= page);
  });

  const silence = async (owner: Id, conversation: ConversationId | null, decision: Decision): Promise<void> => {
    const committing = await messages.dropJobs(conversation === null ? { owner } : { owner, conversation }, decision);
    worker.cancel(owner, conversation);
    // What is committing cannot be taken back, only brought to its end before the owner is told that all is quiet.
    for (const job of committing) await finish(ports, job);
  };

  const silenceIfPossible = async (owner: Id, conversation: ConversationId, decision: Decision): Promise<void> => {
    await silence(owner, conversation, decision).catch((err: unknown) =>
      logger.warn({ err }, "could not silence the stand-in at once"),
    );
  };

  return {
    accept: async (draft, recipient) => {
      const { conversation, origin, blocked, at } = draft;
      const self = draft.sender === draft.recipient;
      // Most recipients are not BUSY: nothing more is read for them.
      if (self || declarationAt(recipient.declared, at).word !== "BUSY") return { job: null, messageOnly: false };
      const situation = await readSituation(
        ports,
        { conversation, ownerId: recipient.id, writer: draft.sender, origin, period: null, triggerSeq: null },
        { owner: recipient, blocked, now: at },
      );
      const { silent } = decide(situation);
      const wakeAt = silent === null ? earliestDueAt(at, waitingOf(policy.mergeWindowMs, situation.settings)) : null;
      return {
        job: { owner: recipient.id, period: recipient.period, wakeAt, decision: silent },
        messageOnly: situation.messageOnly,
      };
    },
    wake: (job) => {
      if (job.state === "pending" && job.wakeAt !== null) worker.wakeAt(job.wakeAt);
    },
    ownerLeft: (owner) => silence(owner, null, "owner-returned"),
    ownerWrote: (owner, conversation) => silenceIfPossible(owner, conversation, "owner-wrote"),
    ownerBlocked: (owner, conversation) => silenceIfPossible(owner, conversation, "blocked"),
    writerWantsSilence: (owner, conversation) => silenceIfPossible(owner, conversation, "message-only"),
    start: async () => {
      for (
        let jobs = await messages.committingJobs(page);
        jobs.length > 0;
        jobs = await messages.committingJobs(page)
      ) {
        for (const job of jobs) await finish(ports, job);
      }
      worker.start();
      forgetting.start();
    },
    stop: async () => {
      await Promise.all([worker.stop(), forgetting.stop()]);
    },
  };
};
