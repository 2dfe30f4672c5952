import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Everything that the built page depends on, from the root of the workspace. */
const sources = [
  "apps/web/build",
  "apps/web/index.html",
  "apps/web/package.json",
  "apps/web/public",
  "apps/web/service-worker/src",
  "apps/web/src",
  "apps/web/vite.config.ts",
  "packages/client/package.json",
  "packages/client/src",
  "pnpm-lock.yaml",
];

const filesIn = (root: string, path: string): readonly string[] => {
  const entries = readdirSync(join(root, path), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
};

const isFolder = (path: string): boolean => !/\.\w+$/.test(path);

/**
 * One short text for the whole of the sources: another one whenever any of them changed. Contents and not times, because a
 * checkout sets those as it likes.
 *
 * @param root the folder of the workspace
 */
export const fingerprintOf = (root: string): string => {
  const hash = createHash("sha256");
  const files = sources.flatMap((path) => (isFolder(path) ? filesIn(root, path) : [join(root, path)])).sort();
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest("base64url");
};
