import { autoResponderContract } from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { templateResponder } from "../../src/application/stand-in/template.ts";

testContract(autoResponderContract, {
  name: "the template",
  capabilities: { remoteProvider: { unsupported: "it asks nobody" } },
  create: () => ({ port: templateResponder }),
});
