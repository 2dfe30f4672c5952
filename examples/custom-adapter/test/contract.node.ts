import { messageRepositoryContract } from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/node";
import { inFile, withoutFile } from "./subjects.ts";

testContract(messageRepositoryContract, inFile);
testContract(messageRepositoryContract, withoutFile);
