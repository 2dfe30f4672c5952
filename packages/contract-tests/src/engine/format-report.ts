import type { CaseReport, ContractReport } from "./check-contract.ts";

/**
 * The report as a section of Markdown, errors in full below the table.
 *
 * @example
 * await writeFile("conformance.md", reports.map(formatReport).join("\n"));
 */
export const formatReport = (report: ContractReport): string => {
  const { contract, name, verdict, limits, cases } = report;
  const count = (outcome: CaseReport["result"]["outcome"]): number =>
    cases.filter(({ result }) => result.outcome === outcome).length;
  const failures = cases.flatMap(({ id, result }) =>
    result.outcome === "failed" ? ["", `### ${id}`, "", ...quote(describeError(result.error))] : [],
  );
  return [
    `## ${contract.title} v${contract.version}: ${name}`,
    "",
    `**${verdict}**: ${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped.`,
    "",
    ...limits.map(({ capability, reason }) => `- \`${capability}\`: ${oneLine(reason)}`),
    ...(limits.length === 0 ? [] : [""]),
    "| case | rule | guards | result |",
    "| --- | --- | --- | --- |",
    ...cases.map(rowOf),
    ...failures,
    "",
  ].join("\n");
};

const rowOf = ({ id, title, invariants, result }: CaseReport): string => {
  const outcome = result.outcome === "skipped" ? `skipped: ${result.reason}` : result.outcome;
  return `| ${[`\`${id}\``, title, invariants.join(", "), outcome].map(cell).join(" | ")} |`;
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
const cell = (text: string): string => oneLine(text).replaceAll("|", "\\|");
const quote = (text: string): string[] => text.split("\n").map((line) => `    ${line}`);
const describeError = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
