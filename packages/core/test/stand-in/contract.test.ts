import { standInContract } from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { createSlowStore } from "../../../contract-tests/test/slow-store.ts";

// The adapters run it over stores as they are; this is where the core's own steps are interleaved more finely than any of them can be made to.
testContract(standInContract, {
  // The interleavings take a second or two, and a busy machine many times that.
  deadlineMs: 60_000,
  name: "the core, over a store that takes its time",
  capabilities: { model: true },
  create: () => ({ port: createSlowStore(4_417) }),
});
