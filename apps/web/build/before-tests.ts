import { spawnSync } from "node:child_process";
import { join } from "node:path";

/**
 * For the test runner: the page is there, once and for all test files, before the first of them runs. In a process of its own, because
 * what a runner sets in the environment would make another page.
 */
export default (): void => {
  const { NODE_ENV: _, ...env } = process.env;
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts")], { env, stdio: "inherit" });
  if (status !== 0) throw new Error("the page could not be built");
};
