import { afterAll, beforeAll, expect, test } from "vitest";
import { send } from "../people.ts";
import { cleanUpAfterwards } from "../server-process.ts";
import { expectEnhancedContrast } from "./axe.ts";
import { describeInBrowser, type Visitor } from "./browsers.ts";
import { goTo, messageWith, setStatusTo, until, write } from "./on-the-page.ts";
import { openScreen, screensOf } from "./screens.ts";
import { playStory, type Story } from "./story.ts";

cleanUpAfterwards();

/** Controls that can be seen whatever the colours: those with words, a picture, or an edge of their own. */
const withoutShape = `(() => {
  const canvas = getComputedStyle(document.documentElement).backgroundColor;
  const visible = (element) => element.checkVisibility() && !element.closest(".visually-hidden");
  return [...document.querySelectorAll("button, a[href], input, textarea, select, summary")].filter(visible).filter((element) => {
    const style = getComputedStyle(element);
    const edge = style.borderBlockEndStyle !== "none" && parseFloat(style.borderBlockEndWidth) >= 1 && style.borderBlockEndColor !== style.backgroundColor && style.borderBlockEndColor !== canvas;
    const words = element.innerText?.trim() && style.color !== canvas;
    const native = element.matches("input[type=checkbox], input[type=radio]");
    // A field has no words of its own to be found by.
    if (element.matches("input, textarea, select")) return !edge && !native;
    const picture = element.querySelector("svg");
    return !edge && !words && !(picture && getComputedStyle(picture).color !== canvas);
  }).map((element) => element.outerHTML.slice(0, 160));
})()`;

/** What moves, or would. */
const moving = `[...document.querySelectorAll("*")].filter((element) => {
  const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element);
  const takesTime = (durations) => durations.split(",").some((duration) => parseFloat(duration) > 0);
  return takesTime(transitionDuration) || (animationName !== "none" && takesTime(animationDuration)) || scrollBehavior === "smooth";
}).map((element) => element.outerHTML.slice(0, 160))`;

/** As the browser's own setting for the size of text does it: 32 pixels instead of 16. */
const enlargeText = async ({ context, page }: Visitor): Promise<void> => {
  const session = await context.newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32 } });
  await until(page, "parseFloat(getComputedStyle(document.documentElement).fontSize) === 32");
};

/** Controls of which a part is beyond the left or right edge. */
const beyondTheEdge = `[...document.querySelectorAll("button, a[href], input, textarea, select")]
  .filter((element) => element.checkVisibility() && !element.closest(".visually-hidden"))
  .filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -1 || right > innerWidth + 1);
  })
  .map((element) => element.outerHTML.slice(0, 160))`;

describeInBrowser("the page as somebody wants to see it", ({ visitAs }) => {
  let story: Story;
  beforeAll(async () => {
    story = await playStory();
  });
  afterAll(async () => {
    await story?.close();
  });

  test("in colours of the person's own, each control still has words, a picture or an edge, and states differ in more than colour", async () => {
    const { page } = await visitAs(story.url, story.owner, { forcedColors: "active" });
    expect(await page.evaluate("matchMedia('(forced-colors: active)').matches")).toBe(true);
    for (const screen of screensOf(story).get(story.owner) ?? []) {
      await openScreen(page, screen);
      expect(await page.evaluate(withoutShape), screen.name).toEqual([]);
    }
    await page.getByRole("button", { name: /^Your status/ }).click();
    await page.getByRole("dialog").waitFor();
    expect(await page.evaluate(withoutShape), "the status dialog").toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });

    // Where one is in the list, and where the focus is, is drawn as a line.
    const { hash } = screensOf(story).get(story.owner)?.[1] ?? { hash: "" };
    await goTo(page, hash);
    await until(page, "getComputedStyle(document.querySelector('.list-item[aria-current]')).outlineStyle === 'solid'");
    await page.getByRole("searchbox", { name: "Find people" }).focus();
    await page.keyboard.press("Tab");
    await until(page, "getComputedStyle(document.activeElement).outlineStyle !== 'none'");
    // Somebody who is busy has another mark than somebody who is away: in the list, and above the conversation.
    await page.getByRole("searchbox", { name: "Find people" }).fill(story.busy.username);
    await page.getByRole("link", { name: new RegExp(story.busy.username) }).waitFor();
    const marks = await page.evaluate<string[]>(
      `["busy", "away"].map((name) => document.querySelector(".presence-dot." + name)).map((dot) => dot && getComputedStyle(dot).backgroundColor)`,
    );
    expect(marks).not.toContain(null);
    expect(new Set(marks).size, marks.join()).toBe(2);
  });

  test("with more contrast, every text has seven times that of its ground, in both themes", async () => {
    const { page } = await visitAs(story.url, story.owner, { contrast: "more", reducedMotion: "reduce" });
    for (const screen of screensOf(story).get(story.owner) ?? []) {
      await openScreen(page, screen);
      await expectEnhancedContrast(page, screen.name);
    }
  });

  test("with less motion nothing moves; without that wish something does", async () => {
    const { owner, writer, busy, url } = story;
    const { page } = await visitAs(url, owner, { reducedMotion: "reduce" });
    await setStatusTo(page, "1 hour");
    await send(url, writer, owner, "And now?");
    await setStatusTo(page, "I am back");
    // A notice that stays until it is used.
    await page.getByRole("button", { name: "Read the briefing" }).waitFor();
    expect(await page.evaluate(moving)).toEqual([]);
    await page.getByRole("searchbox", { name: "Find people" }).fill(busy.username);
    await page.getByRole("link", { name: new RegExp(busy.username) }).click();
    await page.getByRole("button", { name: "It is urgent" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await page.evaluate(moving)).toEqual([]);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    expect((await page.evaluate<string[]>(moving)).length).toBeGreaterThan(0);
  });

  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ])
    test(`with text of twice the size, ${viewport.width} pixels wide: nothing is cut off or out of reach, and one can write`, async () => {
      const { writer, owner, busy, url } = story;
      const visitor = await visitAs(url, writer, { viewport, reducedMotion: "reduce" });
      const { page } = visitor;
      await enlargeText(visitor);
      const screens = [...(screensOf(story).get(writer) ?? []), ...(screensOf(story).get(owner) ?? [])];
      // What only an owner has is not there for a writer.
      const both = screens.filter(({ hash }) => /settings|assistant|#\/$/.test(hash) || hash.endsWith(busy.id));
      expect(both.length).toBe(4);
      for (const { name, hash, heading } of both) {
        await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
        await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
        await until(page, "document.documentElement.scrollWidth <= innerWidth");
        expect(await page.evaluate(beyondTheEdge), name).toEqual([]);
      }

      await page.evaluate(`location.hash = "#/with/${busy.id}"`);
      const title = page.getByRole("heading", { level: 1, name: busy.username });
      await title.waitFor();
      const cutOff = `(() => { const { scrollWidth, clientWidth } = document.querySelector("h1"); return scrollWidth > clientWidth; })()`;
      expect(await page.evaluate(cutOff), "the name is cut off").toBe(false);
      const text = `In large letters, ${viewport.width}`;
      await write(page, text);
      await messageWith(page, text).filter({ hasText: "Sent" }).first().waitFor();
      await page.getByRole("button", { name: "It is urgent" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    });
});
