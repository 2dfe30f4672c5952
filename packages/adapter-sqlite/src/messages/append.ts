import {
  type AppendResult,
  type InsertResult,
  type Message,
  type MessageDraft,
  peopleOf,
  type StandInJob,
  type StandInJobDraft,
} from "@standin/core/ports";
import type { Access } from "../access.ts";
import { insertInto } from "../rows/insert.ts";
import { firstJobRow, jobColumns, jobFrom } from "../rows/job.ts";
import { type MessageRow, messageColumns, messageFrom, messageRow, storedText } from "../rows/message.ts";

/** The end of a conversation, as far as the next message needs it. */
type Head = Pick<MessageRow, "seq" | "count_low" | "count_high">;

const noHead: Head = { seq: 0, count_low: 0, count_high: 0 };

/** The counts after this message: it counts for its sender unless the other person must not hear of it, or is the sender. */
const countsAfter = (head: Head, draft: MessageDraft): Message["counts"] => {
  const added = draft.blocked || draft.sender === draft.recipient ? 0 : 1;
  const [low] = peopleOf(draft.conversation);
  return draft.sender === low ? [head.count_low + added, head.count_high] : [head.count_low, head.count_high + added];
};

/** What stores a message. Both run within a transaction, and read there what they decide by. */
export interface Appending {
  append(draft: MessageDraft, job: StandInJobDraft | null): AppendResult;
  insertAt(seq: number, draft: MessageDraft, job: StandInJobDraft | null): InsertResult;
}

export const createAppending = ({ prepare }: Access): Appending => {
  const byId = prepare<MessageRow>("SELECT * FROM messages WHERE id = ?");
  const byClientId = prepare<MessageRow>("SELECT * FROM messages WHERE client_msg_id = ? AND sender = ?");
  const headOf = prepare<Head>(
    "SELECT seq, count_low, count_high FROM messages WHERE conversation = ? ORDER BY seq DESC LIMIT 1",
  );
  const insertMessage = prepare(insertInto("messages", messageColumns));
  const insertJob = prepare(insertInto("jobs", jobColumns));
  const noteParticipant = prepare(
    `INSERT INTO participants (user, conversation, peer, last_visible, last_in_person)
     VALUES (:user, :conversation, :peer, :visible, :in_person)
     ON CONFLICT (user, conversation) DO UPDATE SET
       last_visible = coalesce(excluded.last_visible, last_visible),
       last_in_person = coalesce(excluded.last_in_person, last_in_person)`,
  );
  const replyTo = prepare("SELECT 1 FROM messages WHERE in_reply_to = ? AND origin = 'standin'");
  const noticeOf = prepare(
    "SELECT 1 FROM messages WHERE conversation = ? AND sender = ? AND period IS ? AND notice = 1",
  );

  const place = (draft: MessageDraft, head: Head): Message => {
    const row = messageRow(draft, head.seq + 1, countsAfter(head, draft));
    insertMessage.run({ ...row });
    const { id, conversation, sender, recipient } = draft;
    const in_person = draft.origin === "person" ? row.seq : null;
    noteParticipant.run({ user: sender, conversation, peer: recipient, visible: id, in_person });
    if (recipient !== sender) {
      const visible = draft.blocked ? null : id;
      noteParticipant.run({ user: recipient, conversation, peer: sender, visible, in_person: null });
    }
    return messageFrom(row);
  };

  const placeJob = (draft: MessageDraft, seq: number, job: StandInJobDraft): StandInJob => {
    const row = firstJobRow(draft, seq, job);
    insertJob.run({ ...row });
    return jobFrom(row);
  };

  /** The same send, stored before; its id alone tells when the client gave none. */
  const earlier = ({ id, clientMsgId, sender }: MessageDraft): MessageRow | undefined =>
    (clientMsgId === null ? undefined : byClientId.get(clientMsgId, sender)) ?? byId.get(id);

  return {
    append(draft, job) {
      const before = earlier(draft);
      if (before !== undefined) {
        const isSame =
          before.sender === draft.sender &&
          before.recipient === draft.recipient &&
          before.content === storedText(draft.content);
        return isSame ? { outcome: "repeated", message: messageFrom(before) } : { outcome: "conflict" };
      }
      const message = place(draft, headOf.get(draft.conversation) ?? noHead);
      return { outcome: "stored", message, job: job === null ? null : placeJob(draft, message.seq, job) };
    },
    insertAt(seq, draft, job) {
      const { id, conversation, sender, inReplyTo, period } = draft;
      if (byId.get(id) !== undefined) return "id-taken";
      const head = headOf.get(conversation) ?? noHead;
      if (seq !== head.seq + 1) return "seq-taken";
      if (draft.origin === "standin" && inReplyTo !== null && replyTo.get(inReplyTo) !== undefined) {
        return "reply-taken";
      }
      if (draft.notice && noticeOf.get(conversation, sender, period) !== undefined) return "notice-taken";
      place(draft, head);
      if (job !== null) placeJob(draft, seq, job);
      return "inserted";
    },
  };
};
