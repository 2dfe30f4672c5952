import { type ConversationId, countOf, type Id, type Message } from "../../domain/index.ts";
import type { MessageRepository } from "../../ports/index.ts";

/** What one person wrote in a conversation within a time. */
export interface Span {
  /** How many messages that count (blocked ones do not). */
  readonly messages: number;
  readonly first: Message;
  readonly last: Message;
}

/**
 * What `writer` wrote here from `since` until `until` (null: until now), in milliseconds since the epoch; null: nothing. Found by halving the numbers of the
 * messages, with the counts that each carries, so that it costs the same for a long conversation as for a short one, but for a logarithm.
 */
export const spanOf = async (
  store: Pick<MessageRepository, "head" | "page">,
  conversation: ConversationId,
  writer: Id,
  { since, until }: { readonly since: number; readonly until: number | null },
): Promise<Span | null> => {
  const head = await store.head(conversation);
  if (head === null || head.at < since) return null;

  const seen = new Map<number, Message>([[head.seq, head]]);
  const at = async (seq: number): Promise<Message> => {
    const known = seen.get(seq) ?? (await store.page(conversation, { after: seq - 1, limit: 1 }))[0] ?? head;
    seen.set(seq, known);
    return known;
  };
  /** The first number from `low` on, up to `high`, of which `holds` is true; one more than `high`: none. */
  const firstWhere = async (low: number, high: number, holds: (message: Message) => boolean): Promise<number> => {
    let [from, to] = [low, high + 1];
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (holds(await at(middle))) to = middle;
      else from = middle + 1;
    }
    return from;
  };
  const countUpTo = async (seq: number): Promise<number> => (seq < 1 ? 0 : countOf(await at(seq), writer));

  const begin = await firstWhere(1, head.seq, (message) => message.at >= since);
  const end = until === null ? head.seq : (await firstWhere(begin, head.seq, (message) => message.at > until)) - 1;
  const before = await countUpTo(begin - 1);
  const total = await countUpTo(end);
  if (total <= before) return null;
  const first = await firstWhere(begin, end, (message) => countOf(message, writer) > before);
  const last = await firstWhere(first, end, (message) => countOf(message, writer) >= total);
  return { messages: total - before, first: await at(first), last: await at(last) };
};
