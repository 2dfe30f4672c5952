import { families } from "./mutants/families.ts";
import { testFamily } from "./mutants/test-family.ts";

for (const family of families) testFamily(family);
