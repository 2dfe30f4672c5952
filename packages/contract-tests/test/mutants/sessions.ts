import { createMemoryStore } from "@standin/adapter-memory";
import { sessionRepositoryContract } from "@standin/contract-tests";
import { ChatError, type Session } from "@standin/core/ports";
import { type Family, familyOf, held } from "./mutant.ts";

export const sessionFamily: Family = familyOf(
  sessionRepositoryContract,
  {
    name: "memory",
    capabilities: { durable: true },
    create: () => held(createMemoryStore().sessions),
  },
  [
    [
      "rejects for what is not there",
      ["isolation", "create-and-find", "delete", "forget-user"],
      (store) => ({
        async find(id) {
          const session = await store.find(id);
          if (session === null) throw new ChatError("NOT_FOUND");
          return session;
        },
      }),
    ],
    [
      "finds nothing but whole lists",
      ["find-many", "delete-all-of", "delete-expired"],
      (store) => ({
        async findMany(ids) {
          const found = await store.findMany(ids);
          return found.length === ids.length ? found : [];
        },
      }),
    ],
    [
      "ends all sessions of the user with one",
      ["delete"],
      (store) => ({
        async delete(id) {
          const session = await store.find(id);
          if (session !== null) await store.deleteAllOf(session.userId, null);
        },
      }),
    ],
    [
      "complains of what has ended",
      ["delete"],
      (store) => ({
        async delete(id) {
          if ((await store.find(id)) === null) throw new ChatError("NOT_FOUND");
          await store.delete(id);
        },
      }),
    ],
    [
      "ends everybody's sessions",
      ["delete-all-of"],
      (store) => {
        const all = new Set<string>();
        return {
          async create(session) {
            all.add(session.id);
            await store.create(session);
          },
          async deleteAllOf(_, except) {
            for (const id of all) if (id !== except) await store.delete(id);
          },
        };
      },
    ],
    [
      "ends the excepted session too",
      ["delete-all-of"],
      (store) => ({ deleteAllOf: (userId) => store.deleteAllOf(userId, null) }),
    ],
    [
      "forgets sessions before their end",
      ["delete-expired"],
      (store) => ({ deleteExpired: (now, limit) => store.deleteExpired(now + 1, limit) }),
    ],
    [
      "forgets more than the limit",
      ["delete-expired"],
      (store) => ({ deleteExpired: (now) => store.deleteExpired(now, 1_000) }),
    ],
    [
      "knows every address",
      ["isolation", "addresses", "addresses-bounded", "forget-user"],
      () => ({ knowsAddress: async () => true }),
    ],
    [
      "keeps the first 100 addresses",
      ["addresses-bounded"],
      (store) => {
        const counts = new Map<string, number>();
        return {
          async rememberAddress(userId, address, at) {
            const count = (counts.get(userId) ?? 0) + ((await store.knowsAddress(userId, address)) ? 0 : 1);
            counts.set(userId, count);
            if (count <= 100) await store.rememberAddress(userId, address, at);
          },
        };
      },
    ],
    [
      "remembers the addresses of who is forgotten",
      ["forget-user"],
      (store) => ({ forgetUser: (userId) => store.deleteAllOf(userId, null) }),
    ],
    [
      "hands out what it keeps",
      ["copies"],
      (store) => {
        const kept = new Map<string, Session>();
        return {
          async find(id) {
            const session = await store.find(id);
            if (session !== null && !kept.has(id)) kept.set(id, session);
            return session && (kept.get(id) ?? null);
          },
        };
      },
    ],
  ],
);
