import { createMemoryPresenceStore } from "@standin/adapter-memory";
import { presenceStoreContract } from "@standin/contract-tests";
import { ChatError, type Lease } from "@standin/core/ports";
import { type Family, familyOf, pause } from "./mutant.ts";

export const presenceFamily: Family = familyOf(
  presenceStoreContract,
  { name: "memory", capabilities: { concurrentWriters: true }, create: () => ({ port: createMemoryPresenceStore() }) },
  [
    [
      "stores the first of a batch",
      ["put", "connected", "end", "reap", "reap-names-once", "reap-renew-race", "reap-race"],
      (store) => ({ put: (leases) => store.put(leases.slice(0, 1)) }),
    ],
    [
      "refuses an empty batch",
      ["put"],
      (store) => ({
        async put(leases) {
          if (leases.length === 0) throw new ChatError("INVALID");
          await store.put(leases);
        },
      }),
    ],
    [
      "keeps the first lease of a connection",
      ["put-replaces", "reap-spares-renewed"],
      (store) => {
        const known = new Set<string>();
        return {
          async put(leases) {
            await store.put(leases.filter(({ connectionId }) => !known.has(connectionId)));
            for (const { connectionId } of leases) known.add(connectionId);
          },
        };
      },
    ],
    [
      "counts a lease at its end",
      ["expired-counts-for-nothing"],
      (store) => ({
        connected: (users, now) => store.connected(users, now - 1),
        leasesOf: (user, now) => store.leasesOf(user, now - 1),
      }),
    ],
    [
      "takes everybody for connected",
      ["expired-counts-for-nothing", "connected", "end", "reap-renew-race"],
      () => ({ connected: async (users) => new Set(users) }),
    ],
    [
      "brings back what was ended",
      ["extend", "reap-renew-race"],
      (store) => {
        const all = new Map<string, Lease>();
        return {
          async put(leases) {
            for (const lease of leases) all.set(lease.connectionId, lease);
            await store.put(leases);
          },
          async extend(ids, expiresAt) {
            const known = ids.flatMap((id) => all.get(id) ?? []);
            await store.put(known.map((lease) => ({ ...lease, expiresAt })));
            return new Set(known.map(({ connectionId }) => connectionId));
          },
        };
      },
    ],
    [
      "never ends a lease sooner than it was to",
      ["extend-sooner"],
      (store) => {
        const ends = new Map<string, number>();
        return {
          async put(leases) {
            for (const { connectionId, expiresAt } of leases) ends.set(connectionId, expiresAt);
            await store.put(leases);
          },
          async extend(ids, expiresAt) {
            const later = ids.filter((id) => expiresAt >= (ends.get(id) ?? 0));
            for (const id of later) ends.set(id, expiresAt);
            const there = await store.extend(later, expiresAt);
            return new Set([...there, ...ids.filter((id) => ends.has(id) && !later.includes(id))]);
          },
        };
      },
    ],
    [
      "stops at an unknown connection",
      ["end"],
      (store) => ({
        async end(ids) {
          for (const id of ids) {
            if ((await store.extend([id], 0)).size === 0) return;
            await store.end([id]);
          }
        },
      }),
    ],
    ["reaps more than the limit", ["reap"], (store) => ({ reap: (now) => store.reap(now, 1_000) })],
    [
      "names a user for each lease",
      ["reap-names-once"],
      (store) => ({
        async reap(now, limit) {
          const users: string[] = [];
          for (let count = 0; count < limit; count += 1) users.push(...(await store.reap(now, 1)));
          return users;
        },
      }),
    ],
    [
      "reaps what was renewed",
      ["extend-sooner", "reap-spares-renewed", "reap-race"],
      (store) => {
        const first = new Map<string, Lease>();
        return {
          async put(leases) {
            for (const lease of leases) if (!first.has(lease.connectionId)) first.set(lease.connectionId, lease);
            await store.put(leases);
          },
          async reap(now, limit) {
            const ended = [...first.values()].filter(({ expiresAt }) => expiresAt <= now).slice(0, limit);
            await store.end(ended.map(({ connectionId }) => connectionId));
            for (const { connectionId } of ended) first.delete(connectionId);
            return [...new Set(ended.map(({ userId }) => userId))];
          },
        };
      },
    ],
    [
      "looks what has ended, and then removes it",
      ["reap-renew-race", "reap-race"],
      (store) => {
        const all = new Map<string, Lease>();
        return {
          async put(leases) {
            for (const lease of leases) all.set(lease.connectionId, lease);
            await store.put(leases);
          },
          async end(ids) {
            for (const id of ids) all.delete(id);
            await store.end(ids);
          },
          async extend(ids, expiresAt) {
            for (const lease of ids.flatMap((id) => all.get(id) ?? []))
              all.set(lease.connectionId, { ...lease, expiresAt });
            return store.extend(ids, expiresAt);
          },
          async reap(now, limit) {
            const ended = [...all.values()].filter(({ expiresAt }) => expiresAt <= now).slice(0, limit);
            await pause();
            const ids = ended.map(({ connectionId }) => connectionId);
            await store.end(ids);
            for (const id of ids) all.delete(id);
            return [...new Set(ended.map(({ userId }) => userId))];
          },
        };
      },
    ],
    [
      "hands out what it keeps",
      ["copies"],
      (store) => {
        const kept = new Map<string, readonly Lease[]>();
        return {
          async leasesOf(userId, now) {
            const leases = await store.leasesOf(userId, now);
            const key = `${userId} ${leases.map(({ connectionId, expiresAt, nodeId }) => connectionId + expiresAt + nodeId)}`;
            kept.set(key, kept.get(key) ?? leases);
            return kept.get(key) ?? leases;
          },
        };
      },
    ],
  ],
);
