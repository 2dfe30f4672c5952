import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const readJson = (path: string): never => JSON.parse(readFileSync(new URL(path, root), "utf8")) as never;

interface Manifest {
  name: string;
  private?: boolean;
  license?: string;
  exports?: Record<string, Record<string, string>>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
interface Project {
  references?: { path: string }[];
}

const folders = ["packages", "apps"].flatMap((parent) =>
  readdirSync(new URL(parent, root))
    .map((name) => `${parent}/${name}`)
    .filter((folder) => existsSync(new URL(`${folder}/package.json`, root))),
);
const packages = folders.filter((folder) => folder.startsWith("packages/"));

describe("the workspace", () => {
  test("type-checks every package, and the tests of every package", () => {
    for (const file of ["tsconfig.json", "tsconfig.tests.json"]) {
      const { references = [] } = readJson(file) as Project;
      const named = references.map(({ path }) => path).filter((path) => !path.endsWith(".json"));
      expect(new Set(named), file).toEqual(new Set(folders));
    }
  });

  test.each(packages)("%s has a manifest in the common shape", (folder) => {
    const manifest = readJson(`${folder}/package.json`) as Manifest;
    expect(manifest.name).toBe(`@standin/${folder.split("/")[1]}`);
    expect(manifest.license).toBe("MIT");
    for (const [entry, targets] of Object.entries(manifest.exports ?? {})) {
      const source = targets["@standin/source"] ?? "";
      expect(existsSync(new URL(`${folder}/${source}`, root)), `${entry} → ${source}`).toBe(true);
      const built = source.replace("./src/", "./dist/").replace(/\.ts$/, "");
      expect(targets).toEqual({ "@standin/source": source, types: `${built}.d.ts`, default: `${built}.js` });
    }
  });

  test.each(packages.filter((folder) => /\/adapter-/.test(folder)))(
    "%s has the core as a peer, and is held to the contract suite",
    (folder) => {
      const manifest = readJson(`${folder}/package.json`) as Manifest;
      expect(manifest.peerDependencies).toHaveProperty("@standin/core", "workspace:^");
      expect(manifest.devDependencies).toHaveProperty("@standin/contract-tests");
    },
  );

  test("the core depends on nothing", () => {
    const manifest = readJson("packages/core/package.json") as Manifest;
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.peerDependencies ?? {}).toEqual({});
  });
});
