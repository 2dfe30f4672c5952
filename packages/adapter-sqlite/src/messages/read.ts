import type { ConversationId, Id, Message, MessageRange, MessageRepository } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { type MessageRow, messageFrom } from "../rows/message.ts";

type Reading = Pick<
  MessageRepository,
  "find" | "head" | "page" | "changedAfter" | "lastInPerson" | "standInMessages" | "lastRev"
>;

const firstMessage = (row: MessageRow | undefined): Message | null => (row === undefined ? null : messageFrom(row));

/** Reads messages, each list along one index. */
export const createReading = ({ prepare, read }: Access): Reading => {
  const byId = prepare<MessageRow>("SELECT * FROM messages WHERE id = ?");
  const newest = prepare<MessageRow>("SELECT * FROM messages WHERE conversation = ? ORDER BY seq DESC LIMIT ?");
  const newestBefore = prepare<MessageRow>(
    "SELECT * FROM messages WHERE conversation = ? AND seq > ? AND seq < ? ORDER BY seq DESC LIMIT ?",
  );
  const oldestAfter = prepare<MessageRow>(
    "SELECT * FROM messages WHERE conversation = ? AND seq > ? ORDER BY seq LIMIT ?",
  );
  const changed = prepare<MessageRow>(
    "SELECT * FROM messages WHERE conversation = ? AND rev IS NOT NULL AND rev > ? ORDER BY rev LIMIT ?",
  );
  const newestRev = prepare<{ readonly rev: number | null }>(
    "SELECT max(rev) AS rev FROM messages WHERE conversation = ? AND rev IS NOT NULL",
  );
  const lastInPerson = prepare<MessageRow>(
    `SELECT m.* FROM participants p JOIN messages m ON m.conversation = p.conversation AND m.seq = p.last_in_person
     WHERE p.user = ? AND p.conversation = ?`,
  );
  const standIn = prepare<MessageRow>(
    "SELECT * FROM messages WHERE conversation = ? AND sender = ? AND origin = 'standin' ORDER BY seq DESC LIMIT ?",
  );

  const page = (conversation: ConversationId, { before, after, limit }: MessageRange): readonly MessageRow[] => {
    if (before !== undefined) return newestBefore.all(conversation, after ?? 0, before, limit).toReversed();
    return after === undefined
      ? newest.all(conversation, limit).toReversed()
      : oldestAfter.all(conversation, after, limit);
  };

  return {
    find: (id: Id) => read(() => firstMessage(byId.get(id))),
    head: (conversation) => read(() => firstMessage(newest.get(conversation, 1))),
    page: (conversation, range) => read(() => page(conversation, range).map(messageFrom)),
    changedAfter: (conversation, rev, limit) => read(() => changed.all(conversation, rev, limit).map(messageFrom)),
    lastInPerson: (conversation, sender) => read(() => firstMessage(lastInPerson.get(sender, conversation))),
    standInMessages: (conversation, owner, limit) =>
      read(() => standIn.all(conversation, owner, limit).map(messageFrom)),
    lastRev: (conversation) => read(() => newestRev.get(conversation)?.rev ?? 0),
  };
};
