import { createMemoryStore } from "@standin/adapter-memory";
import { userRepositoryContract } from "@standin/contract-tests";
import { ChatError, type Id, type User, type UserRepository } from "@standin/core/ports";
import { type Family, familyOf, held, pause } from "./mutant.ts";

const everybody = { except: "0".repeat(24), limit: 1_000, cursor: null, prefix: null, inEmails: false };

export const userFamily: Family = familyOf(
  userRepositoryContract,
  {
    name: "memory",
    capabilities: { durable: true, concurrentWriters: true },
    create: () => held(createMemoryStore().users),
  },
  [
    [
      "stores the version that it is given",
      ["create-and-find"],
      (store) => ({
        async create(user) {
          await store.create(user);
          for (let version = 1; version < user.version; version += 1) await store.compareAndSet({ ...user, version });
        },
      }),
    ],
    [
      "forgets when a person was last BUSY",
      ["create-and-find", "compare-and-set"],
      (store) => ({
        create: (user) => store.create({ ...user, lastBusy: null }),
        compareAndSet: (user) => store.compareAndSet({ ...user, lastBusy: null }),
      }),
    ],
    [
      "answers a taken address with CONFLICT",
      ["email-taken", "email-race"],
      (store) => ({
        create: (user) => store.create(user).catch(() => Promise.reject(new ChatError("CONFLICT"))),
      }),
    ],
    [
      "looks for the address, and then writes",
      ["email-race"],
      (store) => ({
        async create(user) {
          const isTaken = (await store.findByEmail(user.emailKey)) !== null;
          await pause();
          await store.create(user).catch((error: unknown) => {
            if (isTaken) throw error;
          });
        },
      }),
    ],
    [
      "rejects for who is not there",
      ["isolation", "email-taken", "absent", "compare-and-set-gone", "delete"],
      (store) => ({
        async find(id) {
          const user = await store.find(id);
          if (user === null) throw new ChatError("NOT_FOUND");
          return user;
        },
      }),
    ],
    [
      "finds nothing but whole lists",
      ["email-race", "absent"],
      (store) => ({
        async findMany(ids) {
          const found = await store.findMany(ids);
          return found.length === ids.length ? found : [];
        },
      }),
    ],
    [
      "writes over newer versions",
      ["compare-and-set"],
      (store) => ({
        async compareAndSet(user) {
          const stored = await store.find(user.id);
          return stored && store.compareAndSet({ ...user, version: stored.version });
        },
      }),
    ],
    [
      "compares, and then sets",
      ["compare-and-set-fixed", "compare-and-set-race"],
      (store) => ({
        async compareAndSet(user) {
          const stored = await store.find(user.id);
          if (stored?.version !== user.version) return null;
          await pause();
          await store.compareAndSet(user);
          return { ...user, version: user.version + 1 };
        },
      }),
    ],
    [
      "brings back who is gone",
      ["compare-and-set-gone"],
      (store) => ({
        async compareAndSet(user) {
          if ((await store.find(user.id)) === null) await store.create(user);
          return store.compareAndSet(user);
        },
      }),
    ],
    [
      "changes the address",
      ["compare-and-set-fixed"],
      (store) => ({
        async compareAndSet(user) {
          const stored = await store.compareAndSet(user);
          return stored && { ...stored, email: user.email, emailKey: user.emailKey };
        },
      }),
    ],
    [
      "pages by position",
      ["list-once", "list-bad-cursor"],
      (store) => ({
        async list(query) {
          const from = query.cursor === null ? 0 : Number(query.cursor);
          if (!Number.isInteger(from) || query.cursor === "" || from < 0) throw new ChatError("INVALID");
          const { users } = await store.list({ ...query, limit: 1_000, cursor: null });
          const newestFirst = users.toReversed();
          const end = from + query.limit;
          return { users: newestFirst.slice(from, end), nextCursor: end < users.length ? String(end) : null };
        },
      }),
    ],
    [
      "lists the one who asks",
      ["list-once", "list-last-page"],
      (store) => ({ list: (query) => store.list({ ...query, except: everybody.except }) }),
    ],
    [
      "gives a cursor with every full page",
      ["list-last-page"],
      (store) => ({
        async list(query) {
          if (query.cursor === "end") return { users: [], nextCursor: null };
          const page = await store.list(query);
          return {
            users: page.users,
            nextCursor: page.nextCursor ?? (page.users.length === query.limit ? "end" : null),
          };
        },
      }),
    ],
    [
      "never searches e-mail addresses",
      ["list-prefix"],
      (store) => ({ list: (query) => store.list({ ...query, inEmails: false }) }),
    ],
    [
      "reads a prefix as a pattern",
      ["list-prefix", "list-prefix-literal"],
      (store) => {
        const list: UserRepository["list"] = async (query) => {
          if (query.prefix === null) return store.list(query);
          const pattern = new RegExp(
            `^${query.prefix
              .replaceAll("%", ".*")
              .replaceAll("_", ".")
              .replaceAll(/[[\]()\\*^|+?]/g, "\\$&")}`,
          );
          const { users } = await store.list({ ...everybody, except: query.except });
          const isFound = ({ usernameKey, emailKey }: User): boolean =>
            pattern.test(usernameKey) || (query.inEmails && pattern.test(emailKey));
          return { users: users.filter(isFound).slice(0, query.limit), nextCursor: null };
        };
        return { list };
      },
    ],
    [
      "hands out what it keeps",
      ["copies"],
      (store) => {
        const kept = new Map<string, User>();
        return {
          async find(id) {
            const user = await store.find(id);
            if (user === null) return null;
            const key = `${id} ${user.version}`;
            kept.set(key, kept.get(key) ?? user);
            return kept.get(key) ?? null;
          },
        };
      },
    ],
    [
      "begins anew at a cursor that it does not know",
      ["list-bad-cursor"],
      (store) => ({
        list: (query) => store.list(query).catch(() => store.list({ ...query, cursor: null })),
      }),
    ],
    [
      "lists a status from the beginning",
      ["published-as"],
      (store) => ({ publishedAs: (status, _, limit) => store.publishedAs(status, null, limit) }),
    ],
    [
      "forgets nobody's status",
      ["published-as"],
      (store) => {
        const seen = new Map<Id, User>();
        return {
          async publishedAs(status, after, limit) {
            for (const user of await store.publishedAs(status, null, 1_000)) seen.set(user.id, user);
            const all = [...seen.values()].filter(
              ({ id, published }) => published.status === status && (after === null || id > after),
            );
            return all.sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
          },
        };
      },
    ],
    [
      "ends BUSY before its time",
      ["published-busy-until"],
      (store) => ({ publishedBusyUntil: (now, limit) => store.publishedBusyUntil(now + 1, limit) }),
    ],
    [
      "hides who was deleted",
      ["compare-and-set-gone", "delete", "durable"],
      (store) => {
        const gone = new Set<Id>();
        return {
          delete: async (id) => void gone.add(id),
          find: async (id) => (gone.has(id) ? null : store.find(id)),
        };
      },
    ],
  ],
);
