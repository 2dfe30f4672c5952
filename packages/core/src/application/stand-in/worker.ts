import type { ConversationId, Id, StandInJob } from "../../domain/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { ChatPolicy } from "../policy.ts";
import { repeat } from "../repeat.ts";
import { createAnswerJob } from "./answer-job.ts";
import { type CancelSource, createCancelSource } from "./cancel-source.ts";
import { claimMs, finish } from "./commit.ts";
import type { Generate } from "./generate.ts";
import { dueAt, earliestDueAt, waitingOf } from "./schedule.ts";

const renewMs = 1_000;
/** Longest pause between two looks at what is due: what other nodes, or an earlier process, left behind is found by it. */
const sweepMs = 1_000;
/** So late no timer runs but after a sleep of the whole machine. */
const oversleptMs = 5_000;
/** Most conversations that are answered at the same time. */
const mostAtOnce = 16;
const mostDue = 1_000;

interface Work {
  readonly owner: Id;
  readonly conversation: ConversationId;
  readonly cancelling: CancelSource;
}

/** What is answered at once: a burst of one person's messages, of which the last is claimed. */
interface Batch {
  readonly last: StandInJob;
  readonly dueAt: number;
  /** Some of it, or so it may be, must be merged into the last. */
  readonly hasOlder: boolean;
}

export interface Worker {
  start(): void;
  /** Gives up what is being generated, which the next process resumes, and waits for what is being committed. */
  stop(): Promise<void>;
  /** Something will be due at `at`. */
  wakeAt(at: number): void;
  /** Gives up what is being generated for this owner, in this conversation or in all: its job was dropped. */
  cancel(owner: Id, conversation: ConversationId | null): void;
}

/** Takes due jobs and answers them: claim, merge, judge again, generate, commit. Any number of workers may run over one store. */
export const createWorker = (
  ports: ChatPorts,
  { mergeWindowMs, totalTimeoutMs }: Pick<ChatPolicy, "mergeWindowMs" | "totalTimeoutMs">,
  generate: Generate,
  name: string,
): Worker => {
  const { messages, standIns, clock, timer, logger } = ports;
  const answer = createAnswerJob(ports, generate, name);
  const active = new Map<string, Work>();
  const running = new Set<Promise<void>>();
  let stopped = true;
  /** Nobody is late for what was due before. */
  let awakeSince = Number.NEGATIVE_INFINITY;
  let planned: { readonly at: number; readonly cancel: () => void } | null = null;
  let sweeping: Promise<void> | null = null;
  let again = false;

  const plan = (at: number): void => {
    if (stopped || (planned !== null && planned.at <= at)) return;
    planned?.cancel();
    const runAt = Math.max(at, clock.now());
    const run = (): void => {
      planned = null;
      if (clock.now() > runAt + oversleptMs) awakeSince = clock.now();
      sweep();
    };
    planned = { at, cancel: timer.after(Math.max(0, at - clock.now()), run) };
  };

  const processClaimed = async (job: StandInJob, batch: Batch, cancelling: CancelSource): Promise<void> => {
    const renewal = repeat(ports, renewMs, "renew a claim", async () => {
      if (!(await messages.renewJob(job.trigger, name, clock.now() + claimMs))) cancelling.cancel();
    });
    renewal.start();
    try {
      if (batch.hasOlder) await messages.mergeJobs(job.conversation, job.owner, job.seq);
      // Nobody is late for what was due while they slept.
      await answer(job, Math.max(batch.dueAt, awakeSince) + totalTimeoutMs, cancelling);
    } finally {
      await renewal.stop();
    }
  };

  const claim = (job: StandInJob): Promise<StandInJob | null> => {
    const now = clock.now();
    return messages.claimJob(job.trigger, { worker: name, now, until: now + claimMs });
  };

  const batchOf = async (due: StandInJob): Promise<Batch | null> => {
    const { settings } = await standIns.settings(due.owner);
    const waiting = waitingOf(mergeWindowMs, settings);
    // Of what was taken up by another the batch is no longer known: it was not due later than this, and may not be merged yet.
    if (due.state !== "pending") return { last: due, dueAt: earliestDueAt(due.at, waiting), hasOlder: true };
    const batch = await messages.pendingBatch(due.conversation, due.owner);
    if (batch === null) return null;
    const { first, last } = batch;
    return { last, dueAt: dueAt(first, last, waiting), hasOlder: first.seq < last.seq };
  };

  const look = async (due: StandInJob, cancelling: CancelSource): Promise<void> => {
    if (due.state === "committing") return finish(ports, due);
    const batch = await batchOf(due);
    if (batch === null) return;
    if (due.state === "pending" && clock.now() < batch.dueAt) return plan(batch.dueAt);
    const claimed = await claim(batch.last);
    if (claimed === null) return;
    await processClaimed(claimed, batch, cancelling);
    // What came meanwhile waited for this one.
    plan(clock.now());
  };

  const take = (job: StandInJob): void => {
    const key = `${job.conversation} ${job.owner}`;
    if (stopped || active.has(key) || active.size >= mostAtOnce) return;
    const cancelling = createCancelSource();
    active.set(key, { owner: job.owner, conversation: job.conversation, cancelling });
    const work = look(job, cancelling)
      .catch((err: unknown) =>
        logger.error({ err, trigger: job.trigger }, "the stand-in could not go on; it will try again"),
      )
      .finally(() => {
        active.delete(key);
        running.delete(work);
      });
    running.add(work);
  };

  const sweepOnce = async (): Promise<void> => {
    try {
      const due = await messages.dueJobs(clock.now(), mostDue);
      // What a dead worker left at work keeps what waits in its conversation from being claimed, so it comes first, however early the other is due.
      for (const job of due) if (job.state !== "pending") take(job);
      for (const job of due) if (job.state === "pending") take(job);
      const next = await messages.nextWake();
      if (next !== null && next > clock.now()) plan(next);
    } catch (err) {
      logger.error({ err }, "could not look for messages that the stand-in must answer");
    }
  };

  const sweep = (): void => {
    if (stopped) return;
    if (sweeping !== null) {
      again = true;
      return;
    }
    sweeping = sweepOnce().finally(() => {
      sweeping = null;
      plan(clock.now() + (again ? 0 : sweepMs));
      again = false;
    });
  };

  return {
    start: () => {
      stopped = false;
      awakeSince = clock.now();
      sweep();
    },
    stop: async () => {
      stopped = true;
      planned?.cancel();
      planned = null;
      for (const { cancelling } of active.values()) cancelling.cancel();
      await sweeping;
      await Promise.all(running);
    },
    wakeAt: plan,
    cancel: (owner, conversation) => {
      for (const work of active.values()) {
        if (work.owner === owner && (conversation === null || work.conversation === conversation))
          work.cancelling.cancel();
      }
    },
  };
};
