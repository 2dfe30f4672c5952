import { type Id, isChatError, type Message, type MessageRepository, type Verdict } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { unavailable } from "../driver-error.ts";
import { type MessageRow, messageFrom, storedText } from "../rows/message.ts";
import { createAppending } from "./append.ts";
import { createConversations } from "./conversations.ts";
import { createJobs } from "./jobs.ts";
import { createReading } from "./read.ts";

/** A probe waits for a lock no longer than this, to answer within the two seconds that the port allows. */
const pingPatienceMs = 1_500;

/** Messages, conversations and jobs. */
export const createMessageRepository = (access: Access): MessageRepository => {
  const { prepare, read, write } = access;
  const appending = createAppending(access);
  const epoch = prepare<{ readonly value: string }>("SELECT value FROM meta WHERE key = 'epoch'");
  const renewEpoch = prepare<{ readonly value: string }>(
    "UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'epoch' RETURNING value",
  );
  // Writes a page, so that a full disk or a read-only file shows.
  const touch = prepare("UPDATE meta SET value = value WHERE key = 'epoch'");
  const amend = prepare<MessageRow>(
    `UPDATE messages SET verdict = :verdict, content = :content,
       previous_content = CASE WHEN content = :content THEN previous_content ELSE coalesce(previous_content, content) END,
       rev = 1 + coalesce((SELECT max(rev) FROM messages other
         WHERE other.conversation = messages.conversation AND other.rev IS NOT NULL), 0)
     WHERE id = :id AND origin = 'standin' AND verdict IS NOT 'withdrawn' RETURNING *`,
  );

  const amended = (id: Id, verdict: Verdict, content: string): Message | null => {
    const row = amend.get({ id, verdict, content: storedText(content) });
    return row === undefined ? null : messageFrom(row);
  };

  return {
    epoch: () => read(() => epoch.get()?.value ?? ""),
    newEpoch: () => write(() => renewEpoch.get()?.value ?? ""),
    append(draft, job) {
      const given = structuredClone({ draft, job });
      return write(() => appending.append(given.draft, given.job));
    },
    insertAt(seq, draft, job) {
      const given = structuredClone({ draft, job });
      return write(() => appending.insertAt(seq, given.draft, given.job));
    },
    amend: (id, { verdict, content }) => write(() => amended(id, verdict, content)),
    ...createReading(access),
    ...createConversations(access),
    ...createJobs(access),
    async ping() {
      try {
        await write(() => touch.run(), pingPatienceMs);
      } catch (error) {
        throw isChatError(error) && error.code === "UNAVAILABLE" ? error : unavailable(error);
      }
    },
  };
};
