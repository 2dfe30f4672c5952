/** One line of the conversation, as a model may see it. */
export interface ResponderTurn {
  readonly from: "writer" | "owner" | "assistant";
  readonly text: string;
}

/** What the owner agreed to share. */
export interface ShareableFacts {
  readonly text: string | null;
  /** ISO 8601 UTC. */
  readonly backAt: string | null;
  readonly links: readonly string[];
  /** May the placeholder for the delegate's name be used? The name itself is put in by code, after the model. */
  readonly hasDelegate: boolean;
}

/** All that a model is ever given (R15). It has no field in which anything else could travel. */
export interface ResponderRequest {
  /** What the text is for: an answer that the writer gets at once, or a draft that the owner may send. */
  readonly purpose: "answer" | "draft";
  readonly ownerName: string;
  readonly writerName: string;
  /** ISO 8601 UTC; null: open, or not shared. */
  readonly busyUntil: string | null;
  readonly busyNote: string | null;
  readonly facts: ShareableFacts;
  /** Oldest first; the last one is what is to be answered. At most 20, and 8,000 characters in all. */
  readonly turns: readonly ResponderTurn[];
}
