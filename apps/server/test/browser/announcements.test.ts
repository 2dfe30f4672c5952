import { createOpenAiDouble, type ProviderDouble } from "@standin/contract-tests/doubles";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../eventually.ts";
import { send, setStatus, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { modelAt, says } from "./model.ts";
import { goOffline, log, messageWith, openFromList, setStatusTo, write } from "./on-the-page.ts";

cleanUpAfterwards();

/** Writes down what a screen reader would read out by itself: each change of a live region, as the region is afterwards. */
const listen = `
  globalThis.heard = [];
  const regionOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest("[aria-live], [role=status], [role=alert], [role=log]");
  // While a dialog is open, nothing outside of it is there for a screen reader.
  const isThere = (region) => region.isConnected && (document.querySelector("dialog:modal")?.contains(region) ?? true);
  new MutationObserver((records) => {
    const changed = records.filter(({ type, addedNodes }) => type === "characterData" || addedNodes.length > 0);
    for (const region of new Set(changed.map(({ target }) => regionOf(target)))) {
      const text = region?.textContent.trim() ?? "";
      if (text !== "" && region.ariaLive !== "off" && isThere(region)) heard.push(text);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });`;

const heard = (page: Page): Promise<readonly string[]> => page.evaluate<string[]>("heard");

/** Waits until a sentence has been read out, and tells how often. */
const timesHeard = async (page: Page, sentence: string): Promise<number> => {
  const all = await eventually(
    () => heard(page),
    (sentences) => sentences.includes(sentence),
  );
  return all.filter((one) => one === sentence).length;
};

describeInBrowser("what a screen reader hears", ({ visit, visitAs }) => {
  let model: ProviderDouble;
  let server: ServerProcess;
  beforeAll(async () => {
    model = await createOpenAiDouble();
    server = await startServer({ env: { RATE_LIMITS: "off", ...modelAt(model) } });
  });
  afterAll(async () => {
    await server?.stop();
    await model?.close();
  });

  test("a new message is read out once, the same text twice when it was written twice, and nothing of what was there before", async () => {
    const { url } = server;
    const [ada, bob] = [await signUp(url, "ada"), await signUp(url, "bob")];
    for (let count = 1; count <= 40; count += 1) await send(url, bob, ada, `Old ${count}`);
    const { page } = await visitAs(url, ada, { script: listen });
    await openFromList(page, bob.username);
    await messageWith(page, "Old").first().waitFor();

    await send(url, bob, ada, "Something new");
    expect(await timesHeard(page, `${bob.username}: Something new`)).toBe(1);
    await send(url, bob, ada, "Twice");
    expect(await timesHeard(page, `${bob.username}: Twice`)).toBe(1);
    await send(url, bob, ada, "Twice");
    await eventually(
      () => timesHeard(page, `${bob.username}: Twice`),
      (times) => times === 2,
    );

    // Rows that come into the page on the way up are not news, nor is what one writes oneself.
    await log(page).focus();
    await eventually(
      async () => {
        await page.keyboard.press("Home");
        return log(page).getByText("Old 1", { exact: true }).count();
      },
      (count) => count === 1,
    );
    await write(page, "My own");
    await messageWith(page, "My own").getByText("Sent", { exact: true }).waitFor();
    const said = await heard(page);
    expect(said.filter((sentence) => /Old|My own/.test(sentence))).toEqual([]);
    expect(said.filter((sentence) => /Something new/.test(sentence))).toEqual([`${bob.username}: Something new`]);
  });

  test("that somebody writes is read out, that their assistant does too, and what it says with whose it is", async () => {
    const { url } = server;
    const [cleo, dirk] = [await signUp(url, "cleo"), await signUp(url, "dirk")];
    await send(url, dirk, cleo, "Hi");
    const other = await visitAs(url, dirk);
    await openFromList(other.page, cleo.username);
    const { page } = await visitAs(url, cleo, { script: listen });
    await openFromList(page, dirk.username);
    // One key: the next one may come so late that it counts as beginning anew.
    await other.page.getByRole("textbox", { name: /^Message to/ }).pressSequentially("W");
    expect(await timesHeard(page, `${dirk.username} is writing …`)).toBe(1);
    await other.page.keyboard.press("Enter");
    expect(await timesHeard(page, `${dirk.username}: W`)).toBe(1);

    await setStatus(url, dirk, { status: "BUSY" });
    let finish = (): void => {};
    const before = model.requests.length;
    model.answerWith((exchange) => {
      finish = () => says("The keys are at the desk.")(exchange);
    });
    await write(page, "Where are the keys?");
    await model.untilRequests(before + 1);
    expect(await timesHeard(page, `${dirk.username}'s assistant is writing …`)).toBe(1);
    finish();
    await messageWith(page, "The keys are at the desk.").waitFor();
    const answers = await eventually(
      async () => (await heard(page)).filter((sentence) => sentence.includes("The keys are at the desk.")),
      ({ length }) => length > 0,
    );
    expect(answers).toEqual([expect.stringMatching(new RegExp(`^${dirk.username}'s assistant: `))]);
  });

  test("what was done, what is wrong, how much is left and that the connection is gone is read out, each once", async () => {
    const { url } = server;
    const [eva, finn] = [await signUp(url, "eva"), await signUp(url, "finn")];
    await send(url, finn, eva, "Hi");
    const expected = /Failed to load resource|WebSocket connection|net::ERR/;
    const { context, page } = await visit(url, { script: listen, expected });
    await page.getByLabel("E-mail address").fill(eva.email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    expect(await timesHeard(page, "The e-mail address or the password is not right. Check both and try again.")).toBe(
      1,
    );
    await page.getByLabel("Password", { exact: true }).fill(eva.password);
    await page.getByRole("button", { name: "Sign in" }).click();

    await openFromList(page, finn.username);
    await page.getByRole("textbox", { name: /^Message to/ }).fill("x".repeat(3_999));
    expect(await timesHeard(page, "1 character left")).toBe(1);
    await page.getByRole("textbox", { name: /^Message to/ }).fill("");
    await setStatusTo(page, "Until I say so");
    expect(await timesHeard(page, "You are busy now.")).toBe(1);
    await goOffline({ context, page });
    const offline = "No connection. You can read what is here; what you write goes out when the connection is back.";
    expect(await timesHeard(page, offline)).toBe(1);
  });
});
