import { execFile } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Every `ts` block of the documentation is type-checked as strictly as the sources, as a file of its own. A comment in front of a block says otherwise:
//
//   <!-- ts: continues -->          it goes on where the block before it ended
//   <!-- ts: skipped, <why> -->     it is not checked

const root = new URL("../../", import.meta.url).pathname;
const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/**/*.md",
  "packages/*/README.md",
  "examples/*/README.md",
].flatMap((pattern) => globSync(pattern, { cwd: root }));

/** Files that a reader is taken to have. */
const given: Readonly<Record<string, string>> = {
  "my-message-repository.ts": `import type { MessageRepository } from "@standin/core/ports";
export declare const createMyMessageRepository: (options?: { readonly keyspace: string }) => Promise<MessageRepository>;
`,
  "my-store.ts": `import type { StandInPorts } from "@standin/contract-tests";
export declare const createMyStore: (options: { readonly keyspace: string }) => Promise<StandInPorts>;
`,
};

interface Block {
  readonly document: string;
  /** The line of the document at which its first line stands, from 0. */
  readonly line: number;
  readonly text: string;
  readonly marker: string;
}

const blocksOf = (document: string, text: string): readonly Block[] =>
  [...text.matchAll(/(?:<!-- ts: (.+?) -->\n+)?```ts\n(.*?)^```$/gms)].map(
    ({ index, 0: whole, 1: marker = "", 2: code = "" }) => ({
      document,
      line: text.slice(0, index + whole.indexOf("```ts\n")).split("\n").length,
      text: code,
      marker,
    }),
  );

/** Each block by the name of its file, at the lines where it stands in its document, so that messages name these. */
const filesOf = (blocks: readonly Block[]): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  let name = "";
  for (const { document, line, text, marker } of blocks) {
    if (marker.startsWith("skipped, ")) continue;
    if (marker !== "continues") name = `${document}/${line + 1}.ts`;
    const before = files.get(name) ?? "";
    files.set(name, `${before}${"\n".repeat(line - before.split("\n").length + 1)}${text}`);
  }
  return files;
};

const folder = mkdtempSync(join(tmpdir(), "standin-code-blocks-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string): void => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};

/** Whatever any package of the workspace has installed, and the packages themselves. */
const linkPackages = (): void => {
  const link = (name: string, target: string): void => {
    const path = join(folder, "node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) symlinkSync(target, path, "junction");
  };
  for (const name of readdirSync(join(root, "packages"))) link(`@standin/${name}`, join(root, "packages", name));
  for (const modules of globSync("{.,packages/*,apps/*}/node_modules", { cwd: root }))
    for (const name of globSync(["[!.@]*", "@*/*"], { cwd: join(root, modules) }))
      link(name, join(root, modules, name));
};

/** These speak of what browsers have, which the rest of the workspace must not take to be there. */
const isForBrowsers = ({ document }: Block): boolean => document.startsWith("packages/client/");

/** What the compiler says of the files, a line each. */
const check = async (files: ReadonlyMap<string, string>, ...libs: string[]): Promise<readonly string[]> => {
  for (const [name, text] of files) {
    write(name, text);
    for (const [file, source] of Object.entries(given)) write(join(dirname(name), file), source);
  }
  const compilerOptions = {
    composite: false,
    noEmit: true,
    isolatedDeclarations: false,
    declarationMap: false,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    moduleDetection: "force",
    rootDir: "/",
    lib: ["es2024", "esnext.disposable", ...libs],
  };
  write(
    "tsconfig.json",
    JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions, files: [...files.keys()] }),
  );
  const tsc = join(root, "node_modules/.bin/tsc");
  return promisify(execFile)(tsc, ["-p", folder, "--pretty", "false"], { cwd: folder }).then(
    () => [],
    (error: { stdout: string }) => {
      const messages = error.stdout.split("\n").filter((line) => line !== "");
      // A compiler that said nothing was killed, or is not there: it has found nothing right.
      if (messages.length === 0) throw error;
      return messages;
    },
  );
};

beforeAll(() => {
  write("package.json", JSON.stringify({ type: "module" }));
  linkPackages();
});

const blocks = documents.flatMap((document) => blocksOf(document, readFileSync(join(root, document), "utf8")));

test("every code block type-checks", async () => {
  expect(blocks.length).toBeGreaterThan(10);
  expect(await check(filesOf(blocks.filter((block) => !isForBrowsers(block))))).toEqual([]);
  expect(await check(filesOf(blocks.filter(isForBrowsers)), "dom")).toEqual([]);
});

test("no block has a marker that means nothing", () => {
  const unknown = blocks.filter(({ marker }) => !/^(|continues|skipped, \S.+)$/.test(marker));
  expect(unknown).toEqual([]);
});

describe("the check itself", () => {
  const document = `# Title

\`\`\`ts
import { createChat } from "@standin/core";
const misspelt = createChats();
\`\`\`

<!-- ts: continues -->
\`\`\`ts
misspelt satisfies number; createChat satisfies number;
\`\`\`

<!-- ts: skipped, it is wrong on purpose -->
\`\`\`ts
nonsense;
\`\`\`

\`\`\`ts
misspelt;
\`\`\`
`;

  test("names what is wrong by the line of the document, and joins and skips as told", async () => {
    const messages = await check(filesOf(blocksOf("broken.md", document)));
    expect(
      messages.map((line) => line.replace(/,\d+\): error (TS\d+).*/, ") $1")).filter((line) => /^\S/.test(line)),
    ).toEqual(["broken.md/19.ts(19) TS2304", "broken.md/4.ts(5) TS2552", "broken.md/4.ts(10) TS1360"]);
  });
});
