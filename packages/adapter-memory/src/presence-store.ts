import type { Id, Lease, PresenceStore } from "@standin/core/ports";
import { firstOf } from "./first-of.ts";

/**
 * A {@link PresenceStore} in memory, for one node.
 *
 * @example
 * const presence = createMemoryPresenceStore();
 * await presence.put([{ userId, connectionId, nodeId: "here", expiresAt: clock.now() + 60_000 }]);
 */
export const createMemoryPresenceStore = (): PresenceStore => {
  const leases = new Map<string, Lease>();
  const connectionsOf = new Map<Id, Set<string>>();

  const remove = (connectionId: string): void => {
    const lease = leases.get(connectionId);
    if (lease === undefined) return;
    leases.delete(connectionId);
    const connections = connectionsOf.get(lease.userId);
    connections?.delete(connectionId);
    if (connections?.size === 0) connectionsOf.delete(lease.userId);
  };

  const put = (lease: Lease): void => {
    remove(lease.connectionId);
    leases.set(lease.connectionId, { ...lease });
    const connections = connectionsOf.get(lease.userId) ?? new Set();
    connectionsOf.set(lease.userId, connections.add(lease.connectionId));
  };

  const live = (userId: Id, now: number): Lease[] =>
    [...(connectionsOf.get(userId) ?? [])]
      .flatMap((connectionId) => leases.get(connectionId) ?? [])
      .filter((lease) => lease.expiresAt > now);

  return {
    async put(batch: readonly Lease[]): Promise<void> {
      for (const lease of batch) put(lease);
    },

    async extend(connectionIds: readonly string[], expiresAt: number): Promise<ReadonlySet<string>> {
      const extended = new Set<string>();
      for (const connectionId of connectionIds) {
        const lease = leases.get(connectionId);
        if (lease === undefined) continue;
        leases.set(connectionId, { ...lease, expiresAt });
        extended.add(connectionId);
      }
      return extended;
    },

    async end(connectionIds: readonly string[]): Promise<void> {
      for (const connectionId of connectionIds) remove(connectionId);
    },

    async connected(userIds: readonly Id[], now: number): Promise<ReadonlySet<Id>> {
      return new Set(userIds.filter((userId) => live(userId, now).length > 0));
    },

    async leasesOf(userId: Id, now: number): Promise<readonly Lease[]> {
      return live(userId, now).map((lease) => ({ ...lease }));
    },

    async reap(now: number, limit: number): Promise<readonly Id[]> {
      const ended = firstOf(leases.values(), limit, (lease) => lease.expiresAt <= now);
      for (const lease of ended) remove(lease.connectionId);
      return [...new Set(ended.map((lease) => lease.userId))];
    },
  };
};
