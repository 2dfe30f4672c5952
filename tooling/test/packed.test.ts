import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// What outsiders get: every package as a tarball, installed in a project that has nothing of this workspace.

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** What TypeScript needs beside our packages and their peers, and why it is not for us to bring. */
const typesOfPeers: Readonly<Record<string, string>> = {
  "@types/express": "Express ships no types; who writes Express in TypeScript has these",
};

const root = new URL("../../", import.meta.url).pathname;
const folders = readdirSync(join(root, "packages"));
const manifestIn = (path: string): Manifest => JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
const manifests = folders.map((folder) => manifestIn(join(root, "packages", folder)));
const entries = manifests.flatMap(({ name, exports }) => Object.keys(exports).map((entry) => join(name, entry)));

const consumer = mkdtempSync(join(tmpdir(), "standin-packed-"));
const tarballs = join(consumer, "tarballs");
afterAll(() => rmSync(consumer, { recursive: true }));

/** Standard output; what went wrong is said in full. */
const run = async (cwd: string, command: string, ...parameters: readonly string[]): Promise<string> => {
  const options = { cwd, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NODE_OPTIONS: "" } };
  return promisify(execFile)(command, [...parameters], options).then(
    ({ stdout }) => stdout,
    ({ message, stdout, stderr }) => expect.fail([message, stdout, stderr].join("\n")),
  );
};
const bin = (name: string): string => join(root, "node_modules/.bin", name);
const attw = fileURLToPath(new URL("dist/index.js", import.meta.resolve("@arethetypeswrong/cli/package.json")));
const packagePaths = folders.map((folder) => join("packages", folder));

let packed: readonly Packed[] = [];

/** Every package is its tarball, ours among each other too; and every peer is there, so that each entry can be imported. */
const writeConsumer = (): void => {
  const ours = Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${filename}`]));
  const peers = manifests.flatMap(({ peerDependencies = {} }) => Object.keys(peerDependencies));
  const foreign = [...peers, ...Object.keys(typesOfPeers)].filter((name) => !(name in ours));
  const versions = Object.fromEntries(foreign.map((name) => [name, catalog(name)]));
  const manifest = { name: "consumer", private: true, type: "module", dependencies: { ...ours, ...versions } };
  writeFileSync(join(consumer, "package.json"), JSON.stringify(manifest));
  // JSON is YAML.
  writeFileSync(join(consumer, "pnpm-workspace.yaml"), JSON.stringify({ packages: [], overrides: ours }));
};

/** The version that the workspace uses. */
const catalog = (name: string): string => {
  const lines = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8").split("\n");
  const line = lines.find((each) => each.trim().replaceAll('"', "").startsWith(`${name}: `));
  return line?.split(": ").at(-1) ?? expect.fail(`${name} is not in the catalog`);
};

beforeAll(async () => {
  await run(root, bin("tsc"), "-b", ...packagePaths);
  mkdirSync(tarballs);
  const only = packagePaths.flatMap((path) => ["--filter", `./${path}`]);
  packed = JSON.parse(
    await run(root, "pnpm", "--recursive", ...only, "pack", "--json", "--pack-destination", tarballs),
  );
  writeConsumer();
  await run(consumer, "pnpm", "install", "--prefer-offline", "--ignore-scripts");
}, 600_000);

test("every package is packed: what is built, its source, its licence, and nothing else", () => {
  expect(new Set(packed.map(({ name }) => name))).toEqual(new Set(manifests.map(({ name }) => name)));
  for (const { name, files } of packed) {
    const paths = files.map(({ path }) => path);
    const strangers = paths.filter((path) => !/^(src\/.+\.ts|dist\/.+\.(js|d\.ts)(\.map)?)$/.test(path));
    expect(strangers.sort(), name).toEqual(["LICENSE", "README.md", "package.json"]);
  }
});

describe("in an empty project", () => {
  test.each(entries)("%s can be imported by plain Node.js", async (entry) => {
    const script = `const entry = await import(${JSON.stringify(entry)}); console.log(import.meta.resolve(${JSON.stringify(entry)}))`;
    const resolved = await run(consumer, process.execPath, "--input-type=module", "--eval", script);
    expect(resolved).toMatch(/\/dist\/.*\.js\n$/);
  });

  test("every entry has its types, down to the libraries they speak of", async () => {
    const names = entries.map((entry, index) => `export * as entry${index} from "${entry}";\n`);
    writeFileSync(join(consumer, "entries.ts"), names.join(""));
    const options =
      "--noEmit --strict --module nodenext --target es2024 --lib es2024,esnext.disposable,dom --skipLibCheck false";
    await run(consumer, bin("tsc"), ...options.split(" "), "entries.ts");
  });

  test.each([
    ["node16", "node16"],
    ["esnext", "bundler"],
  ])("what the client's README shows is right under --module %s --moduleResolution %s", async (module, resolution) => {
    const readme = readFileSync(join(root, "packages/client/README.md"), "utf8");
    const files = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""], index) => {
      const file = `client-readme-${index}.ts`;
      writeFileSync(join(consumer, file), code);
      return file;
    });
    expect(files.length).toBeGreaterThan(2);
    const options = `--noEmit --strict --module ${module} --moduleResolution ${resolution} --target es2022 --lib es2022,dom --skipLibCheck false`;
    await run(consumer, bin("tsc"), ...options.split(" "), ...files);
  });

  test("the example of an adapter conforms, under node --test", async () => {
    for (const folder of ["src", "test"])
      cpSync(join(root, "examples/custom-adapter", folder), join(consumer, folder), { recursive: true });
    const report = await run(consumer, process.execPath, "--test", "--test-reporter=tap", "test/contract.node.ts");
    expect(report).toMatch(/^# fail 0$/m);
    expect(Number(/^# pass (\d+)$/m.exec(report)?.[1])).toBeGreaterThan(100);
    expect(report).toContain("# SKIP durable unsupported: no file was given");
  });
});

describe.each(manifests.map(({ name }) => name))("%s", (name) => {
  const tarball = (): string => packed.find((each) => each.name === name)?.filename ?? expect.fail("not packed");

  test("has nothing that publint would say of it", async () => {
    const bytes = new Uint8Array(readFileSync(tarball()));
    const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test("has the right types for every importer of ES modules", async () => {
    const report = JSON.parse(
      await run(consumer, process.execPath, attw, tarball(), "--profile", "esm-only", "--format", "json"),
    );
    // CommonJS is not meant; Node.js 24 requires ES modules all the same.
    const accepted = new Set(["node10", "node16-cjs"]);
    const problems = report.analysis.problems as readonly { readonly kind: string; readonly resolutionKind?: string }[];
    expect(problems.filter(({ resolutionKind = "" }) => !accepted.has(resolutionKind))).toEqual([]);
    expect(report.analysis.types).toEqual({ kind: "included" });
  });
});
