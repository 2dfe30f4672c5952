import { indexedDbStorage } from "@standin/client/indexeddb";
import { storageCases } from "./storage-cases.ts";

// What runs in the page of the test in storage.test.ts.
Object.assign(globalThis, {
  indexedDbStorage,
  runCase: (name: string) => storageCases[name]?.(indexedDbStorage({ name })),
});
