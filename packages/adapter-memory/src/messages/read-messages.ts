import type { ConversationId, Id, Message, MessageRange, MessageRepository } from "@standin/core/ports";
import { copyMessage, headOf, type MessageState, messageAt, messageOf } from "./message-state.ts";

type MessageReads = Pick<
  MessageRepository,
  "find" | "head" | "page" | "changedAfter" | "lastInPerson" | "standInMessages" | "lastRev"
>;

/** Questions about the messages of a conversation; each goes through an index, whatever the length of the history. */
export const createMessageReads = (state: MessageState): MessageReads => ({
  async find(id: Id): Promise<Message | null> {
    return copyMessage(messageOf(state, id));
  },

  async head(conversation: ConversationId): Promise<Message | null> {
    return copyMessage(headOf(state.conversations.get(conversation)));
  },

  async page(conversation: ConversationId, range: MessageRange): Promise<readonly Message[]> {
    const { before = Number.POSITIVE_INFINITY, after, limit } = range;
    const messages = state.conversations.get(conversation)?.messages ?? [];
    // `seq - 1` is the place of a message, so these are the ends of the slice between the two numbers.
    const end = Math.max(0, Math.min(before - 1, messages.length));
    const page =
      after === undefined
        ? messages.slice(Math.max(0, end - limit), end)
        : messages.slice(Math.max(0, after), Math.min(Math.max(0, after) + limit, end));
    return page.map(copyMessage);
  },

  async changedAfter(conversation: ConversationId, rev: number, limit: number): Promise<readonly Message[]> {
    const record = state.conversations.get(conversation);
    const changed: Message[] = [];
    const { changes = [] } = record ?? {};
    for (let next = Math.max(0, rev) + 1; next <= changes.length && changed.length < limit; next += 1) {
      const message = messageAt(record, changes[next - 1]);
      // A message that was changed again stands at its newest change only.
      if (message?.rev === next) changed.push(copyMessage(message));
    }
    return changed;
  },

  async lastInPerson(conversation: ConversationId, sender: Id): Promise<Message | null> {
    const record = state.conversations.get(conversation);
    return copyMessage(messageAt(record, record?.inPersonSeq.get(sender)));
  },

  async standInMessages(conversation: ConversationId, owner: Id, limit: number): Promise<readonly Message[]> {
    const record = state.conversations.get(conversation);
    const seqs = record?.standInSeqs.get(owner) ?? [];
    const newest = seqs.slice(Math.max(0, seqs.length - limit)).reverse();
    return newest.flatMap((seq) => copyMessage(messageAt(record, seq)) ?? []);
  },

  async lastRev(conversation: ConversationId): Promise<number> {
    return state.conversations.get(conversation)?.changes.length ?? 0;
  },
});
