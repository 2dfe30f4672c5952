import type { Id } from "./ids.ts";

/** One connection's claim that its user is there, good until it expires. */
export interface Lease {
  readonly userId: Id;
  /** Unique over all nodes. */
  readonly connectionId: string;
  /** The server process that holds the connection. */
  readonly nodeId: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}
