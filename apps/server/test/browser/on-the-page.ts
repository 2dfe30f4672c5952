import type { Locator, Page } from "playwright-core";
import { eventually } from "../eventually.ts";

// Everything is found by role and label, as assistive technology finds it.

/** Waits until an expression is true on the page. The page's policy forbids what Playwright's own waiting needs. */
export const until = async (page: Page, expression: string): Promise<void> => {
  await eventually(
    () => page.evaluate(expression),
    (value) => value === true,
  );
};

/** The messages of the open conversation. */
export const log = (page: Page): Locator => page.getByRole("log");

/** One message in it, by a part of its text. */
export const messageWith = (page: Page, text: string | RegExp): Locator =>
  log(page).getByRole("article").filter({ hasText: text });

/** Opens a conversation from the list. */
export const openFromList = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("link", { name: new RegExp(name) }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
};

/** Finds somebody by name and opens the conversation with them. */
export const findPerson = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("searchbox", { name: "Find people" }).fill(name);
  await openFromList(page, name);
};

/** Writes in the open conversation and sends. */
export const write = async (page: Page, text: string): Promise<void> => {
  await page.getByRole("textbox", { name: /^Message to/ }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
};

/** Goes to one of the four areas. */
export const goToArea = async (page: Page, area: "Chats" | "Briefing" | "Assistant" | "Settings"): Promise<void> => {
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: area }).click();
};

/** Sets one's own status with two taps. */
export const setStatusTo = async (page: Page, choice: string | RegExp): Promise<void> => {
  await page.getByRole("button", { name: /^Your status/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: choice }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
};
