import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";
import { fingerprintOf } from "./fingerprint.ts";

const web = join(import.meta.dirname, "..");
const root = join(web, "../..");
const built = join(web, "dist/page");
const fingerprintFile = "built-from.txt";

/** Is the page there, and made of the sources as they are now? */
export const isPageFresh = (): boolean => {
  const file = join(built, fingerprintFile);
  return existsSync(file) && readFileSync(file, "utf8") === fingerprintOf(root);
};

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

/** The page's own files as the service worker keeps them, by the path at which they are served. */
const servedPaths = (folder: string): readonly string[] =>
  filesOf(folder).map((file) => (file === "index.html" ? "/" : `/${file}`));

const versionOf = (folder: string): string => {
  const hash = createHash("sha256");
  for (const file of filesOf(folder)) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest("base64url").slice(0, 12);
};

const buildServiceWorker = async (outDir: string): Promise<void> => {
  await build({
    root: web,
    configFile: false,
    logLevel: "warn",
    publicDir: false,
    define: { __FILES__: JSON.stringify(servedPaths(outDir)), __VERSION__: JSON.stringify(versionOf(outDir)) },
    build: {
      outDir,
      emptyOutDir: false,
      target: "es2023",
      reportCompressedSize: false,
      rollupOptions: {
        input: join(web, "service-worker/src/service-worker.ts"),
        output: { format: "iife", entryFileNames: "service-worker.js" },
      },
    },
  });
};

/** Compressed once here, at the most that each method gives, instead of at each request. */
const compress = (folder: string): void => {
  for (const file of filesOf(folder).filter((name) => /\.(html|js|css|svg|webmanifest)$/.test(name))) {
    const path = join(folder, file);
    const content = readFileSync(path);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
};

/**
 * Builds the page into `apps/web/dist/page`. The folder appears whole or not at all, so that a server that starts at the same
 * time never serves half a page. Rejects with what the compiler says.
 */
export const buildPage = async (): Promise<void> => {
  const fingerprint = fingerprintOf(root);
  const outDir = join(web, `dist/page-${process.pid}`);
  try {
    await build({ root: web, configFile: join(web, "vite.config.ts"), logLevel: "warn", build: { outDir } });
    await buildServiceWorker(outDir);
    compress(outDir);
    writeFileSync(join(outDir, fingerprintFile), fingerprint);
    mkdirSync(join(web, "dist"), { recursive: true });
    rmSync(built, { recursive: true, force: true });
    renameSync(outDir, built);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
};
