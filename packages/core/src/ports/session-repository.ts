import type { Id, Session } from "../domain/index.ts";

/** The sessions that make tokens good, and the addresses from which each account has signed in. */
export interface SessionRepository {
  /** Durable when it resolves. The id was made by the caller. */
  create(session: Session): Promise<void>;
  /** null: never was, or was ended (INVARIANT SR-01). An expired one may still be answered: the caller compares. */
  find(id: string): Promise<Session | null>;
  /** Those of `ids` that exist, in one read. */
  findMany(ids: readonly string[]): Promise<readonly Session[]>;
  /** Ends one session; ending what is ended does nothing (INVARIANT SR-02). */
  delete(id: string): Promise<void>;
  /** Ends all sessions of a user but `except`, and no one else's (INVARIANT SR-03). */
  deleteAllOf(userId: Id, except: string | null): Promise<void>;
  /** Forgets at most `limit` sessions that ended by `now`; returns how many (INVARIANT SR-04). */
  deleteExpired(now: number, limit: number): Promise<number>;
  /** Remembers that the account signed in from the address; the newest 100 per account are kept (INVARIANT SR-05). */
  rememberAddress(userId: Id, address: string, at: number): Promise<void>;
  knowsAddress(userId: Id, address: string): Promise<boolean>;
  /** Forgets everything about a user. */
  forgetUser(userId: Id): Promise<void>;
}
