import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { until } from "./on-the-page.ts";

cleanUpAfterwards();

describeInBrowser("the page as an app", ({ visit }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("it can be installed: manifest, icons and a service worker without an error", async () => {
    const { context, page } = await visit(server.url);
    await until(page, "navigator.serviceWorker.ready.then(() => true)");
    const session = await context.newCDPSession(page);
    const { errors, data } = await session.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const { icons, ...manifest } = JSON.parse(data ?? "{}");
    expect(manifest).toMatchObject({ name: "Standin", short_name: "Standin", start_url: "/", scope: "/" });
    expect(manifest.display).toBe("standalone");
    const kinds = icons.map(({ sizes, purpose = "any" }: Json) => `${sizes} ${purpose}`);
    expect(kinds).toEqual(expect.arrayContaining(["192x192 any", "512x512 any", "512x512 maskable"]));
    for (const { src, sizes, type } of icons) {
      const icon = await fetch(new URL(src, server.url));
      expect([src, icon.status, icon.headers.get("content-type")]).toEqual([src, 200, type]);
      if (type !== "image/png") continue;
      const bytes = Buffer.from(await icon.arrayBuffer());
      expect([src, `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`]).toEqual([src, sizes]);
    }
    // A window of a test is a private one, in which nothing can be installed; nothing else may stand in the way.
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  });

  test("its policy stops what is not its own, so that nothing that people write could ever run", async () => {
    const { page } = await visit(server.url, { expected: /violation of the policy|Content Security Policy/ });
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    const attempts = {
      "script-src-elem inline": `const script = document.createElement("script"); script.textContent = "globalThis.ran = true"; document.body.append(script)`,
      "script-src-attr inline": `document.body.setAttribute("onclick", "globalThis.ran = true"); document.body.click()`,
      "img-src": `new Image().src = "http://127.0.0.1:9/picture.png"`,
      "connect-src": `fetch("http://127.0.0.1:9/").catch(() => undefined)`,
      "style-src-elem inline": `const style = document.createElement("style"); style.textContent = "p { color: red }"; document.body.append(style)`,
      "frame-src": `const frame = document.createElement("iframe"); frame.src = "http://127.0.0.1:9/"; document.body.append(frame)`,
    };
    for (const [stopped, attempt] of Object.entries(attempts)) {
      const reported = page.waitForEvent("console", (message) =>
        message.text().startsWith(`violation of the policy: ${stopped}`),
      );
      await page.evaluate(`{ ${attempt} }`);
      await reported;
    }
    expect(await page.evaluate("typeof ran")).toBe("undefined");
  });
});
