import { defineConfig } from "vitest/config";

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
    globalSetup: ["apps/web/build/before-tests.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
