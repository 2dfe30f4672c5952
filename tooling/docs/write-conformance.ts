import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { documentOf, type NotRun } from "./conformance/document.ts";
import { type AdapterReport, adapterFolders, hasContract, runContracts } from "./conformance/reports.ts";

const reports: AdapterReport[] = [];
const notRun: NotRun[] = [];
for (const folder of adapterFolders) {
  const adapter = basename(folder);
  if (!hasContract(folder)) {
    notRun.push({ adapter, reason: "the suite has no contract for it; its own tests hold it" });
    continue;
  }
  const own = await runContracts(folder);
  reports.push(...own);
  for (const { verdict, contract, name, text } of own) {
    process.stdout.write(`${adapter}: ${name}, ${contract.title}: ${verdict}\n`);
    if (verdict === "NOT CONFORMANT") {
      process.stderr.write(text);
      process.exitCode = 1;
    }
  }
}
writeFileSync(new URL("../../docs/conformance.md", import.meta.url), documentOf(reports, notRun));
