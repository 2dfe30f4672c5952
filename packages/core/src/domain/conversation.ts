import type { ConversationId, Id } from "./ids.ts";
import type { Message } from "./message.ts";

/** A conversation as one of its two people sees it. */
export interface ConversationSummary {
  readonly conversation: ConversationId;
  readonly peer: Id;
  /** The number of the newest message, blocked ones included; 0: none yet. */
  readonly lastSeq: number;
  /** The number of the newest change; 0: none yet. */
  readonly lastRev: number;
  readonly readSeq: number;
  /** Messages of the other person after `readSeq` that count. */
  readonly unread: number;
  /** The newest message that this person may see as news: theirs, or the other's unless blocked. null: none. */
  readonly lastMessage: Message | null;
}

/** Where one person stands in a conversation. */
export interface ReadPosition {
  readonly readSeq: number;
  readonly unread: number;
}
