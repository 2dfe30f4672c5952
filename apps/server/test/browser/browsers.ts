import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findBrowser, launchBrowser } from "../../../../tooling/browser/browser.ts";
import type { Person } from "../people.ts";

/** How long something may take to appear, in milliseconds: twice the longest that the client waits before it connects again. */
const patienceMs = 60_000;

/** For a whole test. */
export const testMs = 300_000;

/** A place where it is that hour of the day now. */
export const zoneAt = (hour: number, now = new Date()): string => {
  const ahead = ((hour - now.getUTCHours() + 36) % 24) - 12;
  // These names count the other way round.
  return ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
};

interface VisitOptions extends BrowserContextOptions {
  /** Errors on the console that belong to the test, such as those of a server that is away. */
  readonly expected?: RegExp;
  /** Runs on every page before the page's own. */
  readonly script?: string;
}

/** Somebody's browser: what it keeps is its own. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** Browsers of one test file. */
export interface Browsers {
  /** Opens a page in a browser of its own that has never been here. */
  readonly visit: (url: string, options?: VisitOptions) => Promise<Visitor>;
  /** The same, signed in through the form. */
  readonly visitAs: (url: string, person: Person, options?: VisitOptions) => Promise<Visitor>;
  /** Opens another tab of the same browser. */
  readonly newTab: (visitor: Visitor, url: string) => Promise<Page>;
}

/** Waits until the focus is on the heading of what was just opened. Before that, it may yet be taken from wherever a test puts it. */
export const untilArrived = (page: Page, heading?: string): Promise<void> =>
  page
    .getByRole("heading", { level: 1, ...(heading !== undefined && { name: heading }) })
    .and(page.locator(":focus"))
    .waitFor();

/** Fills in the form that is there, and waits for what comes then. */
export const signInOn = async (page: Page, { email, password }: Pick<Person, "email" | "password">): Promise<void> => {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: /^Your status/ }).waitFor();
  await untilArrived(page);
};

/** Watches for what a page must never do: break, or be stopped by its own policy. */
const watch = (page: Page, expected: RegExp | undefined, problems: string[]): void => {
  page.on("pageerror", (error) => problems.push(`error on the page: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error" || expected?.test(message.text()) === true) return;
    problems.push(`console: ${message.text()}`);
  });
};

const reportViolations = `document.addEventListener("securitypolicyviolation", (event) =>
  console.error("violation of the policy: " + event.violatedDirective + " " + event.blockedURI))`;

/**
 * Tests in a real Chromium, one for the whole file. Where there is none they are NOT RUN, by name; under `CI=true` that is a failure.
 * A test fails as well when a page broke or its policy stopped something.
 */
export const describeInBrowser = (name: string, body: (browsers: Browsers) => void): void => {
  const executable = findBrowser();
  if (executable === null) {
    const reason = "no Chromium on this machine (CHROMIUM_PATH may say where one is)";
    if (process.env["CI"] === "true")
      test(name, () => {
        throw new Error(`NOT RUN: ${reason}`);
      });
    else describe.skip(`${name}: NOT RUN: ${reason}`, () => body({} as Browsers));
    return;
  }

  let browser: Browser;
  const problems: string[] = [];
  const open = new Set<BrowserContext>();

  const visit: Browsers["visit"] = async (url, { expected, script, ...options } = {}) => {
    const context = await browser.newContext({
      locale: "en-GB",
      viewport: { width: 1280, height: 800 },
      // Today ends at no time at which the tests may run.
      timezoneId: zoneAt(12),
      ...options,
    });
    open.add(context);
    context.setDefaultTimeout(patienceMs);
    await context.addInitScript(reportViolations);
    if (script !== undefined) await context.addInitScript(script);
    context.on("page", (page) => watch(page, expected, problems));
    const page = await context.newPage();
    await page.goto(url);
    return { context, page };
  };

  describe(name, { timeout: testMs }, () => {
    beforeAll(async () => {
      browser = await launchBrowser(executable);
    }, testMs);
    afterEach(async () => {
      for (const context of open) await context.close();
      open.clear();
      const found = problems.splice(0);
      expect(found).toEqual([]);
    });
    afterAll(async () => {
      await browser?.close();
    });

    body({
      visit,
      visitAs: async (url, person, options) => {
        const visitor = await visit(url, options);
        await signInOn(visitor.page, person);
        return visitor;
      },
      newTab: async ({ context }, url) => {
        const page = await context.newPage();
        await page.goto(url);
        return page;
      },
    });
  });
};
