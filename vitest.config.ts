import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tooling/longest-first.ts";

const { CI, NODE_COMPILE_CACHE = `${import.meta.dirname}/node_modules/.cache/node` } = process.env;

export default defineConfig({
  ssr: { resolve: { conditions: ["@standin/source"] } },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "apps/*/test/**/*.test.ts",
      "tooling/test/**/*.test.ts",
      "examples/*/test/**/*.test.ts",
    ],
    // The tests wait for processes and timers more than they compute: one worker, as on two cores by default, would leave a core idle.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    // What one test's server compiled, the next one's need not.
    env: { NODE_COMPILE_CACHE },
    globalSetup: ["apps/web/build/before-tests.ts"],
    // They end what hangs, and judge no machine: a compiler that needs 15 s of a processor has been left waiting for two minutes.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A browser or a process that a crowded machine starved gets a second chance there, and the report names it. Contracts, and tests that
    // look for what happens by chance, set this to 0: a race that is lost once is lost.
    retry: CI === "true" ? 1 : 0,
  },
});
