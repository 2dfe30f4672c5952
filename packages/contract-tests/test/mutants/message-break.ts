import type { MessageRepository } from "@standin/core/ports";

export type MessageBreak = readonly [
  name: string,
  fails: readonly string[],
  change: (store: MessageRepository) => Partial<MessageRepository>,
];
