import { defineConfig } from "vite";

// Preact without a plugin: the compiler's own JSX transform is all that it needs.
export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ["@standin/source", "module", "browser"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist/page",
    emptyOutDir: true,
    target: "es2023",
    // `light-dark()` and nesting are in every browser that this target means.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    // Its polyfill would be code that no such browser runs.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every screen needs compresses better as one file than as one for each set of screens that share it.
        codeSplitting: {
          groups: [
            {
              name: "common",
              test: /node_modules|packages.client|src.(chat|device|status.presence|texts.(moments|plural|sentence-for|texts)|design.(avatar|icons|initials|toast|announce)|shell.(now|route|use-focus))/,
            },
          ],
        },
      },
    },
  },
});
