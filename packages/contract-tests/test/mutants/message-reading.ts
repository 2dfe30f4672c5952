import { ChatError, type ConversationId, type Id, type Message, type MessageRepository } from "@standin/core/ports";
import type { MessageBreak } from "./message-break.ts";

const everything = { limit: 10_000 };
const byTime = (one: Message, other: Message): number => one.at - other.at;

/** The blocked messages that a user got after a number. */
const blockedFor = async (
  store: MessageRepository,
  conversation: ConversationId,
  user: Id,
  after: number,
): Promise<number> => {
  const page = await store.page(conversation, { after, limit: 10_000 });
  return page.filter(({ blocked, recipient }) => blocked && recipient === user).length;
};

/** Stores that show wrongly what they hold. */
export const messageReadingBreaks: readonly MessageBreak[] = [
  [
    "orders by time",
    [
      "append-numbers",
      "order-by-commit",
      "client-ids-apart",
      "counts",
      "insert-next",
      "insert-reply-taken",
      "amend",
      "page",
      "last-in-person",
      "stand-in-messages",
      "conversations-order",
      "race-one-conversation",
      "race-many-conversations",
      "race-first-messages",
      "race-one-send",
      "race-insert-among-writers",
      "race-verdicts",
    ],
    (store) => ({
      async page(conversation, { before = Number.POSITIVE_INFINITY, after, limit }) {
        const sorted = (await store.page(conversation, everything)).toSorted(byTime);
        return after === undefined
          ? sorted.filter(({ seq }) => seq < before).slice(-limit)
          : sorted.filter(({ seq }) => seq > after).slice(0, limit);
      },
      head: async (conversation) => (await store.page(conversation, everything)).toSorted(byTime).at(-1) ?? null,
      async conversations(user, page) {
        const { conversations, nextCursor } = await store.conversations(user, page);
        const atOf = (row: (typeof conversations)[number]): number => row.lastMessage?.at ?? 0;
        return { conversations: conversations.toSorted((one, other) => atOf(other) - atOf(one)), nextCursor };
      },
    }),
  ],
  [
    "counts blocked messages as unread",
    ["unread", "conversations-blocked"],
    (store) => ({
      async readPosition(conversation, user) {
        const { readSeq, unread } = await store.readPosition(conversation, user);
        return { readSeq, unread: unread + (await blockedFor(store, conversation, user, readSeq)) };
      },
      async conversations(user, page) {
        const { conversations, nextCursor } = await store.conversations(user, page);
        const rows = conversations.map(async (row) => ({
          ...row,
          unread: row.unread + (await blockedFor(store, row.conversation, user, row.readSeq)),
        }));
        return { conversations: await Promise.all(rows), nextCursor };
      },
    }),
  ],
  [
    "rejects for what is not there",
    ["isolation", "repeated", "conflict", "insert-elsewhere", "insert-reply-taken", "insert-notice-taken", "absent"],
    (store) => ({
      async find(id) {
        const message = await store.find(id);
        if (message === null) throw new ChatError("NOT_FOUND");
        return message;
      },
    }),
  ],
  [
    "pages from the beginning",
    ["page"],
    (store) => ({ page: (conversation, { limit }) => store.page(conversation, { after: 0, limit }) }),
  ],
  [
    "takes any message for one in person",
    ["order-by-commit", "last-in-person"],
    (store) => ({ lastInPerson: (conversation) => store.head(conversation) }),
  ],
  [
    "lists a stand-in's messages oldest first",
    ["stand-in-messages"],
    (store) => ({
      standInMessages: async (conversation, owner, limit) =>
        (await store.standInMessages(conversation, owner, limit)).toReversed(),
    }),
  ],
  [
    "moves read positions back",
    ["mark-read", "race-read-positions"],
    (store) => {
      const positions = new Map<string, number>();
      const position = async (
        conversation: ConversationId,
        user: Id,
      ): ReturnType<MessageRepository["readPosition"]> => {
        const { readSeq, unread } = await store.readPosition(conversation, user);
        return { readSeq: positions.get(conversation + user) ?? readSeq, unread };
      };
      return {
        readPosition: position,
        async markRead(conversation, user, seq) {
          const { readSeq } = await store.markRead(conversation, user, seq);
          positions.set(conversation + user, Math.min(seq, readSeq));
          return position(conversation, user);
        },
      };
    },
  ],
  [
    "moves read positions beyond the newest message",
    ["absent", "mark-read"],
    (store) => ({
      async markRead(conversation, user, seq) {
        const { readSeq, unread } = await store.markRead(conversation, user, seq);
        return { readSeq: Math.max(seq, readSeq), unread };
      },
    }),
  ],
  [
    "leaves changes out of the list",
    ["conversations", "durable-messages"],
    (store) => ({
      async conversations(user, page) {
        const { conversations, nextCursor } = await store.conversations(user, page);
        return { conversations: conversations.map((row) => ({ ...row, lastRev: 0 })), nextCursor };
      },
    }),
  ],
  [
    "leaves a conversation with oneself out",
    ["conversations-self"],
    (store) => ({
      async conversations(user, page) {
        const { conversations, nextCursor } = await store.conversations(user, page);
        return { conversations: conversations.filter(({ peer }) => peer !== user), nextCursor };
      },
    }),
  ],
  [
    "shows the newest message to everybody",
    ["conversations-blocked"],
    (store) => ({
      async conversations(user, page) {
        const { conversations, nextCursor } = await store.conversations(user, page);
        const rows = conversations.map(async (row) => ({ ...row, lastMessage: await store.head(row.conversation) }));
        return { conversations: await Promise.all(rows), nextCursor };
      },
    }),
  ],
  [
    "lists a conversation for both from its first message on",
    ["conversations-only-blocked"],
    (store) => ({
      async conversations(user, page) {
        const peers = await store.peers(user, 100);
        const { conversations, nextCursor } = await store.conversations(user, page);
        const [listed] = conversations;
        if (listed !== undefined || peers[0] === undefined) return { conversations, nextCursor };
        const other = await store.conversations(peers[0], page);
        return { conversations: other.conversations.map((row) => ({ ...row, peer: peers[0] ?? "" })), nextCursor };
      },
    }),
  ],
  [
    "begins anew at a cursor that it does not know",
    ["conversations-bad-cursor"],
    (store) => ({
      conversations: (user, page) =>
        store.conversations(user, page).catch(() => store.conversations(user, { ...page, cursor: null })),
    }),
  ],
  [
    "names a peer for each message",
    ["peers"],
    (store) => ({ peers: async (user, limit) => (await store.peers(user, limit)).flatMap((peer) => [peer, peer]) }),
  ],
];
