import type { Id, Status, User } from "../domain/index.ts";

/** A part of the list of users, in a stable order of the store's own. */
export interface UserPage {
  readonly users: readonly User[];
  /** Opaque; null: there are no more. */
  readonly nextCursor: string | null;
}

export interface UserQuery {
  /** Left out of the answer. */
  readonly except: Id;
  readonly limit: number;
  /** A `nextCursor` of an earlier page of the same query; null: from the beginning. One that this store never gave is INVALID (INVARIANT UR-08). */
  readonly cursor: string | null;
  /** Beginning of `usernameKey`, and of `emailKey` where `inEmails`, taken literally; null: everybody. */
  readonly prefix: string | null;
  readonly inEmails: boolean;
}

/** People. A stored record is a copy: nobody can change it from outside (INVARIANT UR-07). Failures of the driver are UNAVAILABLE. */
export interface UserRepository {
  /** Stores a new user at version 1, whatever `user.version` says. An `emailKey` in use is EMAIL_TAKEN, of racing calls one wins (INVARIANT UR-01). Durable when it resolves. */
  create(user: User): Promise<void>;
  /** null where there is none (INVARIANT UR-02). */
  find(id: Id): Promise<User | null>;
  /** Those of `ids` that exist, in any order, in one read. */
  findMany(ids: readonly Id[]): Promise<readonly User[]>;
  findByEmail(emailKey: string): Promise<User | null>;
  /** Each user once over all pages, also while others sign up (INVARIANT UR-05). Indexed, also with a prefix. */
  list(query: UserQuery): Promise<UserPage>;
  /**
   * Replaces the record if it still has version `user.version`, and gives it the next one; returns what is now stored, or null when
   * somebody was first or the user is gone (INVARIANT UR-03). Of racing calls with one version exactly one wins (INVARIANT UR-04).
   * `id`, `email`, `emailKey` and `createdAt` do not change. Durable when it resolves.
   */
  compareAndSet(user: User): Promise<User | null>;
  /** The users last published with this status, after the id `after`, by id: at most `limit` (INVARIANT UR-06). */
  publishedAs(status: Status, after: Id | null, limit: number): Promise<readonly User[]>;
  /** The users last published as BUSY until `now` or earlier, earliest first: at most `limit` (INVARIANT UR-09). */
  publishedBusyUntil(now: number, limit: number): Promise<readonly User[]>;
  /** Removes the record and frees its e-mail address; what is not there stays so. */
  delete(id: Id): Promise<void>;
}
