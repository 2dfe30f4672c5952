import type { Message, OutboxEntry, TimelineEntry } from "@standin/client";

/** A stored message in a conversation. */
export interface MessageEntry {
  readonly kind: "message";
  /** Stays the same from the moment of sending on. */
  readonly key: string;
  readonly mine: boolean;
  /** Milliseconds since the epoch, for showing only. */
  readonly at: number;
  readonly text: string;
  readonly message: Message;
  /** One's own, and the other person has read it. */
  readonly read: boolean;
}

/** A message of one's own that the server has not acknowledged. */
export interface OutgoingEntry {
  readonly kind: "outgoing";
  readonly key: string;
  readonly mine: true;
  readonly at: number;
  readonly text: string;
  readonly unsent: OutboxEntry;
}

export type Entry = MessageEntry | OutgoingEntry;

/**
 * What an assistant's message says without whose assistant it is, which the page shows as a badge.
 *
 * @example
 * withoutLabel({ label: "Ada's assistant", content: "Ada's assistant: Back at five." }); // "Back at five."
 */
export const withoutLabel = ({ label, content }: Pick<Message, "label" | "content">): string => {
  const prefix = `${label}:`;
  return label !== undefined && content.startsWith(prefix) ? content.slice(prefix.length).trimStart() : content;
};

/**
 * A line of a conversation as the page draws it.
 *
 * @param me the id of the person who looks
 * @param peerReadSeq up to where the other person has read
 */
export const entryOf = ({ key, message, unsent }: TimelineEntry, me: string, peerReadSeq: number): Entry => {
  if (message === null)
    return { kind: "outgoing", key, mine: true, at: unsent.writtenAt, text: unsent.content, unsent };
  const mine = message.sender === me;
  return {
    kind: "message",
    key,
    mine,
    at: Date.parse(message.timestamp),
    text: message.origin === "standin" ? withoutLabel(message) : message.content,
    message,
    read: mine && message.seq <= peerReadSeq,
  };
};
