export { createDirectoryLock, type DirectoryLock } from "./lock.ts";
export { createSqliteStore, type SqliteStore, type SqliteStoreOptions } from "./store.ts";
export { StoreRefused } from "./store-refused.ts";
export type { StoreStats } from "./write-queue.ts";
