import type { ConversationId, Id } from "@standin/core/ports";
import type { ObjectId } from "mongodb";

/** A document of `conversations`: one conversation as one of its people has it. Says which there are and in what order; what they hold is read from `messages`. */
export interface ConversationDocument {
  /** {@link rowKey} */
  readonly _id: string;
  readonly user: ObjectId;
  readonly peer: ObjectId;
  readonly conversation: ConversationId;
  readonly readSeq: number;
  /** The number of the message in `lastVisible`; 0: it may not be stored yet. */
  readonly newsSeq: number;
  /** The newest message that is news to the user; not there: none. */
  readonly lastVisible?: ObjectId;
}

/** What makes a row unique: whose it is, and with whom. */
export const rowKey = (user: Id, peer: Id): string => `${user}:${peer}`;
