import { ChatError, type Id, type Status, type User, type UserPage, type UserRepository } from "@standin/core/ports";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { firstOf } from "./first-of.ts";
import { SortedKeys } from "./sorted-keys.ts";

/** Separates a searched key from the id behind it; usernames and addresses contain no control characters. */
const separator = "\u0000";

/**
 * A {@link UserRepository} in memory. Lists are ordered by id.
 *
 * @example
 * const users = createMemoryUserRepository();
 * await users.create(user);
 */
export const createMemoryUserRepository = (): UserRepository => {
  const users = new Map<Id, User>();
  const idsByEmail = new Map<string, Id>();
  const ids = new SortedKeys();
  const usernames = new SortedKeys();
  const emails = new SortedKeys();
  const published: Record<Status, Set<Id>> = { AVAILABLE: new Set(), BUSY: new Set(), ONLINE: new Set() };

  const put = (user: User): void => {
    remove(user.id);
    users.set(user.id, user);
    idsByEmail.set(user.emailKey, user.id);
    ids.add(user.id);
    usernames.add(user.usernameKey + separator + user.id);
    emails.add(user.emailKey + separator + user.id);
    published[user.published.status].add(user.id);
  };

  const remove = (id: Id): void => {
    const user = users.get(id);
    if (user === undefined) return;
    users.delete(id);
    idsByEmail.delete(user.emailKey);
    ids.delete(id);
    usernames.delete(user.usernameKey + separator + id);
    emails.delete(user.emailKey + separator + id);
    published[user.published.status].delete(id);
  };

  const copyOf = (id: Id | undefined): User | null => {
    const user = id === undefined ? undefined : users.get(id);
    return user === undefined ? null : structuredClone(user);
  };

  const copiesOf = (some: Iterable<Id>): User[] => [...some].flatMap((id) => copyOf(id) ?? []);

  const idsWithPrefix = (prefix: string, inEmails: boolean): SortedKeys => {
    const found = new SortedKeys();
    for (const index of inEmails ? [usernames, emails] : [usernames])
      for (const key of index.startingWith(prefix)) found.add(key.slice(key.lastIndexOf(separator) + 1));
    return found;
  };

  return {
    async create(user: User): Promise<void> {
      if (idsByEmail.has(user.emailKey)) throw new ChatError("EMAIL_TAKEN");
      if (users.has(user.id)) throw new ChatError("CONFLICT");
      put({ ...structuredClone(user), version: 1 });
    },

    async find(id: Id): Promise<User | null> {
      return copyOf(id);
    },

    async findMany(some: readonly Id[]): Promise<readonly User[]> {
      return copiesOf(new Set(some));
    },

    async findByEmail(emailKey: string): Promise<User | null> {
      return copyOf(idsByEmail.get(emailKey));
    },

    async list({ except, limit, cursor, prefix, inEmails }): Promise<UserPage> {
      const after = cursor === null ? null : decodeCursor("users", cursor);
      const candidates = prefix === null ? ids : idsWithPrefix(prefix, inEmails);
      const page = firstOf(candidates.after(after), limit + 1, (id) => id !== except);
      const last = page.length > limit ? page[limit - 1] : undefined;
      return {
        users: copiesOf(page.slice(0, limit)),
        nextCursor: last === undefined ? null : encodeCursor("users", last),
      };
    },

    async compareAndSet(user: User): Promise<User | null> {
      const stored = users.get(user.id);
      if (stored === undefined || stored.version !== user.version) return null;
      const { email, emailKey, createdAt } = stored;
      put({ ...structuredClone(user), email, emailKey, createdAt, version: stored.version + 1 });
      return copyOf(user.id);
    },

    async publishedAs(status: Status, after: Id | null, limit: number): Promise<readonly User[]> {
      const found = [...published[status]].filter((id) => after === null || id > after).sort();
      return copiesOf(found.slice(0, limit));
    },

    async publishedBusyUntil(now: number, limit: number): Promise<readonly User[]> {
      const endOf = (user: User): number => user.published.busyUntil ?? Number.POSITIVE_INFINITY;
      return [...published.BUSY]
        .flatMap((id) => users.get(id) ?? [])
        .filter((user) => endOf(user) <= now)
        .sort((one, other) => endOf(one) - endOf(other))
        .slice(0, limit)
        .map((user) => structuredClone(user));
    },

    async delete(id: Id): Promise<void> {
      remove(id);
    },
  };
};
