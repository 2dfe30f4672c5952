import type { OutboxEntry } from "../outbox/outbox-entry.ts";
import type { Message, User } from "../wire.ts";

/** Where one conversation stands. A new object for every change, so that two can be compared by identity. */
export interface ConversationSummary {
  /** The other person's id. */
  readonly peer: string;
  /** The other person; null as long as only the id is known. */
  readonly user: User | null;
  /** The number of the newest message; 0: there is none yet. */
  readonly lastSeq: number;
  /** How far oneself has read, and how far the other person is known to have. */
  readonly readSeq: number;
  readonly peerReadSeq: number;
  readonly unread: number;
  /** The newest message that counts; null: there is none. */
  readonly lastMessage: Message | null;
  /** One's own messages on their way, oldest first. */
  readonly unsent: readonly OutboxEntry[];
}

/** One line of a conversation as it is shown: what is stored, and after it what is on its way. */
export type TimelineEntry =
  | {
      /** The same before and after the message was acknowledged: a good key for a list. */
      readonly key: string;
      readonly message: Message;
      readonly unsent: null;
    }
  | { readonly key: string; readonly message: null; readonly unsent: OutboxEntry };

export interface SendOptions {
  /** Ends the waiting, not the sending: what is in the outbox stays there until it is discarded. */
  readonly signal?: AbortSignal;
  /** An id of the app's own making, 1–64 of `A-Z a-z 0-9 _ -`. Default: a new one. */
  readonly clientMsgId?: string;
}

/** The conversation with one person. It stays the same object for as long as the same person is signed in. */
export interface Conversation {
  /** The other person's id. */
  readonly peer: string;
  /** Where it stands. */
  summary(): ConversationSummary;
  /**
   * The messages at hand: without a hole, oldest first, up to the newest one known. The same array until something changes.
   * Empty until {@link Conversation.load}, but for what arrives meanwhile.
   */
  messages(): readonly Message[];
  /** {@link Conversation.messages}, then what is on its way. The same array until something changes. */
  timeline(): readonly TimelineEntry[];
  /** Are there older messages to be had? */
  readonly hasOlder: boolean;
  /**
   * Brings in the newest messages, from the device or the server, and keeps the conversation fresh over reconnects from then on.
   * Without a connection it resolves with what the device keeps. Repeating it is free.
   */
  load(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Brings in up to `limit` (100 by default, at most 1,000) older messages. Resolves with {@link Conversation.hasOlder}. */
  older(options?: { readonly limit?: number; readonly signal?: AbortSignal }): Promise<boolean>;
  /**
   * Puts a message into the outbox. It is in {@link Conversation.timeline} at once, outlives a reload, and goes out in order until the
   * server has it. An empty text, or one of more than 4,000 characters, is INVALID and not put there. Resolves with the stored message; rejects with ClientError once it is refused for good, discarded, or its writer
   * signs out. Nobody has to wait for it or catch it: a refusal is also seen in the outbox.
   */
  send(content: string, options?: SendOptions): Promise<Message>;
  /** Moves one's read position up to `seq`, the newest message by default: at once here, and at the server when there is a connection. */
  markRead(seq?: number): void;
  /** Tells the other person that one is typing. Call it at each key: it goes out at most every three seconds, and never fails. */
  typing(): void;
}
