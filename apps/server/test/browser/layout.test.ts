import { createOpenAiDouble, type ProviderDouble } from "@standin/contract-tests/doubles";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../eventually.ts";
import { call, history, type Person, send, setStatus, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { modelAt, says } from "./model.ts";
import { goOffline, log, messageWith } from "./on-the-page.ts";

cleanUpAfterwards();

const sizes = [
  { width: 320, height: 568 },
  { width: 768, height: 1_024 },
] as const;

/** A layout settles within a few frames; what is wrong for more of them is wrong. */
const settledWithinFrames = 120;

const problemsOnPage = `(() => {
  const problems = [];
  const nameOf = (element) => element.outerHTML.slice(0, 140);
  const seen = [...document.querySelectorAll("body *")].filter(
    (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".visually-hidden, svg, option"),
  );
  for (const element of seen) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 0 && (left < -0.5 || right > innerWidth + 0.5)) problems.push("beyond the screen: " + nameOf(element));
    const { overflowX, textOverflow, display, whiteSpaceCollapse } = getComputedStyle(element);
    const scrolls = overflowX === "auto" || overflowX === "scroll";
    if (scrolls && element.scrollWidth > element.clientWidth + 1) problems.push("scrolls sideways: " + nameOf(element));
    // What ends in an ellipsis is meant to be cut.
    if (display === "inline" || textOverflow === "ellipsis") continue;
    // Where spaces are kept, the one at the end of a line hangs.
    const slack = whiteSpaceCollapse === "preserve" ? 6 : 1;
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE && !(node instanceof Element && getComputedStyle(node).display === "inline")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rectangles = [...range.getClientRects()].filter((rectangle) => rectangle.width > 1);
      if (rectangles.some((text) => text.right > right + slack || text.left < left - slack))
        problems.push("text beyond its place: " + nameOf(element));
    }
  }
  // Only a word that fits nowhere may be broken.
  for (const element of seen.filter((element) => element.matches("button, a.button, label, legend, h1, h2, h3"))) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      for (const { index, 0: word } of node.data.matchAll(/\\p{L}+/gu)) {
        if (word.length > 16) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) problems.push("broken word " + word + ": " + nameOf(element));
      }
    }
  }
  // A link within a sentence is as high as its line; the label of a box is part of it.
  const toTap = seen.filter((element) => element.matches("a[href], button, input, select, textarea, summary") && !element.matches(".text a"));
  for (const element of toTap) {
    const { width, height } = (element.closest("label") ?? element).getBoundingClientRect();
    if (width < 43.5 || height < 43.5) problems.push("too small to tap, " + width + " x " + height + ": " + nameOf(element));
  }
  if (toTap.length === 0) problems.push("nothing to tap");
  return problems;
})()`;

/** The same once the page has that width and has settled. */
const problemsAt = (width: number): string => `(async () => {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  while (innerWidth !== ${width}) await nextFrame();
  let problems = ${problemsOnPage};
  for (let frame = 0; problems.length > 0 && frame < ${settledWithinFrames}; frame += 1) {
    await nextFrame();
    problems = ${problemsOnPage};
  }
  return problems;
})()`;

describeInBrowser("the layout at 320 and 768 pixels", ({ visit, visitAs }) => {
  let model: ProviderDouble;
  let server: ServerProcess;
  let owner: Person;
  let writer: Person;
  let longName: Person;
  let busy: Person;

  beforeAll(async () => {
    model = await createOpenAiDouble();
    model.answerWith(says("By noon."));
    server = await startServer({ env: { RATE_LIMITS: "off", ...modelAt(model) } });
    const { url } = server;
    [owner, writer, longName, busy] = [
      await signUp(url, "Mira Okafor"),
      await signUp(url, "Jonas Lindqvist"),
      await signUp(url, "Wolfeschlegelsteinhausenbergerdorff-Maximilian"),
      await signUp(url, "Lena"),
    ];
    await setStatus(url, busy, {
      status: "BUSY",
      until: new Date(Date.now() + 60 * 3_600_000).toISOString(),
      note: "An evening without a telephone. ".repeat(6).trim(),
    });
    await send(url, writer, owner, "x".repeat(2_000));
    await send(url, writer, owner, `https://example.org/${"a-long-way/".repeat(20)}`);
    await send(url, writer, owner, "مرحبا، هل لديك وقت للحديث؟");
    await call(url, "PATCH", "/standin/settings", {
      token: owner.token,
      body: { people: { [longName.id]: { mode: "suggest" } } },
    });
    await setStatus(url, owner, { status: "BUSY", note: "In a meeting" });
    await send(url, writer, owner, "When do you come?");
    await send(url, longName, owner, "And when do you go?");
    await call(url, "POST", "/standin/requests", { token: writer.token, body: { to: owner.id, urgent: true } });
    await eventually(
      () => history(url, writer, owner),
      (messages) => messages.some(({ origin }) => origin === "standin"),
    );
    await eventually(
      () => call(url, "GET", "/standin/suggestions", { token: owner.token }),
      ({ body }) => body.suggestions.length === 1,
    );
    await setStatus(url, owner, { status: "AVAILABLE" });
    await call(url, "PUT", `/blocks/${longName.id}`, { token: owner.token });
  });
  afterAll(async () => {
    await server?.stop();
    await model?.close();
  });

  /** Nothing is wider than the screen, sticks out of its place or is too small for a finger, at either width. */
  const expectItFits = async (page: Page, state: string): Promise<void> => {
    for (const size of sizes) {
      await page.setViewportSize(size);
      expect(await page.evaluate(problemsAt(size.width)), `${state}, ${size.width} pixels wide`).toEqual([]);
    }
  };
  const goTo = async (page: Page, hash: string, heading: string): Promise<void> => {
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  };
  const openDialog = async (page: Page, button: string | RegExp): Promise<void> => {
    await page.getByRole("button", { name: button }).first().click();
    await page.getByRole("dialog").waitFor();
  };
  const closeDialog = async (page: Page): Promise<void> => {
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  const still = { reducedMotion: "reduce" } as const;

  test("signing in and up, with mistakes", async () => {
    const { page } = await visit(server.url, still);
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await expectItFits(page, "sign-in");
    await page.getByRole("button", { name: "New here?" }).click();
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Enter the name that others should see.").waitFor();
    await expectItFits(page, "sign-up with mistakes");
  });

  test("conversations, with whatever is in them", async () => {
    const { page } = await visitAs(server.url, owner, still);
    await page.getByRole("link", { name: new RegExp(writer.username) }).waitFor();
    await expectItFits(page, "the chats");
    await goTo(page, `#/with/${writer.id}`, writer.username);
    await messageWith(page, "When do you come?").first().waitFor();
    await expectItFits(page, "a conversation, as the owner");
    await page.getByRole("textbox", { name: /^Message to/ }).fill("y".repeat(4_001));
    await page.getByText("1 character too many").waitFor();
    await expectItFits(page, "too long a message");
    await page.getByRole("textbox", { name: /^Message to/ }).fill("");
    await openDialog(page, "Correct");
    await expectItFits(page, "correcting an answer");
    await closeDialog(page);
    await openDialog(page, "Withdraw");
    await expectItFits(page, "withdrawing an answer");
    await closeDialog(page);
    await goTo(page, `#/with/${longName.id}`, longName.username);
    await page.getByRole("region", { name: "A draft by your assistant" }).waitFor();
    await expectItFits(page, "a draft for somebody with a long name, who is blocked");
    await openDialog(page, "More about this conversation");
    await expectItFits(page, "what else can be done in a conversation");
    await closeDialog(page);
    await goTo(page, `#/with/${busy.id}`, busy.username);
    await page.getByRole("region", { name: "Before you write" }).waitFor();
    await expectItFits(page, "a conversation with somebody busy");
    await openDialog(page, "It is urgent");
    await expectItFits(page, "saying that it is urgent");
    await closeDialog(page);
    await goTo(page, `#/with/${"0".repeat(24)}`, "This person cannot be found.");
    await expectItFits(page, "nobody");
  });

  test("briefing, decisions and the assistant's settings", async () => {
    const { page } = await visitAs(server.url, owner, still);
    await goTo(page, "#/briefing", "Briefing");
    await page.getByText("Said for you").waitFor();
    await page.getByRole("heading", { name: "Drafts that wait for you" }).waitFor();
    await expectItFits(page, "the briefing");
    await goTo(page, "#/decisions", "Decisions");
    await page.getByText("A draft was made for you").waitFor();
    await expectItFits(page, "the decisions");
    await goTo(page, "#/assistant", "Assistant");
    await page.getByRole("button", { name: "Show me" }).click();
    await page.getByText("A model answered for you.").waitFor();
    await page.getByLabel("Add a person").fill(writer.username.slice(0, 5));
    await page.getByRole("button", { name: writer.username }).waitFor();
    await page.getByLabel("Links it may give").fill("not a link");
    await page.getByText("Each line must be an address").waitFor();
    await expectItFits(page, "the assistant, with changes and a mistake");
  });

  test("settings, one's status, and no connection", async () => {
    const expected = /Failed to load resource|WebSocket connection/;
    const visitor = await visitAs(server.url, owner, { ...still, expected });
    const { page } = visitor;
    await openDialog(page, /^Your status/);
    await page.getByText("Another time").click();
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await page.getByText("Choose a time that is still to come.").waitFor();
    await expectItFits(page, "one's status");
    await closeDialog(page);
    await goTo(page, "#/settings", "Settings");
    await page.getByRole("button", { name: `Unblock ${longName.username}` }).waitFor();
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("Enter your password.").waitFor();
    await expectItFits(page, "the settings, with a mistake");
    await goOffline(visitor);
    await goTo(page, `#/with/${writer.id}`, writer.username);
    await page.getByRole("textbox", { name: /^Message to/ }).fill("Later");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await log(page).getByText("Goes out when the connection is back").waitFor();
    await expectItFits(page, "a message that waits for the connection");
    await goTo(page, "#/settings", "Settings");
    await openDialog(page, "Sign out everywhere");
    await page.getByText("1 message has not been sent yet.").waitFor();
    await expectItFits(page, "signing out with something unsent");
  });

  test("German, whose words are longer", async () => {
    const { page } = await visit(server.url, { ...still, locale: "de-DE" });
    await page.getByLabel("E-Mail-Adresse").fill(owner.email);
    await page.getByLabel("Passwort", { exact: true }).fill(owner.password);
    await expectItFits(page, "sign-in");
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.getByRole("link", { name: new RegExp(writer.username) }).waitFor();
    await expectItFits(page, "the chats");
    await goTo(page, `#/with/${busy.id}`, busy.username);
    await page.getByRole("region", { name: "Bevor Sie schreiben" }).waitFor();
    await expectItFits(page, "a conversation with somebody busy");
    await goTo(page, "#/briefing", "Rückblick");
    await page.getByText("Für Sie gesagt").waitFor();
    await expectItFits(page, "the briefing");
    await goTo(page, "#/assistant", "Assistent");
    await page.getByRole("radio").first().waitFor();
    await expectItFits(page, "the assistant");
    await goTo(page, "#/settings", "Einstellungen");
    await page.getByRole("button", { name: `${longName.username} nicht mehr blockieren` }).waitFor();
    await expectItFits(page, "the settings");
  });

  test("at 768 pixels the list stands beside the conversation, at 320 one of them fills the screen", async () => {
    const { page } = await visitAs(server.url, owner, still);
    const list = page.getByRole("link", { name: new RegExp(writer.username) });
    await list.click();
    await log(page).waitFor();
    await page.setViewportSize(sizes[1]);
    await list.waitFor();
    await page.setViewportSize(sizes[0]);
    await list.waitFor({ state: "hidden" });
    await page.getByRole("link", { name: "Back to the chats" }).click();
    await list.waitFor();
    await log(page).waitFor({ state: "detached" });
  });
});
