import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fixedResource, lazily, type Resource } from "../operation/resource.ts";

/** One file of the page in each of its encodings; `identity` is there always. */
export interface PageFile {
  readonly identity: Resource;
  readonly br?: Resource;
  readonly gzip?: Resource;
}

/** Where the build of apps/web puts the page. */
const builtPage: string = fileURLToPath(new URL("../../../web/dist/page/", import.meta.url));

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/** A file whose name has the hash of its content in it is another file when it changes, so nobody need ask for it again. */
const cacheControl = (path: string): string =>
  path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";

const encodings = { br: ".br", gzip: ".gz" } as const;

const read = (folder: string, path: string): PageFile => {
  const file = join(folder, path);
  const type = types[extname(path)] ?? "application/octet-stream";
  const headers = { "cache-control": cacheControl(path), vary: "accept-encoding" };
  const encoded = Object.entries(encodings)
    .filter(([, ending]) => existsSync(file + ending))
    .map(([name, ending]) => {
      const resource = fixedResource(type, readFileSync(file + ending), { ...headers, "content-encoding": name });
      return [name, resource] as const;
    });
  return { identity: fixedResource(type, readFileSync(file), headers), ...Object.fromEntries(encoded) };
};

/**
 * The page's files by the path at which they are served, `/` among them; null when no page is built there. The folder is looked
 * at once: what is built later is served by the next process.
 *
 * @param folder an absolute path
 */
export const pageFiles = (folder: string = builtPage): ReadonlyMap<string, () => PageFile> | null => {
  if (!existsSync(join(folder, "index.html"))) return null;
  const paths = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in types)
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/").replace(/^\/?/, "/"));
  return new Map(paths.map((path) => [path === "/index.html" ? "/" : path, lazily(() => read(folder, path))] as const));
};
