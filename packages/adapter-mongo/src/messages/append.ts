import {
  type AppendResult,
  ChatError,
  type InsertResult,
  type Message,
  type MessageDraft,
  type StandInJobDraft,
} from "@standin/core/ports";
import type { Access } from "../access.ts";
import { hasJob, jobFrom } from "../documents/job.ts";
import { type Head, type MessageDocument, messageDocument, messageFrom } from "../documents/message.ts";
import { toChatError, unavailable } from "../driver-error.ts";
import { indexNames } from "../indexes.ts";
import type { TimeLimit } from "../time-limit.ts";
import { isThe, storedText } from "../values.ts";
import type { ConversationRows } from "./conversation-rows.ts";
import type { Heads } from "./heads.ts";
import type { InsertQueue } from "./insert-queue.ts";
import type { Lanes } from "./lanes.ts";

/** What stores messages. Within one process, one message of a conversation is on its way at a time. */
export interface Appending {
  append(draft: MessageDraft, job: StandInJobDraft | null, time: TimeLimit): Promise<AppendResult>;
  insertAt(seq: number, draft: MessageDraft, job: StandInJobDraft | null, time: TimeLimit): Promise<InsertResult>;
}

export interface AppendingParts {
  readonly access: Pick<Access, "messages" | "settle">;
  readonly heads: Heads;
  readonly rows: ConversationRows;
  readonly queue: InsertQueue;
  readonly lanes: Lanes;
}

/** What stands for one attempt: stored, by this attempt or by one whose answer was lost; or the index of the key that is taken. */
type Attempt = { readonly stored: MessageDocument } | { readonly taken: string } | "unclear";

/** How long it takes until an attempt whose outcome is not known, and that is not to be seen, is made again, in milliseconds. */
const retryMs = 50;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, retryMs));

export const createAppending = ({ access, heads, rows, queue, lanes }: AppendingParts): Appending => {
  const { messages, settle } = access;

  const byId = (draft: MessageDraft, time: TimeLimit): Promise<MessageDocument | null> =>
    messages.findOne({ _id: isThe(draft.id) }, time.options());

  /** The same send, stored before; its id alone tells when the client gave none. */
  const earlier = async (draft: MessageDraft, time: TimeLimit): Promise<MessageDocument | null> => {
    const { clientMsgId, sender } = draft;
    const sent =
      clientMsgId === null
        ? null
        : await messages.findOne({ clientMsgId: { $eq: clientMsgId }, sender: isThe(sender) }, time.options());
    return sent ?? (await byId(draft, time));
  };

  /** Tries to store the document as the next after `head`. An outcome that the server did not tell is read. */
  const attempt = async (document: MessageDocument, draft: MessageDraft, time: TimeLimit): Promise<Attempt> => {
    const { conversation } = draft;
    const outcome = await queue.insert(document, time);
    if (outcome.kind === "stored") {
      heads.remember(conversation, document);
      return { stored: document };
    }
    heads.forget(conversation);
    if (outcome.kind === "duplicate") return { taken: outcome.index };
    if (outcome.kind === "refused") throw toChatError(outcome.cause);
    if (outcome.kind === "unsent") throw unavailable();
    // The server may have been exchanged for one that holds older data: nothing remembered is certain.
    heads.forgetAll();
    rows.forgetAll();
    const stored = await byId(draft, time).catch((error: unknown) => {
      throw time.left() > 0 ? error : unavailable(outcome.cause);
    });
    if (stored === null) {
      await pause();
      return "unclear";
    }
    await settle(time);
    return { stored };
  };

  /** The same send was stored before, or is another one. */
  const answerAgain = async (before: MessageDocument, draft: MessageDraft, time: TimeLimit): Promise<AppendResult> => {
    const message = messageFrom(before);
    const { sender, recipient } = draft;
    if (message.sender !== sender || message.recipient !== recipient || message.content !== storedText(draft.content))
      return { outcome: "conflict" };
    await settle(time);
    return { outcome: "repeated", message };
  };

  const store = async (draft: MessageDraft, job: StandInJobDraft | null, time: TimeLimit): Promise<AppendResult> => {
    let isOurs = false;
    for (;;) {
      const head = await heads.get(draft.conversation, time);
      const result = await attempt(messageDocument(draft, head, job), draft, time);
      if (result === "unclear") {
        // From now on this id may come to be stored by this very call.
        isOurs = true;
        continue;
      }
      if ("stored" in result) return storedAs(result.stored);
      if (result.taken === indexNames.seq) continue;
      const isRepeat = result.taken === indexNames.id || result.taken === indexNames.clientId;
      const before = isRepeat ? await earlier(draft, time) : null;
      if (before === null) throw new ChatError("CONFLICT");
      if (!isOurs || before._id.toHexString() !== draft.id) return answerAgain(before, draft, time);
      await settle(time);
      return storedAs(before);
    }
  };

  /** What stands in the way of a message at this number, in the order of the port; null: nothing any more. */
  const obstacle = async (seq: number, draft: MessageDraft, time: TimeLimit): Promise<InsertResult | null> => {
    const { conversation, sender, inReplyTo, period, origin, notice } = draft;
    if ((await byId(draft, time)) !== null) return "id-taken";
    if ((await heads.read(conversation, time)).seq + 1 !== seq) return "seq-taken";
    const reply = { inReplyTo: isThe(inReplyTo ?? ""), origin: { $eq: "standin" as const } };
    const isAnswer = origin === "standin" && inReplyTo !== null;
    if (isAnswer && (await messages.findOne(reply, time.options())) !== null) return "reply-taken";
    const same = {
      conversation: { $eq: conversation },
      sender: isThe(sender),
      period: period === null ? { $exists: false } : { $eq: period },
    };
    if (notice && (await messages.findOne({ ...same, notice: true }, time.options())) !== null) return "notice-taken";
    return null;
  };

  const storeAt = async (
    seq: number,
    draft: MessageDraft,
    job: StandInJobDraft | null,
    time: TimeLimit,
  ): Promise<InsertResult | MessageDocument> => {
    let isOurs = false;
    for (;;) {
      const head: Head = await heads.get(draft.conversation, time);
      if (head.seq + 1 === seq) {
        const result = await attempt(messageDocument(draft, head, job), draft, time);
        if (result === "unclear") {
          isOurs = true;
          continue;
        }
        if ("stored" in result) return result.stored;
        if (isOurs && result.taken === indexNames.id) return (await byId(draft, time)) ?? "id-taken";
        if (result.taken === indexNames.clientId) throw new ChatError("CONFLICT");
      }
      const found = await obstacle(seq, draft, time);
      if (found !== null) return found;
    }
  };

  return {
    append(draft, job, time) {
      return lanes.inTurn(draft.conversation, time, async () => {
        // Nothing is to be made for a conversation into which this send does not go.
        const before = rows.areReady(draft) ? null : await earlier(draft, time);
        if (before === null) await rows.prepare(draft, time);
        const result = before === null ? await store(draft, job, time) : await answerAgain(before, draft, time);
        // Still in turn, so that callers hear of their messages in the order of the numbers.
        if (result.outcome !== "conflict") await rows.moveUp(result.message, time);
        return result;
      });
    },
    insertAt(seq, draft, job, time) {
      return lanes.inTurn(draft.conversation, time, async () => {
        await rows.prepare(draft, time);
        const result = await storeAt(seq, draft, job, time);
        if (typeof result === "string") return result;
        await rows.moveUp(messageFrom(result), time);
        return "inserted";
      });
    },
  };
};

const storedAs = (document: MessageDocument): AppendResult => {
  const message: Message = messageFrom(document);
  return { outcome: "stored", message, job: hasJob(document) ? jobFrom(document) : null };
};
