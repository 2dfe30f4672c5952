import type { Locator, Page } from "playwright-core";
import { eventually } from "../eventually.ts";
import { untilArrived, type Visitor } from "./browsers.ts";

// Everything is found by role and label, as assistive technology finds it.

/** Waits until an expression is true on the page. The page's policy forbids what Playwright's own waiting needs. */
export const until = async (page: Page, expression: string): Promise<void> => {
  await eventually(
    () => page.evaluate(expression),
    (value) => value === true,
  );
};

/** All that the device keeps for the page, as one text. */
export const keptOnDevice = `(async () => {
  const all = [JSON.stringify(localStorage)];
  for (const { name } of await indexedDB.databases()) {
    const open = indexedDB.open(name);
    await new Promise((done) => { open.onsuccess = done; });
    for (const table of open.result.objectStoreNames) {
      const rows = open.result.transaction(table).objectStore(table).getAll();
      await new Promise((done) => { rows.onsuccess = done; });
      all.push(JSON.stringify(rows.result));
    }
    open.result.close();
  }
  return all.join();
})()`;

/** Waits until the device keeps something with that text in it. What is shown may not be written yet. */
export const untilKept = (page: Page, text: string): Promise<void> =>
  until(page, `${keptOnDevice}.then((all) => all.includes(${JSON.stringify(text)}))`);

/** Waits until the device has all of the page, so that each of its screens opens without a connection. */
export const untilItOpensOffline = (page: Page): Promise<void> =>
  until(page, "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)");

/** Takes the connection away from somebody who is signed in, and waits until the page says so. */
export const goOffline = async ({ context, page }: Visitor): Promise<void> => {
  await untilItOpensOffline(page);
  await context.setOffline(true);
  await page.getByText("No connection.").first().waitFor();
};

/** The messages of the open conversation. */
export const log = (page: Page): Locator => page.getByRole("log");

/** One message in it, by a part of its text. */
export const messageWith = (page: Page, text: string | RegExp): Locator =>
  log(page).getByRole("article").filter({ hasText: text });

/** Opens a conversation from the list. */
export const openFromList = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("link", { name: new RegExp(name) }).click();
  await untilArrived(page, name);
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

/** Goes to another screen by its address. */
export const goTo = async (page: Page, hash: string): Promise<void> => {
  // From a heading the focus could not be seen to arrive at one.
  await page.evaluate(`document.activeElement.blur(); location.hash = ${JSON.stringify(hash)};`);
  await untilArrived(page);
};

/** Sets one's own status with two taps. */
export const setStatusTo = async (page: Page, choice: string | RegExp): Promise<void> => {
  await page.getByRole("button", { name: /^Your status/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: choice }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
};
