// Takes the README's pictures from the running product, or with a folder as argument every screen in every size and both themes.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { findBrowser, launchBrowser } from "../browser/browser.ts";
import type { Actor } from "./people.ts";
import { openStage } from "./stage.ts";
import { endOfStory, playStory, type Story } from "./story.ts";

const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 960 },
  desktop: { width: 1280, height: 800 },
} as const;
type Size = keyof typeof sizes;
type Theme = "light" | "dark";

interface Shot {
  readonly name: string;
  readonly who: keyof Story | null;
  /** Goes where the picture is taken. */
  readonly go: (page: Page, story: Story) => Promise<void>;
}

const at = (hash: (story: Story) => string, heading: string) => async (page: Page, story: Story) => {
  await page.evaluate(`location.hash = ${JSON.stringify(hash(story))}`);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
};

const inConversation = (other: (story: Story) => Actor) => async (page: Page, story: Story) => {
  const { id, name } = other(story);
  await at(() => `#/with/${id}`, name)(page, story);
  await page.getByRole("article").last().waitFor();
};

const shots: readonly Shot[] = [
  { name: "sign-in", who: null, go: (page) => page.getByRole("heading", { name: "Sign in" }).waitFor() },
  {
    name: "sign-up",
    who: null,
    go: async (page) => {
      await page.getByRole("button", { name: "New here?" }).click();
      await page.getByRole("button", { name: "Create account" }).click();
    },
  },
  { name: "chats", who: "mira", go: at(() => "#/", "Chats") },
  { name: "conversation", who: "mira", go: inConversation(({ jonas }) => jonas) },
  { name: "answered", who: "jonas", go: inConversation(({ mira }) => mira) },
  { name: "busy", who: "mira", go: inConversation(({ lena }) => lena) },
  {
    name: "status",
    who: "mira",
    go: async (page, story) => {
      await at(() => "#/", "Chats")(page, story);
      await page.getByRole("button", { name: /Your status/ }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "briefing",
    who: "mira",
    go: async (page, story) => {
      await at(() => "#/briefing", "Briefing")(page, story);
      await page.getByText("Said for you").first().waitFor();
    },
  },
  {
    name: "correct",
    who: "mira",
    go: async (page, story) => {
      await at(() => "#/briefing", "Briefing")(page, story);
      await page.getByRole("button", { name: "Correct" }).first().click();
    },
  },
  { name: "decisions", who: "mira", go: at(() => "#/decisions", "Decisions") },
  { name: "assistant", who: "mira", go: at(() => "#/assistant", "Assistant") },
  {
    name: "preview",
    who: "mira",
    go: async (page, story) => {
      await at(() => "#/assistant", "Assistant")(page, story);
      await page.getByRole("button", { name: "Show me" }).click();
      await page.getByText("A model answered").scrollIntoViewIfNeeded();
    },
  },
  { name: "settings", who: "mira", go: at(() => "#/settings", "Settings") },
];

const forReadme: readonly (readonly [shot: string, size: Size, theme: Theme])[] = [
  ["busy", "desktop", "light"],
  ["busy", "desktop", "dark"],
  ["briefing", "phone", "light"],
  ["briefing", "phone", "dark"],
];

const signIn = async (page: Page, { email, password }: Actor): Promise<void> => {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Chats" }).first().waitFor();
};

/** As WebP, which is a fifth of the size of a PNG. Playwright itself writes none. */
const photograph = async (page: Page, path: string): Promise<void> => {
  const devTools = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? sizes.desktop;
  const { data } = await devTools.send("Page.captureScreenshot", {
    format: "webp",
    quality: 70,
    clip: { x: 0, y: 0, width, height, scale: 2 },
  });
  await devTools.detach();
  writeFileSync(path, Buffer.from(data, "base64"));
};

const take = async (browser: Browser, url: string, story: Story, folder: string, wanted: typeof forReadme) => {
  for (const who of [null, "mira", "jonas"] as const) {
    const mine = wanted.filter(([name]) => shots.find((shot) => shot.name === name)?.who === who);
    if (mine.length === 0) continue;
    const context = await browser.newContext({
      locale: "en-GB",
      timezoneId: "UTC",
      viewport: sizes.desktop,
      reducedMotion: "reduce",
    });
    await context.clock.setFixedTime(endOfStory);
    const page = await context.newPage();
    for (const [name, size, theme] of mine) {
      await page.setViewportSize(sizes[size]);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      if (who === null) await page.goto(url);
      else if (page.url() === "about:blank") {
        await page.goto(url);
        await signIn(page, story[who]);
      } else await page.reload();
      await shots.find((shot) => shot.name === name)?.go(page, story);
      await page.waitForLoadState("networkidle");
      await photograph(page, join(folder, `${name}-${size}-${theme}.webp`));
      process.stdout.write(`${name}-${size}-${theme}.webp\n`);
    }
    await context.close();
  }
};

const [given] = process.argv.slice(2);
const folder = given ?? "docs/screenshots";
const everything = shots.flatMap(({ name }) =>
  (Object.keys(sizes) as Size[]).flatMap((size) => [[name, size, "light"] as const, [name, size, "dark"] as const]),
);
const executable = findBrowser();
if (executable === null) throw new Error("no Chromium is on this machine: CHROMIUM_PATH may say where one is");
mkdirSync(folder, { recursive: true });
const stage = await openStage();
const browser = await launchBrowser(executable);
try {
  await take(browser, stage.url, await playStory(stage), folder, given === undefined ? forReadme : everything);
} finally {
  await browser.close();
  await stage.close();
}
