import type { ClientStorage } from "./storage.ts";

/** Writes what one client keeps of one person: in order, many changes in one step, never more than one step at a time. */
export interface Keeper {
  put(key: string, value: unknown): void;
  remove(key: string): void;
  removeAll(prefix: string): void;
  /** Resolves once everything up to now is written, with whether it was. Never rejects. */
  flushed(): Promise<boolean>;
  /** Undefined also when it cannot be read. Never rejects. */
  read(key: string): Promise<unknown>;
  /** Was the key removed on purpose? Not if nothing at all is kept any more, or it cannot be told. Never rejects. */
  isRemoved(key: string): Promise<boolean>;
  /** Nothing, also when it cannot be read. Never rejects. */
  list<Value>(prefix: string): Promise<readonly Value[]>;
}

/** `whileKey`: nothing is written once that key is gone. Failures are told and survived. */
export const createKeeper = (storage: ClientStorage, whileKey: string, onFailure: (error: unknown) => void): Keeper => {
  let put = new Map<string, unknown>();
  let remove = new Set<string>();
  let removeAll = new Set<string>();
  let writing: Promise<boolean> | null = null;

  const isClean = (): boolean => put.size + remove.size + removeAll.size === 0;

  const writeAll = async (): Promise<boolean> => {
    let written = true;
    // What comes in the same turn goes out in the same step.
    await Promise.resolve();
    while (!isClean()) {
      const change = { put, remove: [...remove], removeAll: [...removeAll] };
      put = new Map();
      remove = new Set();
      removeAll = new Set();
      try {
        written = (await storage.write(change, whileKey)) && written;
      } catch (error) {
        written = false;
        onFailure(error);
      }
    }
    return written;
  };

  const flushed = (): Promise<boolean> => {
    writing ??= writeAll().finally(() => {
      writing = null;
    });
    return writing;
  };

  return {
    put: (key, value) => {
      remove.delete(key);
      put.set(key, value);
      void flushed();
    },
    remove: (key) => {
      put.delete(key);
      remove.add(key);
      void flushed();
    },
    removeAll: (prefix) => {
      for (const key of put.keys()) if (key.startsWith(prefix)) put.delete(key);
      removeAll.add(prefix);
      void flushed();
    },
    flushed,
    read: async (key) => {
      try {
        return await storage.read(key);
      } catch (error) {
        onFailure(error);
        return undefined;
      }
    },
    isRemoved: async (key) => {
      try {
        // In this order: a wiped storage must not look like one from which a key was taken.
        return (await storage.read(key)) === undefined && (await storage.read(whileKey)) !== undefined;
      } catch (error) {
        onFailure(error);
        return false;
      }
    },
    list: async <Value>(prefix: string) => {
      try {
        return (await storage.list(prefix)) as readonly Value[];
      } catch (error) {
        onFailure(error);
        return [];
      }
    },
  };
};
