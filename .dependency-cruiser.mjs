// Who may import whom; docs/architecture.md has the table in words. tooling/test/boundaries.test.ts plants one violation of each rule.
export default {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "core-is-pure",
      severity: "error",
      from: { path: "^packages/core/src/" },
      to: { pathNot: "^packages/core/src/" },
    },
    {
      name: "domain-imports-only-domain",
      severity: "error",
      from: { path: "^packages/core/src/domain/" },
      to: { pathNot: "^packages/core/src/domain/" },
    },
    {
      name: "ports-do-not-know-the-application",
      severity: "error",
      from: { path: "^packages/core/src/(ports|errors)/" },
      to: { path: "^packages/core/src/application/" },
    },
    {
      name: "http-api-only-knows-the-core",
      severity: "error",
      from: { path: "^packages/http-api/src/" },
      to: { path: "^packages/", pathNot: "^packages/(http-api|core)/" },
    },
    {
      name: "provider-http-only-knows-the-core",
      severity: "error",
      from: { path: "^packages/provider-http/src/" },
      to: { path: "^packages/", pathNot: "^packages/(provider-http|core)/" },
    },
    {
      name: "client-only-knows-the-api",
      severity: "error",
      from: { path: "^packages/client/src/" },
      to: {
        path: ["^packages/", "(^|/)node_modules/"],
        pathNot: ["^packages/(client|http-api)/", "(^|/)node_modules/socket\\.io-client/"],
      },
    },
    {
      name: "client-knows-the-api-by-its-types",
      severity: "error",
      from: { path: "^packages/client/src/" },
      to: { path: "^packages/http-api/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "adapters-only-know-the-core",
      severity: "error",
      from: { path: "^packages/(adapter-[^/]+)/src/" },
      to: { path: "^packages/", pathNot: "^packages/($1|core|http-api|provider-http)/" },
    },
    {
      name: "contract-tests-only-know-the-reference",
      severity: "error",
      from: { path: "^packages/contract-tests/src/" },
      to: { path: "^packages/", pathNot: "^packages/(contract-tests|core|http-api|adapter-memory)/" },
    },
    {
      name: "runners-only-in-runners",
      severity: "error",
      from: { path: "^packages/contract-tests/src/", pathNot: "^packages/contract-tests/src/runners/" },
      to: { path: ["(^|/)node_modules/vitest/", "^node:test$", "^test$"] },
    },
    {
      name: "only-through-the-front-door",
      severity: "error",
      from: { path: "^(?:packages|apps)/([^/]+)/src/" },
      to: {
        path: "^packages/",
        pathNot: ["^packages/$1/", "/src/index\\.ts$", "/src/[^/]+/index\\.ts$", "/src/runners/[^/]+\\.ts$"],
      },
    },
    {
      name: "tsyringe-only-in-composition",
      severity: "error",
      from: { pathNot: "^apps/server/src/(composition/|main\\.ts$)" },
      to: { path: "(^|/)node_modules/(tsyringe|reflect-metadata)/" },
    },
    {
      name: "the-page-only-knows-the-client",
      severity: "error",
      from: { path: "^apps/web/(src|service-worker)/" },
      to: { path: "^(packages|apps)/", pathNot: "^(apps/web|packages/client)/" },
    },
    {
      name: "packages-do-not-know-apps",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    // Only our own dist: npm packages have theirs, and an excluded one takes its edges along.
    exclude: { path: "^(packages|apps|examples|tooling)/[^/]+/dist/" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      conditionNames: ["@standin/source", "import", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
