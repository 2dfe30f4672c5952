import { readFileSync } from "node:fs";
import { join } from "node:path";
import swaggerFolder from "swagger-ui-dist/absolute-path.js";
import { fixedResource, lazily, type Resource } from "./resource.ts";

/** Scripts and styles from this server alone, none of them inline; the style sheet has its icons in `data:`. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const types = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  png: "image/png",
} as const;

const file = (path: URL | string, type: string): (() => Resource) =>
  lazily(() => fixedResource(type, readFileSync(path), { "content-security-policy": contentSecurityPolicy }));

const swagger = (name: string): string => join(swaggerFolder(), name);

const page = file(new URL("../../public/docs/index.html", import.meta.url), types.html);

/** A page that shows the HTTP API and can try each call: Swagger UI, from our own server. By path. */
export const docsPage: ReadonlyMap<string, () => Resource> = new Map([
  ["/docs", page],
  ["/docs/", page],
  ["/docs/start.js", file(new URL("../../public/docs/start.js", import.meta.url), types.js)],
  ["/docs/swagger-ui-bundle.js", file(swagger("swagger-ui-bundle.js"), types.js)],
  ["/docs/swagger-ui.css", file(swagger("swagger-ui.css"), types.css)],
  ["/docs/favicon-32x32.png", file(swagger("favicon-32x32.png"), types.png)],
]);
