import {
  ChatError,
  type ConversationId,
  countOf,
  type Id,
  type Message,
  type MessageDraft,
  type MessageRepository,
  peopleOf,
  type ReadPosition,
} from "@standin/core/ports";
import { type Jobs, jobFor } from "./jobs.ts";
import { keyOf, type Records } from "./records.ts";

type Messages = Omit<MessageRepository, keyof Jobs | "epoch" | "newEpoch" | "ping">;

/** Messages and conversations: what was said, by whom, and who has read it. */
export const createMessages = ({ messages, threads, sends, reads, commit }: Records): Messages => {
  const threadOf = (conversation: ConversationId): readonly Message[] => threads.get(conversation) ?? [];
  const threadsWith = (user: Id): ConversationId[] => [...threads.keys()].filter((key) => peopleOf(key).includes(user));
  const lastRevIn = (conversation: ConversationId): number =>
    threadOf(conversation).reduce((last, { rev }) => Math.max(last, rev ?? 0), 0);

  const placed = (draft: MessageDraft): Message => {
    const before = threadOf(draft.conversation).at(-1);
    return { ...draft, seq: (before?.seq ?? 0) + 1, counts: countsAfter(before, draft), rev: null };
  };

  const positionOf = (conversation: ConversationId, user: Id): ReadPosition => {
    const thread = threadOf(conversation);
    const readSeq = reads.get(keyOf(conversation, user)) ?? 0;
    const sentUpTo = (message?: Message): number => (message ? countOf(message, peerOf(conversation, user)) : 0);
    return { readSeq, unread: sentUpTo(thread.at(-1)) - sentUpTo(thread[readSeq - 1]) };
  };

  return {
    async append(draft, jobDraft) {
      const { sender, recipient, content, clientMsgId } = draft;
      const bySend = clientMsgId === null ? undefined : sends.get(keyOf(sender, clientMsgId));
      const earlier = messages.get(bySend ?? draft.id);
      if (earlier !== undefined) {
        const isSame = earlier.sender === sender && earlier.recipient === recipient && earlier.content === content;
        return isSame ? { outcome: "repeated", message: earlier } : { outcome: "conflict" };
      }
      const message = placed(draft);
      const job = jobDraft && jobFor(message, jobDraft);
      commit(job ? [{ message }, { job }] : [{ message }]);
      return { outcome: "stored", message, job };
    },
    async insertAt(seq, draft, jobDraft) {
      const message = placed(draft);
      const { conversation, sender, period, inReplyTo } = draft;
      const said = threadOf(conversation).filter(({ origin }) => origin === "standin");
      if (messages.has(draft.id)) return "id-taken";
      if (seq !== message.seq) return "seq-taken";
      if (inReplyTo !== null && said.some((other) => other.inReplyTo === inReplyTo)) return "reply-taken";
      if (draft.notice && said.some((other) => other.notice && other.sender === sender && other.period === period))
        return "notice-taken";
      const job = jobDraft && jobFor(message, jobDraft);
      commit(job ? [{ message }, { job }] : [{ message }]);
      return "inserted";
    },
    async amend(id, { verdict, content }) {
      const before = messages.get(id);
      if (before?.origin !== "standin" || before.verdict === "withdrawn") return null;
      const previousContent = before.previousContent ?? (content === before.content ? null : before.content);
      const message = { ...before, verdict, content, previousContent, rev: lastRevIn(before.conversation) + 1 };
      commit([{ message }]);
      return message;
    },

    find: async (id) => messages.get(id) ?? null,
    head: async (conversation) => threadOf(conversation).at(-1) ?? null,
    async page(conversation, { before = Number.POSITIVE_INFINITY, after, limit }) {
      const thread = threadOf(conversation);
      const end = Math.min(before - 1, thread.length);
      return after === undefined
        ? thread.slice(Math.max(0, end - limit), end)
        : thread.slice(after, Math.min(after + limit, end));
    },
    lastRev: async (conversation) => lastRevIn(conversation),
    async changedAfter(conversation, rev, limit) {
      const changed = threadOf(conversation).filter((message) => (message.rev ?? 0) > rev);
      return changed.sort((one, other) => (one.rev ?? 0) - (other.rev ?? 0)).slice(0, limit);
    },
    lastInPerson: async (conversation, sender) =>
      threadOf(conversation).findLast((message) => message.sender === sender && message.origin === "person") ?? null,
    async standInMessages(conversation, owner, limit) {
      const said = threadOf(conversation).filter(({ sender, origin }) => sender === owner && origin === "standin");
      return said.reverse().slice(0, limit);
    },

    readPosition: async (conversation, user) => positionOf(conversation, user),
    async markRead(conversation, user, upTo) {
      const seq = Math.min(upTo, threadOf(conversation).length);
      if (seq > positionOf(conversation, user).readSeq) commit([{ read: { conversation, user, seq } }]);
      return positionOf(conversation, user);
    },
    async conversations(user, { limit, cursor }) {
      if (cursor !== null && !messages.get(cursor)?.conversation.includes(user)) throw new ChatError("INVALID");
      const rows = threadsWith(user).flatMap((conversation) => {
        const thread = threadOf(conversation);
        const lastMessage = thread.findLast(({ sender, blocked }) => sender === user || !blocked);
        if (lastMessage === undefined || (cursor !== null && lastMessage.id >= cursor)) return [];
        const [peer, lastSeq, lastRev] = [peerOf(conversation, user), thread.length, lastRevIn(conversation)];
        return { conversation, peer, lastSeq, lastRev, ...positionOf(conversation, user), lastMessage };
      });
      rows.sort((one, other) => (one.lastMessage.id < other.lastMessage.id ? 1 : -1));
      const page = rows.slice(0, limit);
      return { conversations: page, nextCursor: rows.length > limit ? (page.at(-1)?.lastMessage.id ?? null) : null };
    },
    peers: async (user, limit) =>
      threadsWith(user)
        .map((conversation) => peerOf(conversation, user))
        .slice(0, limit),
  };
};

/** The other person; in a conversation with oneself, oneself. */
const peerOf = (conversation: ConversationId, user: Id): Id => {
  const [low, high] = peopleOf(conversation);
  return low === user ? high : low;
};

/** A blocked message counts as unread for nobody, nor does one to oneself. */
const countsAfter = (before: Message | undefined, draft: MessageDraft): readonly [number, number] => {
  const [low, high] = before?.counts ?? [0, 0];
  if (draft.blocked || draft.sender === draft.recipient) return [low, high];
  return draft.conversation.startsWith(draft.sender) ? [low + 1, high] : [low, high + 1];
};
