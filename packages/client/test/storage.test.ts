import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type ClientStorage, memoryStorage } from "@standin/client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBrowser, launchBrowser } from "../../../tooling/browser/browser.ts";
import { bundle } from "./bundle.ts";
import { storageCases } from "./storage-cases.ts";

const names = Object.keys(storageCases);

test.each(names)("memoryStorage: %s", async (name) => {
  await storageCases[name]?.(memoryStorage());
});

const executable = findBrowser();

test("there is a browser to try indexedDbStorage in", (context) => {
  if (executable === null && process.env["CI"] === undefined)
    context.skip("NOT RUN: no Chromium; CHROMIUM_PATH says where one is");
  expect(executable).not.toBeNull();
});

/** What storage-page.ts puts on the page. */
declare const runCase: (name: string) => Promise<void>;
declare const indexedDB: { deleteDatabase(name: string): Record<"onsuccess" | "onerror" | "onblocked", unknown> };
declare const indexedDbStorage: (options: { readonly name: string }) => ClientStorage;

describe.skipIf(executable === null)("indexedDbStorage, in Chromium", () => {
  let browser: Browser;
  let url = "";
  const server = createServer((request, response) => {
    const isScript = request.url === "/page.js";
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : '<script type="module" src="/page.js"></script>');
  });
  let script = "";

  beforeAll(async () => {
    script = await bundle(new URL("./storage-page.ts", import.meta.url));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await launchBrowser(executable ?? "");
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    server.closeAllConnections();
    server.close();
  });

  const open = async (page: Page): Promise<Page> => {
    await page.goto(url);
    await page.waitForFunction(() => typeof runCase === "function");
    return page;
  };

  test.each(names)("%s", async (name) => {
    const page = await open(await browser.newPage());
    await page.evaluate((each) => runCase(each), name);
    await page.close();
  });

  test("what was written outlives a reload, and other tabs see it", async () => {
    const context = await browser.newContext();
    const page = await open(await context.newPage());
    const tab = await open(await context.newPage());
    await page.evaluate(() => indexedDbStorage({ name: "shared" }).write({ put: new Map([["a", "kept"]]) }));
    expect(await tab.evaluate(() => indexedDbStorage({ name: "shared" }).read("a"))).toBe("kept");
    await open(page);
    expect(await page.evaluate(() => indexedDbStorage({ name: "shared" }).read("a"))).toBe("kept");
    await context.close();
  });

  test("it opens again when the database was taken away from it", async () => {
    const page = await open(await browser.newPage());
    const found = await page.evaluate(async () => {
      const storage = indexedDbStorage({ name: "taken" });
      await storage.write({ put: new Map([["a", 1]]) });
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("taken");
        request.onsuccess = resolve;
        request.onerror = reject;
        request.onblocked = reject;
      });
      await storage.write({ put: new Map([["b", 2]]) });
      return [await storage.read("a"), await storage.read("b")];
    });
    expect(found).toEqual([undefined, 2]);
    await page.close();
  });
});
