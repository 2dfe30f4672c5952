import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { promisify } from "node:util";
import type { ContractReport } from "../../../packages/contract-tests/src/index.ts";

/** How an adapter stands to one contract, as data. */
export interface AdapterReport extends Omit<ContractReport, "cases"> {
  /** The name of its folder. */
  readonly adapter: string;
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly invariants: readonly string[];
    /** `passed`, `failed`, or `skipped: ` and why. */
    readonly result: string;
  }[];
  /** The whole report in words, errors in full. */
  readonly text: string;
}

const root = new URL("../../../", import.meta.url);

/** Every adapter of the workspace, as folders, the examples last; then the server, which puts some of them together. */
export const adapterFolders: readonly string[] = [
  ...["packages", "examples"].flatMap((parent) =>
    readdirSync(new URL(parent, root))
      .filter((name) => name.startsWith("adapter-") || name.endsWith("-adapter"))
      .map((name) => `${parent}/${name}`),
  ),
  "apps/server",
];

/** Does a contract hold the adapter? */
export const hasContract = (folder: string): boolean => existsSync(new URL(`${folder}/test/contract.test.ts`, root));

/**
 * Runs the contracts of one adapter on what its `contract.test.ts` declares, in a process of its own.
 *
 * @throws {Error} with what the process said, when the file cannot be loaded.
 */
export const runContracts = (folder: string): Promise<readonly AdapterReport[]> => printReports(folder);

/** The same, with every case skipped. */
export const listContracts = (folder: string): Promise<readonly AdapterReport[]> => printReports(folder, "--list");

const printReports = async (...parameters: readonly string[]): Promise<readonly AdapterReport[]> => {
  const script = new URL("print-reports.ts", import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@standin/source", script, ...parameters],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as AdapterReport[];
};
