export { indexedDbStorage } from "./indexeddb-storage.ts";
