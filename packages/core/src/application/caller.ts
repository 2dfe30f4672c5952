import type { Id } from "../domain/index.ts";

/** Who is calling, proved by a good token. */
export interface Caller {
  readonly userId: Id;
  readonly username: string;
  readonly sessionId: string;
  /** When the token ends, in milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Through which connection a call came; null or absent: through none, as over HTTP. */
export interface Via {
  readonly connectionId?: string | null;
}

/** A part of a list: at most `limit` entries, from where the page with this `nextCursor` ended. */
export interface PageInput {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}
