import { testContract } from "@standin/contract-tests/node";
import { createTally, tallyContract } from "./tally-contract.ts";

testContract(tallyContract, {
  name: "sound",
  capabilities: { durable: { unsupported: "kept in memory" }, fast: true },
  create: () => ({ port: createTally() }),
});

testContract(tallyContract, {
  name: "broken",
  capabilities: { durable: { unsupported: "kept in memory" }, fast: true },
  create: () => ({ port: { add: async () => 2 } }),
});
