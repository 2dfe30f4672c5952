import { afterAll, beforeAll, expect, test } from "vitest";
import { history, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { messageWith, until } from "./on-the-page.ts";

cleanUpAfterwards();

describeInBrowser("the page by keyboard alone", ({ visit }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("one whole flow by keyboard alone: sign in, find somebody, write, be busy, be back", async () => {
    const [keyboarder, writer] = [await signUp(server.url, "kira"), await signUp(server.url, "bela")];
    const { page } = await visit(server.url);
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    const focused = (): Promise<string> =>
      page.evaluate(`(() => {
        const { activeElement: element } = document;
        const label = element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent;
        return element.tagName + " " + label.trim();
      })()`);
    /** Goes on with Tab until the focus is where it is wanted. Fails after a whole round. */
    const tabTo = async (wanted: RegExp): Promise<void> => {
      const passed: string[] = [];
      for (let turn = 0; turn < 60; turn += 1) {
        await page.keyboard.press("Tab");
        passed.push(await focused());
        if (wanted.test(passed.at(-1) ?? "")) return;
      }
      throw new Error(`the keyboard never came to ${wanted}: ${passed.join(" | ")}`);
    };

    await tabTo(/^INPUT E-mail/);
    await page.keyboard.type(keyboarder.email);
    await tabTo(/^INPUT Password/);
    await page.keyboard.type(keyboarder.password);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Your status/ }).waitFor();

    await tabTo(/^INPUT Find people/);
    await page.keyboard.type(writer.username);
    await page.getByRole("link", { name: writer.username }).waitFor();
    await tabTo(new RegExp(`^A .*${writer.username}`));
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: writer.username }).waitFor();
    await until(page, 'document.activeElement.tagName === "H1"');
    await tabTo(/^TEXTAREA Message to/);
    await page.keyboard.type("Typed");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("by hand");
    await page.keyboard.press("Enter");
    await messageWith(page, "by hand").getByText("Sent", { exact: true }).waitFor();
    const [stored] = await history(server.url, writer, keyboarder);
    expect(stored.content).toBe("Typed\nby hand");

    await tabTo(/^BUTTON Your status/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabTo(/^BUTTON 1 hour/);
    await page.keyboard.press("Space");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Your status: Busy until/ }).waitFor();
    expect(await focused(), "the focus is back where it was").toMatch(/^BUTTON Your status/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focused(), "the focus is back after Escape too").toMatch(/^BUTTON Your status/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabTo(/^BUTTON I am back/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Your status: (Online|Available)/ }).waitFor();
  });
});
