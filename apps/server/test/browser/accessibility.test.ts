import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanUpAfterwards } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { openScreen, screensOf } from "./screens.ts";
import { playStory, type Story } from "./story.ts";

cleanUpAfterwards();

describeInBrowser("the page for fingers", ({ visitAs }) => {
  let story: Story;
  beforeAll(async () => {
    story = await playStory();
  });
  afterAll(async () => {
    await story?.close();
  });

  test("everything to tap is at least 44 pixels high and wide", async () => {
    const { page } = await visitAs(story.url, story.owner, { viewport: { width: 360, height: 740 }, hasTouch: true });
    for (const screen of screensOf(story).get(story.owner) ?? []) {
      await openScreen(page, screen);
      const small =
        await page.evaluate(`[...document.querySelectorAll("button, select, input, textarea, summary, nav a, .list-item, label.check, label.choice")]
        .filter((element) => element.checkVisibility() && !element.closest("label.check, label.choice, .visually-hidden") || element.matches("label"))
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([, { width, height }]) => width > 0 && (width < 43.5 || height < 43.5))
        .map(([element, { width, height }]) => element.outerHTML.slice(0, 120) + " " + width + "x" + height)`);
      expect(small, screen.name).toEqual([]);
    }
  });
});
