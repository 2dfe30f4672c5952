import type { ConversationId, Id } from "./ids.ts";
import type { Generator } from "./message.ts";

/** `open` until its owner sends or dismisses it. */
export type SuggestionState = "open" | "sent" | "dismissed";

/** A draft that the stand-in made for its owner, who alone sees it (mode `suggest`). */
export interface Suggestion {
  /** Also the id of the message that it becomes when the owner sends it: so it is sent once. */
  readonly id: Id;
  readonly owner: Id;
  /** Whom it would answer. */
  readonly peer: Id;
  readonly conversation: ConversationId;
  /** The message that it answers. Unique among suggestions. */
  readonly inReplyTo: Id;
  readonly text: string;
  readonly generator: Generator;
  /** Fixed text, because no model was there: at most one per conversation, owner and period. */
  readonly notice: boolean;
  /** The owner's period of BUSY in which it was made. */
  readonly period: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly state: SuggestionState;
}
