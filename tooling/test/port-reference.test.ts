import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const ports = new URL("packages/core/src/ports/", root);
const files = readdirSync(ports).filter((name) => name !== "index.ts");
const sourceOf = (file: string): string => readFileSync(new URL(file, ports), "utf8");
const reference = readFileSync(new URL("docs/writing-an-adapter.md", root), "utf8");

/** Where the reference speaks of a port, from its heading to the next one. */
const sectionOf = (port: string): string =>
  reference.split(/^##+ /m).find((section) => section.split("\n")[0]?.split(", ").includes(port)) ?? "";

const idsIn = (text: string): string[] => [...new Set(text.match(/\b[A-Z]{2}-\d{2}\b/g) ?? [])].sort();
const rowsIn = (text: string): string[] =>
  [...text.matchAll(/^\| ([A-Z]{2}-\d{2}) \| \S.* \|$/gm)].map(([, id = ""]) => id);

test("docs/writing-an-adapter.md has each invariant of the ports once, and no other", () => {
  const invariants = idsIn(files.map(sourceOf).join("\n"));
  expect(invariants.length).toBeGreaterThan(50);
  expect(rowsIn(reference)).toHaveLength(invariants.length);
  expect(rowsIn(reference).sort()).toEqual(invariants);
});

test.each(files)("%s: each port has its section, with its invariants in order", (file) => {
  const source = sourceOf(file);
  // A port is named as its file is; CancelSignal is part of a call.
  const port = file.replace(".ts", "").replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  expect(source).toContain(`export interface ${port} {`);
  expect(port === "CancelSignal" ? reference : sectionOf(port)).toContain(port);
  expect(rowsIn(sectionOf(port))).toEqual(idsIn(source));
});

test("each contract of the suite is named", () => {
  const suite = readFileSync(new URL("packages/contract-tests/src/index.ts", root), "utf8");
  const contracts = [...new Set(suite.match(/\b\w+Contract\b(?=,| })/g))].filter((name) => /^[a-z]/.test(name));
  expect(contracts.length).toBeGreaterThan(10);
  for (const contract of contracts.filter((name) => !/^(check|register)/.test(name)))
    expect(reference, contract).toContain(`\`${contract}\``);
});
