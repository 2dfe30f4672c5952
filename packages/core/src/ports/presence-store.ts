import type { Id, Lease } from "../domain/index.ts";

/** The leases of live connections, shared between nodes. An expired lease counts for nothing, whether it was reaped or not (INVARIANT PS-02). */
export interface PresenceStore {
  /** Stores or replaces each lease, by `connectionId` (INVARIANT PS-01). An empty batch does nothing. */
  put(leases: readonly Lease[]): Promise<void>;
  /**
   * Moves the end of those leases that still exist, to a later moment or to an earlier one (INVARIANT PS-08), and tells which do: what was
   * ended is not brought back to life (INVARIANT PS-03).
   */
  extend(connectionIds: readonly string[], expiresAt: number): Promise<ReadonlySet<string>>;
  /** Ends leases at once; unknown ones are passed over (INVARIANT PS-04). */
  end(connectionIds: readonly string[]): Promise<void>;
  /** Those of `userIds` with a lease that ends after `now` (INVARIANT PS-05). */
  connected(userIds: readonly Id[], now: number): Promise<ReadonlySet<Id>>;
  /** The leases of one user that end after `now`. */
  leasesOf(userId: Id, now: number): Promise<readonly Lease[]>;
  /**
   * Removes at most `limit` leases that have ended by `now`, re-checking that inside the removal, so that one renewed meanwhile stays
   * (INVARIANT PS-06); returns the users whose lease was removed, each once. Of racing callers one gets each lease (INVARIANT PS-07).
   */
  reap(now: number, limit: number): Promise<readonly Id[]>;
}
