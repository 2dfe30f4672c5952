import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { history, send, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, untilArrived } from "./browsers.ts";
import { messageWith, openFromList } from "./on-the-page.ts";

cleanUpAfterwards();

/** What has the focus: the name of its element, and its label or text. */
const focusedOn = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const { activeElement: element } = document;
    const label = element.labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent;
    return element.tagName + " " + label.trim();
  })()`);

/** Goes on with Tab until the focus is where it is wanted. Fails after a whole round. */
const tabOn = async (page: Page, wanted: RegExp): Promise<void> => {
  const passed: string[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    await page.keyboard.press("Tab");
    passed.push(await focusedOn(page));
    if (wanted.test(passed.at(-1) ?? "")) return;
  }
  throw new Error(`the keyboard never came to ${wanted}: ${passed.join(" | ")}`);
};

describeInBrowser("the page by keyboard alone", ({ visit, visitAs }) => {
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
    await tabOn(page, /^INPUT E-mail/);
    await page.keyboard.type(keyboarder.email);
    await tabOn(page, /^INPUT Password/);
    await page.keyboard.type(keyboarder.password);
    await page.keyboard.press("Enter");
    await untilArrived(page, "Chats");

    await tabOn(page, /^INPUT Find people/);
    await page.keyboard.type(writer.username);
    await page.getByRole("link", { name: writer.username }).waitFor();
    await tabOn(page, new RegExp(`^A .*${writer.username}`));
    await page.keyboard.press("Enter");
    await untilArrived(page, writer.username);
    await tabOn(page, /^TEXTAREA Message to/);
    await page.keyboard.type("Typed");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("by hand");
    await page.keyboard.press("Enter");
    await messageWith(page, "by hand").getByText("Sent", { exact: true }).waitFor();
    const [stored] = await history(server.url, writer, keyboarder);
    expect(stored.content).toBe("Typed\nby hand");

    await tabOn(page, /^BUTTON Your status/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabOn(page, /^BUTTON 1 hour/);
    await page.keyboard.press("Space");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Your status: Busy until/ }).waitFor();
    expect(await focusedOn(page), "the focus is back where it was").toMatch(/^BUTTON Your status/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await focusedOn(page), "the focus is back after Escape too").toMatch(/^BUTTON Your status/);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await tabOn(page, /^BUTTON I am back/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Your status: (Online|Available)/ }).waitFor();
  });

  test("past the list with one key: the first stop of a conversation leads to its content", async () => {
    const [reader, other] = [await signUp(server.url, "lena"), await signUp(server.url, "marc")];
    await send(server.url, other, reader, "Hi");
    const { page } = await visitAs(server.url, reader);
    await openFromList(page, other.username);
    const firstStop = "document.querySelector('a[href], button, input, textarea, [tabindex]').textContent";
    expect(await page.evaluate(firstStop)).toBe("Skip to the content");
    await page.getByRole("button", { name: "Skip to the content" }).focus();
    expect(await focusedOn(page)).toBe("BUTTON Skip to the content");
    const isDrawn = "getComputedStyle(document.activeElement).clipPath === 'none'";
    expect(await page.evaluate(isDrawn), "it can be seen while it has the focus").toBe(true);
    await page.keyboard.press("Enter");
    expect(await focusedOn(page)).toBe(`H1 ${other.username}`);
    await tabOn(page, /^TEXTAREA Message to/);
  });
});
