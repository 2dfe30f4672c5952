import {
  type AppendResult,
  type Id,
  type InsertResult,
  type Message,
  type MessageDraft,
  type MessageRepository,
  peopleOf,
  type StandInJobDraft,
} from "@standin/core/ports";
import { addJob } from "./job-records.ts";
import {
  type ConversationRecord,
  copyJob,
  copyMessage,
  entryOf,
  headOf,
  type MessageState,
  messageAt,
  messageOf,
  noticeKey,
  sendKey,
} from "./message-state.ts";

type MessageWrites = Pick<MessageRepository, "append" | "insertAt" | "amend">;

/** How messages come into the store, and how a verdict changes them. */
export const createMessageWrites = (state: MessageState): MessageWrites => ({
  async append(draft: MessageDraft, job: StandInJobDraft | null): Promise<AppendResult> {
    const earlier = sameSend(state, draft);
    if (earlier !== null) {
      const isRepeated =
        earlier.sender === draft.sender && earlier.recipient === draft.recipient && earlier.content === draft.content;
      return isRepeated ? { outcome: "repeated", message: copyMessage(earlier) } : { outcome: "conflict" };
    }
    const message = storeNext(state, draft);
    const stored = job === null ? null : addJob(state, message, job);
    return { outcome: "stored", message: copyMessage(message), job: copyJob(stored) };
  },

  async insertAt(seq: number, draft: MessageDraft, job: StandInJobDraft | null): Promise<InsertResult> {
    if (state.places.has(draft.id)) return "id-taken";
    const head = headOf(state.conversations.get(draft.conversation));
    if (seq !== (head?.seq ?? 0) + 1) return "seq-taken";
    if (isStandInReply(draft) && state.replies.has(draft.inReplyTo)) return "reply-taken";
    if (draft.notice && state.notices.has(noticeKey(draft))) return "notice-taken";
    const message = storeNext(state, draft);
    if (job !== null) addJob(state, message, job);
    return "inserted";
  },

  async amend(id: Id, change): Promise<Message | null> {
    const place = state.places.get(id);
    const message = messageAt(place?.conversation, place?.seq);
    if (place === undefined || message?.origin !== "standin" || message.verdict === "withdrawn") return null;
    const { conversation, seq } = place;
    const { verdict, content } = change;
    const saidFirst = content === message.content ? null : message.content;
    const rev = conversation.changes.push(seq);
    const amended = { ...message, verdict, content, previousContent: message.previousContent ?? saidFirst, rev };
    conversation.messages[seq - 1] = amended;
    return copyMessage(amended);
  },
});

/** What an earlier call stored for this send: it is known by the client's id, and by the message's own when the outcome of a call was unknown. */
const sameSend = (state: MessageState, draft: MessageDraft): Message | null => {
  const byClient = draft.clientMsgId === null ? undefined : state.sends.get(sendKey(draft.sender, draft.clientMsgId));
  return messageOf(state, byClient ?? draft.id);
};

const isStandInReply = (draft: MessageDraft): draft is MessageDraft & { readonly inReplyTo: Id } =>
  draft.origin === "standin" && draft.inReplyTo !== null;

const storeNext = (state: MessageState, draft: MessageDraft): Message => {
  const conversation = entryOf(state.conversations, draft.conversation, () => openConversation(state, draft));
  const before = headOf(conversation);
  const message: Message = copyMessage({
    ...draft,
    seq: (before?.seq ?? 0) + 1,
    counts: countsAfter(before, draft),
    rev: null,
  });
  conversation.messages.push(message);
  indexMessage(state, conversation, message);
  return message;
};

const openConversation = (state: MessageState, draft: MessageDraft): ConversationRecord => {
  const conversation: ConversationRecord = {
    id: draft.conversation,
    messages: [],
    changes: [],
    readSeq: new Map(),
    newsSeq: new Map(),
    inPersonSeq: new Map(),
    standInSeqs: new Map(),
  };
  for (const person of peopleOf(draft.conversation))
    entryOf(state.conversationsOf, person, () => new Set()).add(conversation);
  return conversation;
};

/** A blocked message counts as unread for nobody, nor does one to oneself. */
const countsAfter = (before: Message | null, draft: MessageDraft): readonly [number, number] => {
  const [low, high] = before?.counts ?? [0, 0];
  if (draft.blocked || draft.sender === draft.recipient) return [low, high];
  return draft.sender === peopleOf(draft.conversation)[0] ? [low + 1, high] : [low, high + 1];
};

const indexMessage = (state: MessageState, conversation: ConversationRecord, message: Message): void => {
  const { id, seq, sender, recipient, clientMsgId } = message;
  state.places.set(id, { conversation, seq });
  if (clientMsgId !== null) state.sends.set(sendKey(sender, clientMsgId), id);
  if (isStandInReply(message)) state.replies.add(message.inReplyTo);
  if (message.notice) state.notices.add(noticeKey(message));
  conversation.newsSeq.set(sender, seq);
  if (!message.blocked) conversation.newsSeq.set(recipient, seq);
  if (message.origin === "person") conversation.inPersonSeq.set(sender, seq);
  if (message.origin === "standin") entryOf(conversation.standInSeqs, sender, () => []).push(seq);
};
