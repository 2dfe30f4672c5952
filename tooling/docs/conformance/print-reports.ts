// Prints, as JSON, how one adapter stands to each contract that its `contract.test.ts` names:
//
//   node --conditions=@standin/source tooling/docs/conformance/print-reports.ts packages/adapter-memory [--list]
//
// With --list no case is run: all are skipped.
import { registerHooks } from "node:module";
import { basename } from "node:path";
import { checkContract, formatReport } from "../../../packages/contract-tests/src/index.ts";
import { cleanups, declared } from "./declared.ts";
import type { AdapterReport } from "./reports.ts";

const replaced = new Set(["vitest", "@standin/contract-tests/vitest"]);
registerHooks({
  resolve: (specifier, context, next) =>
    replaced.has(specifier)
      ? { url: new URL("./vitest-double.ts", import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

const [folder = "", mode] = process.argv.slice(2);
await import(new URL(`../../../${folder}/test/contract.test.ts`, import.meta.url).href);

const reports: AdapterReport[] = [];
for (const { contract, options } of declared) {
  const { cases, ...report } = await checkContract(
    contract,
    mode === "--list" ? { ...options, create: { unavailable: "only listed" } } : options,
  );
  reports.push({
    ...report,
    adapter: basename(folder),
    cases: cases.map(({ id, title, invariants, result }) => ({
      id,
      title,
      invariants,
      result: result.outcome === "skipped" ? `skipped: ${result.reason}` : result.outcome,
    })),
    text: formatReport({ ...report, cases }),
  });
}
for (const cleanup of cleanups.reverse()) await cleanup();
process.stdout.write(JSON.stringify(reports), () => process.exit());
