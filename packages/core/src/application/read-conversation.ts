import { type Block, conversationOf, type Id, messageFor, type ReadPosition } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Caller, ConversationList, ConversationView, MessageList, PageInput, ReadInput, Via } from "./chat.ts";
import type { Context } from "./context.ts";
import { invalid, readId, readLimit, readNumber } from "./input-rules.ts";
import { rules, sizes } from "./limits.ts";
import { takeOne } from "./rate-limits.ts";

/** How far `peer` is shown to have read: where they really are, or where they were when a block came between the two. */
const shownReadSeq = (peer: Id, really: number, blocks: readonly Block[]): number =>
  Math.min(
    really,
    ...blocks.map(({ owner, ownerReadSeq, blockedReadSeq }) => (owner === peer ? ownerReadSeq : blockedReadSeq)),
  );

/** A page of the conversation with `peer`, oldest first: the newest messages, or those before or after one, or those that changed. */
export const readMessages = async ({ ports }: Context, caller: Caller, input: ReadInput): Promise<MessageList> => {
  const { messages: store, relations } = ports;
  const me = caller.userId;
  const peer = readId(input.peer, "receiverId");
  const given = (["before", "after", "changedAfter"] as const).filter((name) => input[name] !== undefined);
  if (given.length > 1)
    throw invalid({ path: given[1] ?? "", message: `${given[0]} and ${given[1]} do not go together` });
  const [kind] = given;
  const from = kind === undefined ? 0 : readNumber(input[kind], kind);
  const limit = readLimit(input.limit, kind === undefined ? sizes.pageMax : sizes.pageDefault);

  const conversation = conversationOf(me, peer);
  const messages =
    kind === "changedAfter"
      ? await store.changedAfter(conversation, from, limit)
      : await store.page(conversation, kind === undefined ? { limit } : { [kind]: from, limit });
  // Read after the page, so that it is never behind it.
  const [head, lastRev, mine, theirs, blocks, epoch] = await Promise.all([
    store.head(conversation),
    store.lastRev(conversation),
    store.readPosition(conversation, me),
    store.readPosition(conversation, peer),
    relations.between(me, peer),
    store.epoch(),
  ]);
  const [first, last] = [messages[0], messages.at(-1)];
  const lastSeq = head?.seq ?? 0;
  const more = {
    before: (first?.seq ?? 1) > 1,
    after: (last?.seq ?? lastSeq) < lastSeq,
    changedAfter: (last?.rev ?? lastRev) < lastRev,
  };
  return {
    messages: messages.map((message) => messageFor(message, me)),
    hasMore: more[kind ?? "before"],
    lastSeq,
    lastRev,
    readSeq: mine.readSeq,
    peerReadSeq: shownReadSeq(peer, theirs.readSeq, blocks),
    epoch,
  };
};

export const listConversations = async (
  { ports, statuses }: Context,
  caller: Caller,
  input: PageInput,
): Promise<ConversationList> => {
  const limit = readLimit(input.limit, sizes.pageDefault);
  const [page, epoch] = await Promise.all([
    ports.messages.conversations(caller.userId, { limit, cursor: input.cursor ?? null }),
    ports.messages.epoch(),
  ]);
  const users = await ports.users.findMany(page.conversations.map(({ peer }) => peer));
  const views = new Map((await statuses.view(users, caller.userId)).map((view) => [view.id, view]));
  const conversations = page.conversations.map(
    ({ conversation: _, peer, lastMessage, ...rest }): ConversationView => ({
      ...rest,
      user: views.get(peer) ?? statuses.deleted(peer),
      lastMessage: lastMessage === null ? null : messageFor(lastMessage, caller.userId),
    }),
  );
  return { conversations, epoch, nextCursor: page.nextCursor };
};

export const markRead = async (
  { ports }: Context,
  caller: Caller,
  input: { readonly peer: string; readonly seq: number },
  via: Via = {},
): Promise<ReadPosition> => {
  const peer = readId(input.peer, "receiverId");
  const seq = readNumber(input.seq, "seq");
  const conversation = conversationOf(caller.userId, peer);
  const before = await ports.messages.readPosition(conversation, caller.userId);
  const after = await ports.messages.markRead(conversation, caller.userId, seq);
  if (after.readSeq > before.readSeq) {
    const blocks = await ports.relations.between(caller.userId, peer);
    ports.events.publish({
      type: "messages-read",
      reader: caller.userId,
      peer,
      seq: after.readSeq,
      via: via.connectionId ?? null,
      hidden: blocks.length > 0,
    });
  }
  return after;
};

export const typing = async (context: Context, caller: Caller, input: { readonly to: string }): Promise<void> => {
  const { ports } = context;
  const to = readId(input.to, "to");
  await takeOne(context, rules.typing, caller.userId);
  if ((await ports.users.find(to)) === null) throw new ChatError("NOT_FOUND", { message: "User not found" });
  const blocks = await ports.relations.between(caller.userId, to);
  if (blocks.length === 0) ports.events.publish({ type: "typing", from: caller.userId, to });
};
