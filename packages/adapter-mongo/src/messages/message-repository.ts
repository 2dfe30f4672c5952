import { randomBytes } from "node:crypto";
import { ChatError, type Logger, type MessageRepository } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { retryAfterMs, unavailable } from "../driver-error.ts";
import type { TimeLimit } from "../time-limit.ts";
import { createAmend } from "./amend.ts";
import { createAppending } from "./append.ts";
import { createConversationRows } from "./conversation-rows.ts";
import { createConversations } from "./conversations.ts";
import { createHeads } from "./heads.ts";
import { createInsertQueue, type StoreStats } from "./insert-queue.ts";
import { createJobs } from "./jobs.ts";
import { createLanes } from "./lanes.ts";
import { createReader, createReading } from "./read.ts";

export interface MessagesOptions {
  readonly maxBatch: number;
  /** Messages that may wait, at most. */
  readonly maxQueue: number;
  readonly logger: Logger | undefined;
}

/** Messages, conversations and jobs. */
export const createMessages = (
  access: Access,
  { maxBatch, maxQueue, logger }: MessagesOptions,
): { readonly repository: MessageRepository; stats(): StoreStats } => {
  const { meta, messages, run, settle } = access;
  const queue = createInsertQueue(messages, { maxBatch });
  const appending = createAppending({
    access,
    heads: createHeads(access),
    rows: createConversationRows(access, logger),
    queue,
    lanes: createLanes(),
  });
  const reader = createReader(access);
  let queued = 0;

  const enqueue = <T>(store: (time: TimeLimit) => Promise<T>): Promise<T> => {
    if (queued >= maxQueue) return Promise.reject(new ChatError("OVERLOADED", { retryAfterMs }));
    queued += 1;
    return run(store).finally(() => {
      queued -= 1;
    });
  };

  const repository: MessageRepository = {
    epoch: () =>
      run(async (time) => {
        const epoch = await meta.findOne({ _id: "epoch" }, time.options());
        if (epoch?.value === undefined) throw unavailable();
        return epoch.value;
      }),
    newEpoch: () =>
      run(async (time) => {
        const value = randomBytes(16).toString("hex");
        await meta.updateOne({ _id: "epoch" }, { $set: { value } }, { upsert: true, ...time.options() });
        return value;
      }),
    append: (draft, job) => enqueue((time) => appending.append(draft, job, time)),
    insertAt: (seq, draft, job) => enqueue((time) => appending.insertAt(seq, draft, job, time)),
    amend: createAmend(access, reader),
    ...createReading(access, reader),
    ...createConversations(access, reader),
    ...createJobs(access),
    ping: () => run(settle),
  };

  return { repository, stats: () => ({ ...queue.stats(), queued }) };
};
