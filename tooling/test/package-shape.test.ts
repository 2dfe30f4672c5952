import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

// What every published package has in common beyond workspace.test.ts: what npm and an author of adapters look at.

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  readonly type?: string;
  readonly sideEffects?: boolean;
  readonly private?: boolean;
  readonly engines?: { readonly node?: string };
  readonly files?: readonly string[];
  readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const root = new URL("../../packages/", import.meta.url);
const folders = readdirSync(root);
const adapters = folders.filter((folder) => folder.startsWith("adapter-"));
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const manifestOf = (folder: string): Manifest => JSON.parse(read(`${folder}/package.json`));

test("a package is named for its role", () => {
  const roles = ["client", "core", "http-api", "contract-tests", "provider-http"];
  expect(folders.filter((folder) => !roles.includes(folder))).toEqual(adapters);
});

describe.each(folders)("packages/%s", (folder) => {
  const manifest = manifestOf(folder);
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {}, devDependencies = {} } = manifest;

  test("is published as ES modules with source, types and a README", () => {
    expect(manifest).toMatchObject({ type: "module", sideEffects: false, version: manifestOf("core").version });
    expect(manifest.private).toBeUndefined();
    expect(manifest.files).toEqual(["dist", "src", "!dist/.tsbuildinfo"]);
    expect(manifest.description).toMatch(/\S/);
    expect(manifest.engines?.node).toMatch(/^>=\d/);
    expect(read(`${folder}/README.md`)).toContain(`# ${manifest.name}\n`);
  });

  test("has each version from one place", () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...peerDependencies, ...devDependencies }))
      expect(version, name).toBe(name.startsWith("@standin/") ? "workspace:^" : "catalog:");
  });

  test("has the core as a peer, so that there is one in every app", () => {
    expect(dependencies).not.toHaveProperty("@standin/core");
    if (folder !== "core") expect(peerDependencies).toHaveProperty("@standin/core");
  });

  test("tests against its own peers, and calls optional only what is a peer", () => {
    for (const peer of Object.keys(peerDependencies)) expect(devDependencies, peer).toHaveProperty([peer]);
    for (const peer of Object.keys(peerDependenciesMeta)) expect(peerDependencies, peer).toHaveProperty([peer]);
  });

  test("opens `.` at src/index.ts, and each further entry at a file that its name says", () => {
    for (const [entry, { "@standin/source": source = "" }] of Object.entries(manifest.exports)) {
      const name = entry.slice(2);
      const expected =
        name === ""
          ? ["./src/index.ts"]
          : [`./src/${name}/index.ts`, `./src/runners/${name}.ts`, `./src/${name}-door/index.ts`];
      expect(expected, entry).toContain(source);
    }
  });
});

describe.each(adapters)("packages/%s", (folder) => {
  test("is held to a contract of the suite", () => {
    const path = `${folder}/test/contract.test.ts`;
    expect(existsSync(new URL(path, root)), path).toBe(true);
    expect(read(path)).toMatch(/from "@standin\/contract-tests\/vitest"/);
    expect(read(path)).toMatch(/^ *testContract\(\w+Contract\b/m);
  });

  test("does not need another adapter", () => {
    const { dependencies = {}, peerDependencies = {} } = manifestOf(folder);
    const others = Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => name.includes("/adapter-"));
    expect(others).toEqual([]);
  });

  test("is made by a factory: `create…`", async () => {
    for (const { "@standin/source": source = "" } of Object.values(manifestOf(folder).exports)) {
      const entry: object = await import(new URL(`${folder}/${source}`, root).pathname);
      expect(
        Object.keys(entry).filter((name) => /^create[A-Z]/.test(name)),
        source,
      ).not.toEqual([]);
    }
  });
});
