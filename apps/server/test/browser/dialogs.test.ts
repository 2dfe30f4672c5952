import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanUpAfterwards } from "../server-process.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./axe.ts";
import { describeInBrowser } from "./browsers.ts";
import { goTo, messageWith } from "./on-the-page.ts";
import { playStory, type Story } from "./story.ts";

cleanUpAfterwards();

interface DialogCase {
  readonly name: string | RegExp;
  readonly hash: string;
  /** What opens it: each is pressed, and the last of them opens the dialog. */
  readonly by: (page: Page) => readonly [Locator, ...Locator[]];
  /** What has the focus once it is closed; what opened it when left out. */
  readonly back?: (page: Page) => Locator;
  /** Makes more of it visible. */
  readonly unfold?: (dialog: Locator) => Promise<void>;
}

const press = async (page: Page, button: Locator): Promise<void> => {
  await button.focus();
  await page.keyboard.press("Enter");
};

/** Goes through the dialog with Tab, once around. The focus never leaves it. */
const goAround = async (page: Page, dialog: Locator): Promise<void> => {
  const stops = await dialog.locator("button:enabled, input, select, textarea, summary, a[href]").count();
  const met = new Set<string>();
  for (let stop = 0; stop < stops + 2; stop += 1) {
    await page.keyboard.press("Tab");
    // Between its last and its first stop, the browser's own controls have their turn.
    const [where, what] = await page.evaluate<[string, string]>(`(() => {
      const { activeElement: active } = document;
      const inside = document.querySelector("dialog:modal").contains(active);
      return [inside ? "inside" : active === document.body ? "browser" : "outside", active.outerHTML.slice(0, 200)];
    })()`);
    expect(where, `the focus is ${where} the dialog, at ${what}`).not.toBe("outside");
    if (where === "inside") met.add(what);
  }
  expect(met.size).toBeGreaterThan(1);
};

describeInBrowser("dialogs", ({ visitAs }) => {
  let story: Story;
  beforeAll(async () => {
    story = await playStory();
  });
  afterAll(async () => {
    await story?.close();
  });

  const tryAll = async (page: Page, cases: readonly DialogCase[]): Promise<void> => {
    for (const { name, hash, by, back, unfold } of cases) {
      const here = (await page.evaluate<string>("location.hash")) || "#/";
      if (here !== hash) await goTo(page, hash);
      const buttons = by(page);
      for (const button of buttons) await press(page, button);
      const dialog = page.getByRole("dialog", { name });
      await dialog.waitFor();
      await unfold?.(dialog);
      await expectAccessible(page, `the dialog ${name}`);
      await expectAccessibleOnPhone(page, `the dialog ${name}`);
      await goAround(page, dialog);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      const focused = (back?.(page) ?? (buttons.at(-1) as Locator)).and(page.locator(":focus"));
      await focused.waitFor();
    }
  };

  test("those of an owner: by keyboard in and out, the focus inside and back again, and nothing for axe to find", async () => {
    const { owner, writer } = story;
    const { page } = await visitAs(story.url, owner);
    const inChat = `#/with/${writer.id}`;
    const more = page.getByRole("button", { name: "More about this conversation" });
    const judging = messageWith(page, "When are you back?").last();
    await tryAll(page, [
      {
        name: "Your status",
        hash: "#/",
        by: () => [page.getByRole("button", { name: /^Your status/ })],
        unfold: (dialog) => dialog.getByText("Another time").click(),
      },
      { name: "Correct the answer", hash: inChat, by: () => [judging.getByRole("button", { name: "Correct" })] },
      { name: "Withdraw the answer?", hash: inChat, by: () => [judging.getByRole("button", { name: "Withdraw" })] },
      { name: writer.username, hash: inChat, by: () => [more] },
      {
        name: `Block ${writer.username}?`,
        hash: inChat,
        by: () => [more, page.getByRole("dialog").getByRole("button", { name: /^Block/ })],
        back: () => more,
      },
    ]);
  });

  test("those of a writer, and the ways out: the same", async () => {
    const { writer, busy } = story;
    const { page } = await visitAs(story.url, writer);
    await tryAll(page, [
      {
        name: "It is urgent",
        hash: `#/with/${busy.id}`,
        by: () => [page.getByRole("button", { name: "It is urgent" })],
      },
      {
        name: "Sign out?",
        hash: "#/settings",
        by: () => [page.getByRole("button", { name: "Sign out", exact: true })],
      },
      {
        name: "Sign out?",
        hash: "#/settings",
        by: () => [page.getByRole("button", { name: "Sign out everywhere" })],
      },
    ]);
  });
});
