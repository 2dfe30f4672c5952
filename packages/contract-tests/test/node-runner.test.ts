import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("under the runner of Node.js cases pass, fail and are skipped by name", () => {
  const fixture = fileURLToPath(new URL("./node-runner-fixture.ts", import.meta.url));
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const options = ["--conditions=@standin/source", "--test-reporter=tap", fixture];
  const { status, stdout } = spawnSync(process.execPath, options, { encoding: "utf8", env });
  const results = stdout.split("\n").filter((line) => /^ *(not )?ok /.test(line));
  const skipped = "durable: goes on [skipped: durable unsupported: kept in memory]";
  expect(results.map((line) => line.trim().replaceAll("\\", ""))).toEqual([
    "ok 1 - isolation: two subjects count apart",
    "ok 2 - one: begins with 1 | not 0 (TA-01, TA-02)",
    `ok 3 - ${skipped} # SKIP durable unsupported: kept in memory`,
    "ok 4 - probe-durable: durable is really unsupported",
    "ok 1 - tally v3: sound",
    "not ok 1 - isolation: two subjects count apart",
    "not ok 2 - one: begins with 1 | not 0 (TA-01, TA-02)",
    `ok 3 - ${skipped} # SKIP durable unsupported: kept in memory`,
    "ok 4 - probe-durable: durable is really unsupported",
    "not ok 2 - tally v3: broken",
  ]);
  expect(status).toBe(1);
});
