import type { Id } from "@standin/core";

/** Rooms of this node only: every node hears every event itself, so nothing is broadcast between nodes here. */
export const rooms = {
  /** Everybody who is logged in. */
  people: "people",
  /** Those who get no status events until they have caught up. */
  behind: "behind",
  user: (id: Id): string => `user:${id}`,
  session: (id: string): string => `session:${id}`,
} as const;
