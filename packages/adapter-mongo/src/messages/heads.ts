import type { ConversationId } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { type Head, noHead } from "../documents/message.ts";
import { createRecentMap } from "../recent-map.ts";
import type { TimeLimit } from "../time-limit.ts";

/** How many conversations' heads are remembered. */
const headsKept = 10_000;

/**
 * The ends of conversations, as far as the next message needs them. One that is remembered comes from the store or from an acknowledged insert,
 * never from an attempt, and may be out of date: another process may have written. It is good for trying all the same, because the
 * number after it is free only if it is the end still.
 */
export interface Heads {
  /** As remembered, or else as stored. */
  get(conversation: ConversationId, time: TimeLimit): Promise<Head>;
  /** As stored now. */
  read(conversation: ConversationId, time: TimeLimit): Promise<Head>;
  remember(conversation: ConversationId, head: Head): void;
  forget(conversation: ConversationId): void;
  forgetAll(): void;
}

export const createHeads = ({ messages }: Pick<Access, "messages">): Heads => {
  const remembered = createRecentMap<ConversationId, Head>(headsKept);
  const projection = { _id: 0, seq: 1, counts: 1, news: 1, inPerson: 1 } as const;

  const read: Heads["read"] = async (conversation, time) => {
    const sort = { seq: -1 } as const;
    const found = await messages.findOne<Head>(
      { conversation: { $eq: conversation } },
      { sort, projection, ...time.options() },
    );
    const head = found ?? noHead;
    remembered.set(conversation, head);
    return head;
  };

  return {
    get: async (conversation, time) => remembered.get(conversation) ?? (await read(conversation, time)),
    read,
    remember: (conversation, { seq, counts, news, inPerson }) =>
      remembered.set(conversation, { seq, counts, news, inPerson }),
    forget: (conversation) => remembered.delete(conversation),
    forgetAll: () => remembered.clear(),
  };
};
