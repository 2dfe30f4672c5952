import { standInContract } from "@standin/contract-tests";
import { expect, test } from "vitest";
import { standInRulesFamily } from "./mutants/stand-in-rules.ts";
import { testFamily } from "./mutants/test-family.ts";

const rules = Array.from({ length: 29 }, (_, index) => `R${String(index + 1).padStart(2, "0")}`);

test("each rule of the stand-in has a case of its own, whatever more it has", () => {
  const ids = standInContract.cases.map(({ id }) => id);
  expect(rules.filter((rule) => !ids.includes(rule))).toEqual([]);
});

testFamily(standInRulesFamily);
