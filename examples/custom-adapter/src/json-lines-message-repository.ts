import type { MessageRepository } from "@standin/core/ports";
import { createJobs } from "./jobs.ts";
import { createMessages } from "./messages.ts";
import { openRecords } from "./records.ts";

export interface JsonLinesMessageRepositoryOptions {
  /** The file, made if missing; null: nothing is kept. One process at a time. */
  readonly path: string | null;
}

/**
 * A {@link MessageRepository} in one append-only file. Each call that changes something decides in memory, without an `await` between what it
 * reads and what it writes, and appends one line: so each is one commit, and the state is always what the file says.
 *
 * @throws {ChatError} UNAVAILABLE when the file cannot be read.
 * @example
 * const messages = createJsonLinesMessageRepository({ path: "chat.jsonl" });
 * const result = await messages.append(draft, null); // { outcome: "stored", message: { seq: 1, … }, job: null }
 */
export const createJsonLinesMessageRepository = ({ path }: JsonLinesMessageRepositoryOptions): MessageRepository => {
  const records = openRecords(path);
  return {
    epoch: async () => records.epoch(),
    newEpoch: async () => records.newEpoch(),
    ping: async () => records.check(),
    ...createMessages(records),
    ...createJobs(records),
  };
};
