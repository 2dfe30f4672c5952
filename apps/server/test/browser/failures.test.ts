import { afterAll, beforeAll, expect, test } from "vitest";
import { history, send, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { goToArea, messageWith, openFromList, untilItOpensOffline, write } from "./on-the-page.ts";

cleanUpAfterwards();

const awayErrors = /Failed to load resource|WebSocket connection|net::ERR/;

describeInBrowser("what goes wrong on the page", ({ visit, visitAs }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("a sign-in without a connection says so, keeps what was typed, and works when the connection is back", async () => {
    const ann = await signUp(server.url, "ann");
    const { context, page } = await visit(server.url, { expected: awayErrors });
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await untilItOpensOffline(page);
    await context.setOffline(true);
    await page.getByLabel("E-mail address").fill(ann.email);
    await page.getByLabel("Password", { exact: true }).fill(ann.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("The server cannot be reached").waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(ann.email);
    await context.setOffline(false);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Chats" }).waitFor();
  });

  test("what is begun outlives a reload, and the list shows it", async () => {
    const [cai, dan] = [await signUp(server.url, "cai"), await signUp(server.url, "dan")];
    await send(server.url, dan, cai, "Hi");
    const { page } = await visitAs(server.url, cai);
    await openFromList(page, dan.username);
    const box = page.getByRole("textbox", { name: /^Message to/ });
    await box.fill("Half a thought\nand a line");
    await page.reload();
    await box.waitFor();
    expect(await box.inputValue()).toBe("Half a thought\nand a line");
    await goToArea(page, "Chats");
    await page.getByRole("link", { name: /dan/ }).getByText("Draft: Half a thought").waitFor();
  });

  test("a message to somebody who vanished is not lost: it says why it was not sent, over a reload too, until it is discarded", async () => {
    const [eve, fay] = [await signUp(server.url, "eve"), await signUp(server.url, "fay")];
    await send(server.url, fay, eve, "Before I go");
    const { page } = await visitAs(server.url, eve, { expected: awayErrors });
    await openFromList(page, fay.username);
    await messageWith(page, "Before I go").waitFor();
    expect(await server.operate("--delete-user", fay.email)).toBe(0);

    await write(page, "Come back!");
    const message = messageWith(page, "Come back!");
    await message.getByText("Not sent. This person is no longer here.").waitFor();
    await page.reload();
    await message.getByText("Not sent.").waitFor();
    await messageWith(page, "Before I go").waitFor();
    await message.getByRole("button", { name: "Try again" }).click();
    await message.getByText("Not sent. This person is no longer here.").waitFor();
    await message.getByRole("button", { name: "Discard" }).click();
    await message.waitFor({ state: "detached" });
    expect((await history(server.url, eve, fay)).map(({ content }) => content)).toEqual(["Before I go"]);
  });

  test("an error of the server is told in a sentence with a way on, and never in the server's words", async () => {
    const gil = await signUp(server.url, "gil");
    const { page } = await visitAs(server.url, gil, { expected: awayErrors });
    const fail = (status: number) =>
      page.route("**/user/update/status", (route) => route.fulfill({ status, body: "SQLITE_CORRUPT at Store.write" }));
    const choose = async () => {
      await page.getByRole("button", { name: /^Your status/ }).click();
      await page.getByLabel("Note for everybody").fill("In a meeting");
      await page.getByRole("dialog").getByRole("button", { name: "1 hour" }).click();
    };
    await fail(500);
    const dialog = page.getByRole("dialog");
    // In the dialog, since nothing outside of it can be seen or heard while it is open.
    const notice = dialog.getByRole("region", { name: "Notices" });
    const sentence = notice.getByText("The server is too busy at the moment. Try again in a little while.");
    // Looked for from the beginning: it goes again by itself.
    await Promise.all([sentence.waitFor(), choose()]);
    expect(await page.getByText("SQLITE").count()).toBe(0);
    expect(await dialog.getByLabel("Note for everybody").inputValue()).toBe("In a meeting");
    await page.unroute("**/user/update/status");
    await dialog.getByRole("button", { name: "1 hour" }).click();
    await page.getByRole("button", { name: /^Your status: Busy until/ }).waitFor();
  });
});
