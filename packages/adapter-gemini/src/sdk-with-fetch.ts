import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import type { ProviderFetch } from "@standin/provider-http";

type Sdk = typeof import("@google/generative-ai");

/**
 * The SDK takes no `fetch`: it names the global one, which follows redirects with the key and reads bodies of any size. So its CommonJS file,
 * which imports nothing, is compiled as a function with `fetch` among its parameters. No global is touched, and other users of the SDK in
 * this process are not affected. Compiled once; each call of the result costs microseconds.
 */
const compile = (): ((exports: object, fetch: ProviderFetch) => void) => {
  const file = createRequire(import.meta.url).resolve("@google/generative-ai");
  return compileFunction(readFileSync(file, "utf8"), ["exports", "fetch"], { filename: file }) as ReturnType<
    typeof compile
  >;
};
let compiled: ReturnType<typeof compile> | undefined;

/** A copy of `@google/generative-ai` whose only way to the network is `fetch`. */
export const sdkWithFetch = (fetch: ProviderFetch): Sdk => {
  compiled ??= compile();
  const exports = {} as Sdk;
  compiled(exports, fetch);
  return exports;
};
