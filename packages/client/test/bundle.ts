import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";

/** One file of JavaScript for browsers, from an entry of the tests; what is external is left for the page to bring. */
export const bundle = async (entry: URL, external: readonly string[] = []): Promise<string> => {
  const [output] = (await build({
    configFile: false,
    root: fileURLToPath(new URL(".", entry)),
    logLevel: "silent",
    resolve: { conditions: ["@standin/source", "module", "browser"] },
    build: {
      write: false,
      target: "es2023",
      modulePreload: false,
      rolldownOptions: { external: [...external], preserveEntrySignatures: "exports-only" },
      lib: { entry: fileURLToPath(entry), formats: ["es"] },
      minify: true,
    },
  })) as Rolldown.RolldownOutput[];
  const [chunk, ...others] = output?.output ?? [];
  if (chunk?.type !== "chunk" || others.length > 0) throw new Error("more than one file");
  return chunk.code;
};
