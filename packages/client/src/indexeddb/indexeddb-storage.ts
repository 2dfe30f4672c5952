import type { ClientStorage } from "../storage/storage.ts";

const table = "kept";

const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const open = async (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(table);
  return settled(request);
};

/** All keys that begin with the prefix. */
const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/**
 * A storage in the browser's IndexedDB, shared by all tabs of the origin. What cannot be read or written rejects; the client then goes
 * on without it and says so.
 *
 * @example
 * const client = createChatClient({ storage: indexedDbStorage() });
 */
export const indexedDbStorage = ({ name = "standin" }: { readonly name?: string } = {}): ClientStorage => {
  let opened: Promise<IDBDatabase> | null = null;
  const database = (): Promise<IDBDatabase> => {
    opened ??= open(name).then(
      (db) => {
        // Another tab wants to delete or upgrade it, or the browser took it away: the next call opens it anew.
        db.onversionchange = () => db.close();
        db.onclose = () => {
          opened = null;
        };
        return db;
      },
      (error: unknown) => {
        opened = null;
        throw error;
      },
    );
    return opened;
  };
  const begin = async (mode: IDBTransactionMode): Promise<IDBTransaction> => {
    try {
      return (await database()).transaction(table, mode);
    } catch {
      // It was closed between two calls.
      opened = null;
      return (await database()).transaction(table, mode);
    }
  };

  return {
    read: async (key) => settled((await begin("readonly")).objectStore(table).get(key)),
    list: async (prefix) => settled((await begin("readonly")).objectStore(table).getAll(startingWith(prefix))),
    write: async ({ put, remove = [], removeAll = [] }, whileKey) => {
      const transaction = await begin("readwrite");
      const store = transaction.objectStore(table);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
      });
      // Whoever awaits below may never come to it.
      done.catch(() => {});
      if (whileKey !== undefined && (await settled(store.getKey(whileKey))) === undefined) return false;
      for (const prefix of removeAll) store.delete(startingWith(prefix));
      for (const key of remove) store.delete(key);
      for (const [key, value] of put ?? []) store.put(value, key);
      await done;
      return true;
    },
  };
};
