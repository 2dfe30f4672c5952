import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, history, type Person, send, setStatus, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, type Visitor } from "./browsers.ts";
import { messageWith, until } from "./on-the-page.ts";

cleanUpAfterwards();

interface Screen {
  readonly name: string;
  readonly hash: string;
  readonly heading: string;
  /** Something that is only there once all is. */
  readonly ready: (page: Page) => Promise<void>;
}

describeInBrowser("the page for everybody", ({ visit, visitAs }) => {
  let server: ServerProcess;
  let owner: Person;
  let writer: Person;
  let busy: Person;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off", AI_MERGE_WINDOW_MS: "50" } });
    [owner, writer, busy] = [
      await signUp(server.url, "anouk"),
      await signUp(server.url, "bela"),
      await signUp(server.url, "cleo"),
    ];
    await send(server.url, owner, writer, "Have a look at https://example.org");
    await setStatus(server.url, owner, { status: "BUSY", note: "In a meeting" });
    await setStatus(server.url, busy, { status: "BUSY", until: new Date(Date.now() + 3_600_000).toISOString() });
    const watching = await visitAs(server.url, writer);
    await watching.page.goto(`${server.url}/#/with/${owner.id}`);
    await send(server.url, writer, owner, "When are you back?");
    await messageWith(watching.page, "Fixed text").waitFor();
    await watching.context.close();
    await call(server.url, "POST", "/standin/requests", { token: writer.token, body: { to: owner.id, urgent: true } });
    await setStatus(server.url, owner, { status: "AVAILABLE" });
    await call(server.url, "PUT", `/blocks/${busy.id}`, { token: writer.token });
  });
  afterAll(async () => {
    await server?.stop();
  });

  const violations = async (page: Page): Promise<readonly string[]> => {
    const { violations: found } = await new AxeBuilder({ page }).analyze();
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
    );
  };

  const themes = ["light", "dark"] as const;
  const inBothThemes = async (page: Page, name: string): Promise<void> => {
    for (const colorScheme of themes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await violations(page), `${name}, ${colorScheme}`).toEqual([]);
    }
  };

  const screens = (): readonly Screen[] => [
    {
      name: "the chats",
      hash: "#/",
      heading: "Chats",
      ready: (page) => page.getByText("Today").or(page.getByText(writer.username)).first().waitFor(),
    },
    {
      name: "a conversation, as the owner",
      hash: `#/with/${writer.id}`,
      heading: writer.username,
      ready: (page) => messageWith(page, "Your assistant").waitFor(),
    },
    {
      name: "a conversation with somebody busy",
      hash: `#/with/${busy.id}`,
      heading: busy.username,
      ready: (page) => page.getByRole("region", { name: "Before you write" }).waitFor(),
    },
    {
      name: "the briefing",
      hash: "#/briefing",
      heading: "Briefing",
      ready: (page) => page.getByText("Said for you").waitFor(),
    },
    {
      name: "the decisions",
      hash: "#/decisions",
      heading: "Decisions",
      ready: (page) => page.getByText("The fixed text was sent.").waitFor(),
    },
    {
      name: "the assistant",
      hash: "#/assistant",
      heading: "Assistant",
      ready: (page) => page.getByRole("radio", { name: /^Answer/ }).waitFor(),
    },
    {
      name: "the settings",
      hash: "#/settings",
      heading: "Settings",
      ready: (page) => page.getByText("You have blocked nobody.").waitFor(),
    },
  ];

  test("axe finds nothing on any screen, in both themes, on a desktop and a phone; each has one first heading", async () => {
    const { page } = await visitAs(server.url, owner);
    for (const { name, hash, heading, ready } of screens()) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await ready(page);
      expect(await page.getByRole("heading", { level: 1 }).count(), name).toBe(1);
      await inBothThemes(page, name);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await violations(page), `${name}, on a phone`).toEqual([]);
      const tooWide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
      expect(tooWide, `${name} is wider than a small phone`).toBe(false);
    }
  });

  test("axe finds nothing in dialogs, on the sign-in screen, and in an error", async () => {
    const { page } = await visit(server.url);
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await inBothThemes(page, "sign-in");
    await page.getByRole("button", { name: "New here?" }).click();
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Enter the name that others should see.").waitFor();
    await inBothThemes(page, "sign-up with mistakes");

    const signedIn = await visitAs(server.url, owner);
    await signedIn.page.getByRole("button", { name: /^Your status/ }).click();
    await signedIn.page.getByRole("dialog", { name: "Your status" }).waitFor();
    await inBothThemes(signedIn.page, "the status dialog");
  });

  test("everything to tap is at least 44 pixels high and wide", async () => {
    const { page } = await visitAs(server.url, owner, { viewport: { width: 360, height: 740 }, hasTouch: true });
    for (const { name, hash, heading, ready } of screens()) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      await ready(page);
      const small =
        await page.evaluate(`[...document.querySelectorAll("button, select, input, textarea, summary, nav a, .list-item, label.check, label.choice")]
        .filter((element) => element.checkVisibility() && !element.closest("label.check, label.choice, .visually-hidden") || element.matches("label"))
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, { width, height }]) => width > 0 && (width < 43.5 || height < 43.5))
        .map(([element, { width, height }]) => element.outerHTML.slice(0, 120) + " " + width + "x" + height)`);
      expect(small, name).toEqual([]);
    }
  });

  test("one whole flow by keyboard alone: sign in, find somebody, write, be busy, be back", async () => {
    const keyboarder = await signUp(server.url, "kira");
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

  test("it can be installed: manifest, icons and a service worker without an error", async () => {
    const { context, page } = await visit(server.url);
    await until(page, "navigator.serviceWorker.ready.then(() => true)");
    const session = await context.newCDPSession(page);
    const { errors, data } = await session.send("Page.getAppManifest");
    expect(errors).toEqual([]);
    const { icons } = JSON.parse(data ?? "{}");
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

  test("it speaks German to whoever wants German, and writes dates and numbers so", async () => {
    const speaker: Visitor = await visit(server.url, { locale: "de-DE" });
    const { page } = speaker;
    await page.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("de");
    await page.getByLabel("E-Mail-Adresse").fill(writer.email);
    await page.getByLabel("Passwort", { exact: true }).fill(writer.password);
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.getByRole("link", { name: new RegExp(owner.username) }).click();
    await page.getByRole("heading", { level: 2, name: "Heute" }).waitFor();
    await messageWith(page, `Assistent von ${owner.username}`).getByText("Fester Text").waitFor();
    await page.getByRole("link", { name: "Einstellungen" }).click();
    await page.getByLabel("Sprache").selectOption("English");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  });
});
