import type { Id } from "./ids.ts";

/** What makes a token good: a token without its session is revoked. Instants are milliseconds since the epoch. */
export interface Session {
  /** The token's `jti`. */
  readonly id: string;
  readonly userId: Id;
  readonly createdAt: number;
  readonly expiresAt: number;
}
