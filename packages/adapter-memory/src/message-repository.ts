import { randomUUID } from "node:crypto";
import type { MessageRepository } from "@standin/core/ports";
import { createConversations } from "./messages/conversations.ts";
import { createJobs } from "./messages/jobs.ts";
import { createMessageState } from "./messages/message-state.ts";
import { createMessageReads } from "./messages/read-messages.ts";
import { createMessageWrites } from "./messages/write-messages.ts";

/**
 * A {@link MessageRepository} in memory. No method awaits between what it reads and what it writes, so each is one commit.
 *
 * @example
 * const messages = createMemoryMessageRepository();
 * const result = await messages.append(draft, null); // { outcome: "stored", message: { seq: 1, … }, job: null }
 */
export const createMemoryMessageRepository = (): MessageRepository => {
  const state = createMessageState();
  return {
    async epoch(): Promise<string> {
      return state.epoch;
    },
    async newEpoch(): Promise<string> {
      state.epoch = randomUUID();
      return state.epoch;
    },
    ...createMessageWrites(state),
    ...createMessageReads(state),
    ...createConversations(state),
    ...createJobs(state),
    async ping(): Promise<void> {},
  };
};
