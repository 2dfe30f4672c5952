import type { ClientStorage } from "./storage.ts";

/**
 * A storage that lasts as long as the object does. Clients that are given the same one see the same, as after a reload.
 *
 * @example
 * const client = createChatClient({ url, storage: memoryStorage() });
 */
export const memoryStorage = (): ClientStorage => {
  const values = new Map<string, unknown>();
  return {
    read: async (key) => structuredClone(values.get(key)),
    list: async (prefix) =>
      [...values.keys()]
        .filter((key) => key.startsWith(prefix))
        .sort()
        .map((key) => structuredClone(values.get(key))),
    write: async ({ put, remove = [], removeAll = [] }, whileKey) => {
      if (whileKey !== undefined && !values.has(whileKey)) return false;
      for (const prefix of removeAll) for (const key of values.keys()) if (key.startsWith(prefix)) values.delete(key);
      for (const key of remove) values.delete(key);
      for (const [key, value] of put ?? []) values.set(key, structuredClone(value));
      return true;
    },
  };
};
