import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import { afterAll, describe, expect, test } from "vitest";
import config from "../../.dependency-cruiser.mjs";

const root = new URL("../../", import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), "standin-boundaries-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const run = async (folders: string[], baseDir: string): Promise<ICruiseResult> => {
  const { output } = await cruise(folders, {
    ...config.options,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
    baseDir,
  } as never);
  return output as ICruiseResult;
};

/** One file, its import, and the rule that must report it. */
const planted: [rule: string, file: string, imports: string][] = [
  ["no-circular", "packages/core/src/application/a.ts", "./b.ts"],
  ["no-unresolvable", "packages/client/src/index.ts", "./nowhere.ts"],
  ["core-is-pure", "packages/core/src/application/reads-files.ts", "node:fs"],
  ["domain-imports-only-domain", "packages/core/src/domain/knows-ports.ts", "../ports/index.ts"],
  ["ports-do-not-know-the-application", "packages/core/src/ports/knows-use-cases.ts", "../application/a.ts"],
  ["http-api-only-knows-the-core", "packages/http-api/src/knows-store.ts", "../../adapter-mongo/src/index.ts"],
  [
    "provider-http-only-knows-the-core",
    "packages/provider-http/src/knows-store.ts",
    "../../adapter-mongo/src/index.ts",
  ],
  ["client-only-knows-the-api", "packages/client/src/knows-store.ts", "../../adapter-mongo/src/index.ts"],
  ["client-knows-the-api-by-its-types", "packages/client/src/brings-schemas.ts", "../../http-api/src/index.ts"],
  ["adapters-only-know-the-core", "packages/adapter-express/src/knows-store.ts", "../../adapter-mongo/src/index.ts"],
  [
    "contract-tests-only-know-the-reference",
    "packages/contract-tests/src/knows-store.ts",
    "../../adapter-mongo/src/index.ts",
  ],
  ["runners-only-in-runners", "packages/contract-tests/src/engine.ts", "node:test"],
  ["only-through-the-front-door", "packages/adapter-hono/src/side-door.ts", "../../core/src/application/a.ts"],
  ["tsyringe-only-in-composition", "apps/server/src/http.ts", "tsyringe"],
  ["the-page-only-knows-the-client", "apps/web/src/knows-core.ts", "../../../packages/core/src/ports/index.ts"],
  ["packages-do-not-know-apps", "packages/adapter-mongo/src/knows-app.ts", "../../../apps/server/src/http.ts"],
];

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(scratch, path)), { recursive: true });
  writeFileSync(join(scratch, path), text);
};

describe("the dependency rule", () => {
  test("holds in the whole workspace, and every module was looked at", async () => {
    const { summary } = await run(["packages", "apps"], root);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(summary.totalCruised).toBeGreaterThan(150);
  });

  test("every rule reports what it forbids", async () => {
    for (const [, file, imports] of planted) write(file, `import "${imports}";\n`);
    write("packages/core/src/application/b.ts", 'import "./a.ts";\n');
    write("packages/core/src/ports/index.ts", "export {};\n");
    write("packages/adapter-mongo/src/index.ts", "export {};\n");
    write("packages/http-api/src/index.ts", "export {};\n");
    write("node_modules/tsyringe/package.json", '{ "name": "tsyringe", "main": "index.js" }');
    write("node_modules/tsyringe/index.js", "");
    const { summary } = await run(["packages", "apps"], scratch);
    for (const [rule, file] of planted) {
      expect(summary.violations, `${rule} in ${file}`).toContainEqual(
        expect.objectContaining({ from: file, rule: expect.objectContaining({ name: rule }) }),
      );
    }
    expect(new Set(planted.map(([rule]) => rule))).toEqual(new Set(config.forbidden.map(({ name }) => name)));
  });
});
