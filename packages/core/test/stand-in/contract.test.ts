import { standInContract } from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { createSlowStore } from "../../../contract-tests/test/slow-store.ts";

// The adapters run it over stores as they are; this is where the core's own steps are interleaved more finely than any of them can be made to.
testContract(standInContract, {
  name: "the core, over a store that takes its time",
  capabilities: { model: true },
  create: () => ({ port: createSlowStore(4_417) }),
});
