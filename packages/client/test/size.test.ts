import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundle } from "./bundle.ts";

const most = 20 * 1024;

test("all of it, for a browser, is at most 20 KB gzip without socket.io-client, and no schema is in it", async () => {
  const code = await bundle(new URL("./everything.ts", import.meta.url), ["socket.io-client"]);
  expect(code).toContain("/standin/settings");
  expect(code).toContain("indexedDB");
  expect(code).not.toMatch(/ZodError|safeParse/);
  expect([...code.matchAll(/\bfrom ?"([^"]+)"/g)].map(([, name]) => name)).toEqual(["socket.io-client"]);
  expect(gzipSync(code).length).toBeLessThan(most);
});
