import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** axe finds nothing on the page as it is. Without `rules` all of its rules count. */
const expectNoViolation = async (page: Page, name: string, rules: readonly string[] = []): Promise<void> => {
  // Without frames in the page there is no need of the page of its own that axe would gather their results on.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  if (rules.length > 0) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  const inWords = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  // All of them are wanted at once, not the first alone.
  expect.soft(inWords, name).toEqual([]);
};

/** axe finds nothing in either theme. In the second one nothing but colours has changed. */
export const expectAccessible = async (page: Page, name: string): Promise<void> => {
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectNoViolation(page, `${name}, dark`, ["color-contrast"]);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNoViolation(page, `${name}, light`);
};

/** The same in the narrow layout, whose colours are those of the wide one. */
export const expectAccessibleOnPhone = async (page: Page, name: string): Promise<void> => {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoViolation(page, `${name}, on a phone`);
  if (before !== null) await page.setViewportSize(before);
};

/** Every text has the contrast that those ask for who need more of it, in both themes. */
export const expectEnhancedContrast = async (page: Page, name: string): Promise<void> => {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoViolation(page, `${name}, ${colorScheme}, more contrast`, ["color-contrast-enhanced"]);
  }
};
