import { randomBytes } from "node:crypto";
import { passwordHasherContract, tokenServiceContract } from "@standin/contract-tests";
import { testContract } from "@standin/contract-tests/vitest";
import { createArgon2Hasher, createJwtTokenService } from "../src/index.ts";

testContract(passwordHasherContract, {
  name: "argon2id",
  capabilities: {},
  create: () => ({ port: createArgon2Hasher() }),
});

testContract(tokenServiceContract, {
  name: "JWT",
  capabilities: {},
  create: () => ({ port: createJwtTokenService({ secret: randomBytes(32) }) }),
});
