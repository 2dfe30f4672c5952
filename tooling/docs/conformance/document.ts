import type { AdapterReport } from "./reports.ts";

/** An adapter of which nothing is known, and why. */
export interface NotRun {
  readonly adapter: string;
  readonly reason: string;
}

const intro = `# Conformance

Every adapter against every contract that it declares, as the suite saw it. Written by \`npm run docs\`; a test compares it with what the suite says now. [Writing an adapter](writing-an-adapter.md) says how to
get the same report on your own.

| verdict | means |
| --- | --- |
| CONFORMANT | every case passed |
| CONFORMANT WITH LIMITS | every case passed but those of a capability that the adapter declares unsupported, and a probe saw that it is |
| NOT CONFORMANT | a case failed |
| NOT RUN | nothing was tried, for the reason given |

A dash stands for a case that was not asked of the subject. \`server\` holds combinations of adapters to the rules of the stand-in: each model, and the template alone, on each store. On MongoDB, where
all takes longest, these are one case of each rule, without R05, R21 and R27, in which the store alone matters: \`adapter-mongo\` has them all.
`;

/** The document. */
export const documentOf = (reports: readonly AdapterReport[], notRun: readonly NotRun[]): string => {
  const contracts = Map.groupBy(reports, ({ contract }) => contract.id);
  return [
    intro,
    "## Verdicts",
    "",
    ...table(
      ["adapter", "subject", "contract", "verdict", "passed", "skipped"],
      [
        ...reports.map((report) => [
          report.adapter,
          report.name,
          titleOf(report),
          verdictOf(report),
          String(report.cases.filter(({ result }) => result === "passed").length),
          String(report.cases.filter(({ result }) => result.startsWith("skipped")).length),
        ]),
        ...notRun.map(({ adapter, reason }) => [adapter, "", "", `NOT RUN: ${reason}`, "0", "0"]),
      ],
    ),
    ...[...contracts.values()].flatMap(sectionOf),
  ].join("\n");
};

const titleOf = ({ contract }: AdapterReport): string => `${contract.title} v${contract.version}`;

/** With what it leaves open: the limits that were declared, or why nothing was tried. */
const verdictOf = ({ verdict, limits, cases }: AdapterReport): string => {
  if (verdict === "NOT RUN") return cases[0]?.result.replace("skipped", verdict) ?? verdict;
  const reasons = limits.map(({ capability, reason }) => `\`${capability}\`: ${reason}`);
  return reasons.length === 0 ? verdict : `${verdict}: ${reasons.join("; ")}`;
};

/** One table per contract, a column for each adapter. */
const sectionOf = (reports: readonly AdapterReport[]): string[] => {
  const [first] = reports;
  if (first === undefined) return [];
  const rows = new Map(reports.flatMap(({ cases }) => cases.map((each) => [each.id, each] as const)));
  const names = reports.map(({ name }) => name);
  return [
    `## ${titleOf(first)}`,
    "",
    ...table(
      ["case", "rule", "guards", ...names],
      [...rows.values()].map(({ id, title, invariants }) => [
        `\`${id}\``,
        title,
        invariants.join(", "),
        // A probe runs only where a capability is declared unsupported.
        ...reports.map(({ cases }) => cases.find((each) => each.id === id)?.result ?? "–"),
      ]),
    ),
  ];
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  rowOf(head),
  rowOf(head.map(() => "---")),
  ...rows.map(rowOf),
  "",
];

const rowOf = (cells: readonly string[]): string => `| ${cells.map(cellOf).join(" | ")} |`;

/** Text as it stands in a cell. */
export const cellOf = (text: string): string => text.replaceAll(/\s+/g, " ").trim().replaceAll("|", "\\|");
