import type { Generator, Message, MessageDraft, Origin, Verdict } from "@standin/core/ports";

/** A row of the table `messages`. */
export interface MessageRow {
  readonly id: string;
  readonly conversation: string;
  readonly seq: number;
  readonly sender: string;
  readonly recipient: string;
  readonly content: string;
  readonly at: number;
  readonly origin: Origin;
  readonly client_msg_id: string | null;
  readonly period: number | null;
  readonly blocked: number;
  readonly message_only: number;
  readonly count_low: number;
  readonly count_high: number;
  readonly rev: number | null;
  readonly in_reply_to: string | null;
  readonly provider: Generator["provider"] | null;
  readonly model: string | null;
  readonly notice: number;
  readonly label: string | null;
  readonly verdict: Verdict | null;
  readonly previous_content: string | null;
}

export const messageColumns: readonly (keyof MessageRow)[] = [
  "id",
  "conversation",
  "seq",
  "sender",
  "recipient",
  "content",
  "at",
  "origin",
  "client_msg_id",
  "period",
  "blocked",
  "message_only",
  "count_low",
  "count_high",
  "rev",
  "in_reply_to",
  "provider",
  "model",
  "notice",
  "label",
  "verdict",
  "previous_content",
];

const generatorFrom = ({ provider, model }: MessageRow): Generator | null => {
  if (provider === null) return null;
  return provider === "template" ? { provider } : { provider, model: model ?? "" };
};

export const messageFrom = (row: MessageRow): Message => ({
  id: row.id,
  conversation: row.conversation,
  sender: row.sender,
  recipient: row.recipient,
  content: row.content,
  at: row.at,
  seq: row.seq,
  origin: row.origin,
  clientMsgId: row.client_msg_id,
  period: row.period,
  blocked: row.blocked === 1,
  messageOnly: row.message_only === 1,
  counts: [row.count_low, row.count_high],
  rev: row.rev,
  inReplyTo: row.in_reply_to,
  generator: generatorFrom(row),
  notice: row.notice === 1,
  label: row.label,
  verdict: row.verdict,
  previousContent: row.previous_content,
});

/** Text as SQLite keeps it: half a surrogate pair has no UTF-8 form. What is stored, answered and compared is this. */
export const storedText = (text: string): string => text.toWellFormed();

/** The row of a new message in its place. */
export const messageRow = (draft: MessageDraft, seq: number, counts: Message["counts"]): MessageRow => ({
  id: draft.id,
  conversation: draft.conversation,
  seq,
  sender: draft.sender,
  recipient: draft.recipient,
  content: storedText(draft.content),
  at: draft.at,
  origin: draft.origin,
  client_msg_id: draft.clientMsgId,
  period: draft.period,
  blocked: draft.blocked ? 1 : 0,
  message_only: draft.messageOnly ? 1 : 0,
  count_low: counts[0],
  count_high: counts[1],
  rev: null,
  in_reply_to: draft.inReplyTo,
  provider: draft.generator?.provider ?? null,
  model: draft.generator === null || draft.generator.provider === "template" ? null : draft.generator.model,
  notice: draft.notice ? 1 : 0,
  label: draft.label,
  verdict: draft.verdict,
  previous_content: draft.previousContent,
});
