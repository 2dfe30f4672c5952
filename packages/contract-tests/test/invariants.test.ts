import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as suite from "../src/index.ts";

const ports = fileURLToPath(new URL("../../core/src/ports/", import.meta.url));

/** `INVARIANT MR-04`, and `(EV-02)` as a second one of the same sentence. */
const documentedId = /(?:INVARIANT |\()([A-Z]{2}-\d{2})\b/g;

const contracts = Object.values(suite).flatMap((value) =>
  typeof value === "object" && "cases" in value ? [value] : [],
);

const guarded = (): string[] =>
  contracts.flatMap(({ cases }): readonly string[] => cases.flatMap(({ invariants }) => invariants));

const documented = (): string[] =>
  readdirSync(ports).flatMap((file) =>
    [...readFileSync(ports + file, "utf8").matchAll(documentedId)].flatMap(([, id]) => id ?? []),
  );

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort();

test("every invariant that a port documents is guarded by a case, and cases name no others", () => {
  expect(documented().length).toBeGreaterThan(40);
  expect(sorted(guarded())).toEqual(sorted(documented()));
});

test("an invariant is documented once", () => {
  expect(documented().sort()).toEqual(sorted(documented()));
});

test("ids are unique: of contracts, and of the cases of each", () => {
  const idsOf = (named: readonly { readonly id: string }[]): string[] => named.map(({ id }) => id);
  expect(sorted(idsOf(contracts))).toEqual(idsOf(contracts).sort());
  for (const { cases } of contracts) expect(sorted(idsOf(cases))).toEqual(idsOf(cases).sort());
});

test("the contract of every port that keeps something begins with the isolation of its factory", () => {
  const stateless = ["auto-responder", "clock", "http-door", "id-generator", "password-hasher", "timer"];
  for (const { id, cases } of contracts)
    if (!stateless.includes(id)) expect(`${id}: ${cases[0]?.id}`).toBe(`${id}: isolation`);
});
