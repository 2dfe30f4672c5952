export type { StoreStats } from "./messages/insert-queue.ts";
export { createMongoStore, type MongoStore, type MongoStoreOptions } from "./store.ts";
export { StoreRefused } from "./store-refused.ts";
