import type { Id, Session, SessionRepository } from "@standin/core/ports";
import { firstOf } from "./first-of.ts";

/** How many addresses of an account are remembered. */
const addressesKept = 100;

/**
 * A {@link SessionRepository} in memory.
 *
 * @example
 * const sessions = createMemorySessionRepository();
 * await sessions.create({ id: ids.secret(), userId, createdAt: now, expiresAt: now + 3_600_000 });
 */
export const createMemorySessionRepository = (): SessionRepository => {
  const sessions = new Map<string, Session>();
  const idsOf = new Map<Id, Set<string>>();
  /** Account → address → when it was last seen. */
  const addressesOf = new Map<Id, Map<string, number>>();

  const remove = (id: string): void => {
    const session = sessions.get(id);
    if (session === undefined) return;
    sessions.delete(id);
    const ids = idsOf.get(session.userId);
    ids?.delete(id);
    if (ids?.size === 0) idsOf.delete(session.userId);
  };

  const removeAllOf = (userId: Id, except: string | null): void => {
    for (const id of [...(idsOf.get(userId) ?? [])]) if (id !== except) remove(id);
  };

  return {
    async create(session: Session): Promise<void> {
      remove(session.id);
      sessions.set(session.id, { ...session });
      const ids = idsOf.get(session.userId) ?? new Set();
      idsOf.set(session.userId, ids.add(session.id));
    },

    async find(id: string): Promise<Session | null> {
      const session = sessions.get(id);
      return session === undefined ? null : { ...session };
    },

    async findMany(ids: readonly string[]): Promise<readonly Session[]> {
      return [...new Set(ids)].flatMap((id) => sessions.get(id) ?? []).map((session) => ({ ...session }));
    },

    async delete(id: string): Promise<void> {
      remove(id);
    },

    async deleteAllOf(userId: Id, except: string | null): Promise<void> {
      removeAllOf(userId, except);
    },

    async deleteExpired(now: number, limit: number): Promise<number> {
      const expired = firstOf(sessions.values(), limit, (session) => session.expiresAt <= now);
      for (const { id } of expired) remove(id);
      return expired.length;
    },

    async rememberAddress(userId: Id, address: string, at: number): Promise<void> {
      const addresses = addressesOf.get(userId) ?? new Map<string, number>();
      addressesOf.set(userId, addresses);
      // Taken out first, so that of two seen at the same instant the one remembered earlier goes first.
      addresses.delete(address);
      addresses.set(address, at);
      if (addresses.size <= addressesKept) return;
      const [oldest] = [...addresses].reduce((one, other) => (other[1] < one[1] ? other : one));
      addresses.delete(oldest);
    },

    async knowsAddress(userId: Id, address: string): Promise<boolean> {
      return addressesOf.get(userId)?.has(address) ?? false;
    },

    async forgetUser(userId: Id): Promise<void> {
      removeAllOf(userId, null);
      addressesOf.delete(userId);
    },
  };
};
