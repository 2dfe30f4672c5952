import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { cellOf, documentOf } from "../docs/conformance/document.ts";
import {
  type AdapterReport,
  adapterFolders,
  hasContract,
  listContracts,
  runContracts,
} from "../docs/conformance/reports.ts";

const kept = readFileSync(new URL("../../docs/conformance.md", import.meta.url), "utf8");

/** The rows of the table under a heading, each as the text of its cells by the head of the column. */
const rowsUnder = (heading: string): Record<string, string>[] => {
  const [, section = ""] = kept.split(`\n## ${heading}\n`);
  const [head = [], , ...rows] = (section.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.slice(2, -2).split(" | "));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, column) => [head[column] ?? "", cell])));
};

const titleOf = ({ contract }: AdapterReport): string => `${contract.title} v${contract.version}`;

/** What is documented of an adapter and a contract: case, rule, guards and result of each row that is not empty. */
const documented = (report: AdapterReport): (string | undefined)[][] =>
  rowsUnder(titleOf(report))
    .map(({ case: id, rule, guards, ...results }) => [id, rule, guards, results[cellOf(report.name)]])
    .filter(([, , , result]) => result !== "–");

const expected = ({ cases }: AdapterReport): string[][] =>
  cases.map(({ id, title, invariants, result }) => [`\`${id}\``, title, invariants.join(", "), result].map(cellOf));

const verdictsOf = ({ name, ...report }: AdapterReport): (string | undefined)[] =>
  rowsUnder("Verdicts")
    .filter(({ subject, contract }) => subject === cellOf(name) && contract === titleOf({ name, ...report }))
    .map(({ verdict }) => verdict?.split(":")[0]);

const withoutResult = (rows: readonly (readonly (string | undefined)[])[]): unknown[] =>
  rows.map((row) => row.slice(0, -1));

/** MongoDB needs a server, and even its declarations need one; its own tests run its contract. */
const needsServer = new Set(["packages/adapter-mongo", "apps/server"]);
/** What takes long is run by its own tests; here its cases are compared, not their results. */
const takesLong = new Set(["packages/adapter-gemini", "packages/adapter-openai", "packages/adapter-socketio"]);
const withContract = adapterFolders.filter((folder) => hasContract(folder) && !needsServer.has(folder));

test.each(withContract.filter((folder) => !takesLong.has(folder)))(
  "docs/conformance.md says of %s what the suite says now; else run `npm run docs`",
  async (folder) => {
    const reports = await runContracts(folder);
    expect(reports).not.toEqual([]);
    for (const report of reports) {
      expect(report.verdict, report.text).toMatch(/^CONFORMANT/);
      expect(verdictsOf(report), `${report.name}, ${titleOf(report)}`).toEqual([report.verdict]);
      expect(documented(report), titleOf(report)).toEqual(expected(report));
    }
    expect(rowsUnder("Verdicts").filter(({ adapter }) => adapter === basename(folder))).toHaveLength(reports.length);
  },
);

test.each([...takesLong])("docs/conformance.md has of %s the cases of now; else run `npm run docs`", async (folder) => {
  const reports = await listContracts(folder);
  expect(reports).not.toEqual([]);
  for (const report of reports) {
    expect(verdictsOf(report), titleOf(report)).toEqual([expect.stringMatching(/^CONFORMANT/)]);
    expect(withoutResult(documented(report)), titleOf(report)).toEqual(withoutResult(expected(report)));
  }
});

test("every adapter has a verdict, or is NOT RUN by name", () => {
  const named = new Set(rowsUnder("Verdicts").map(({ adapter }) => adapter));
  expect(named).toEqual(new Set(adapterFolders.map((folder) => basename(folder))));
});

test("an adapter for which no subject can be made is NOT RUN, with the reason", () => {
  const report: AdapterReport = {
    adapter: "adapter-far",
    name: "far",
    contract: { id: "clock", version: 1, title: "Clock" },
    verdict: "NOT RUN",
    limits: [],
    cases: [{ id: "now", title: "tells the time", invariants: [], result: "skipped: no server | here" }],
    text: "",
  };
  expect(documentOf([report], [])).toContain("| adapter-far | far | Clock v1 | NOT RUN: no server \\| here | 0 | 1 |");
});
