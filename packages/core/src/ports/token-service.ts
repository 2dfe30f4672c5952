import type { Id } from "../domain/index.ts";

/** What a token says. Instants are milliseconds since the epoch, whole seconds. */
export interface TokenClaims {
  readonly userId: Id;
  readonly username: string;
  /** The id of the session without which the token is revoked. */
  readonly sessionId: string;
  readonly expiresAt: number;
}

/** Signs and reads tokens. Knows nothing of sessions. */
export interface TokenService {
  /** The claims as a string that fits into an HTTP header, from which `verify` reads them back (INVARIANT TS-01). `expiresAt` is cut to whole seconds. */
  issue(claims: TokenClaims): Promise<string>;
  /**
   * The claims of a token that this service (or one with the same keys) issued and that has not expired; null for anything else:
   * forged, changed by one bit, expired, for another audience, unsigned, not a token (INVARIANT TS-02). Never throws (INVARIANT TS-03).
   */
  verify(token: string): Promise<TokenClaims | null>;
}
