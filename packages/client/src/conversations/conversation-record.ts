import type { Message, User } from "../wire.ts";

/** What a device keeps of a conversation, beside its newest messages. */
export interface ConversationRecord {
  /** Records of another epoch mean nothing. */
  readonly epoch: string;
  readonly peer: string;
  readonly user: User | null;
  /** The cursors: everything up to this message and this change is known. */
  readonly last: number;
  readonly lastRev: number;
  readonly readSeq: number;
  readonly peerReadSeq: number;
  readonly unread: number;
  /** How far one has read according to this device, as long as the server has not confirmed it. */
  readonly readHere: number;
  readonly lastMessage: Message | null;
  /** Its place in the list: greater is newer. */
  readonly place: number;
}

/** What holds for all conversations of a person. */
export interface Marker {
  /** Null: nothing was ever read from the server. */
  readonly epoch: string | null;
}
