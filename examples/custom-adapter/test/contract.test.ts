import { messageRepositoryContract } from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { inFile, withoutFile } from "./subjects.ts";

testContract(messageRepositoryContract, inFile);
testContract(messageRepositoryContract, withoutFile);
