import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type Person, setStatus, signIn, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, signInOn } from "./browsers.ts";
import { findPerson, goToArea } from "./on-the-page.ts";

cleanUpAfterwards();

describeInBrowser("what the page keeps on the device", ({ visitAs, newTab }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off", AI_MERGE_WINDOW_MS: "50" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("what was asked of a busy person's assistant outlives a reload, is in every tab, and is over with the stretch of BUSY", async () => {
    const { url } = server;
    const [owner, writer] = [await signUp(url, "oda"), await signUp(url, "wanda")];
    await setStatus(url, owner, { status: "BUSY" });
    const visitor = await visitAs(url, writer);
    const { page } = visitor;
    await findPerson(page, owner.username);
    const tab = await newTab(visitor, `${url}/#/with/${owner.id}`);
    await tab.getByRole("button", { name: "It is urgent" }).waitFor();
    const notice = page.getByRole("region", { name: "Before you write" });
    await page.bringToFront();
    await notice.getByRole("button", { name: "Only leave a message" }).click();
    await notice.getByText("The assistant stays out of this.").waitFor();
    await notice.getByRole("button", { name: "It is urgent" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Tell them now" }).click();
    for (const one of [page, tab]) {
      await one.getByText("The assistant stays out of this.").waitFor();
      await one.getByText(`${owner.username} has been told already.`).first().waitFor();
    }
    await tab.close();

    await page.reload();
    await notice.getByText("The assistant stays out of this.").waitFor();
    await notice.getByText(`${owner.username} has been told already.`).waitFor();

    // Only amended: the stretch goes on.
    await setStatus(url, owner, { status: "BUSY", note: "Back at noon" });
    await notice.getByText("Back at noon").waitFor();
    await notice.getByText("The assistant stays out of this.").waitFor();

    await setStatus(url, owner, { status: "AVAILABLE" });
    await notice.waitFor({ state: "detached" });
    expect(await page.evaluate("Object.keys(localStorage).filter((name) => name.includes('wishes'))")).toEqual([]);
    await setStatus(url, owner, { status: "BUSY" });
    await notice.getByRole("button", { name: "Only leave a message" }).waitFor();
    await notice.getByRole("button", { name: "It is urgent" }).waitFor();
  });

  test("what was asked is one's own alone, waits for one's return when the session ends, and is gone at sign-out", async () => {
    const { url } = server;
    const [owner, writer, other] = [await signUp(url, "ole"), await signUp(url, "wim"), await signUp(url, "xenia")];
    await setStatus(url, owner, { status: "BUSY" });
    const { page } = await visitAs(url, writer, { expected: /Failed to load resource|WebSocket/ });
    await findPerson(page, owner.username);
    await page.getByRole("button", { name: "Only leave a message" }).click();
    await page.getByText("The assistant stays out of this.").waitFor();

    const endAllSessions = async (person: Person): Promise<void> => {
      const { body } = await signIn(url, person);
      await call(url, "POST", "/signout", { token: body.token, body: { everywhere: true } });
      await page.getByText("Your session has ended").waitFor();
    };
    await endAllSessions(writer);
    await signInOn(page, other);
    await page.getByRole("button", { name: "Only leave a message" }).waitFor();
    await endAllSessions(other);
    await signInOn(page, writer);
    await page.getByText("The assistant stays out of this.").waitFor();

    await goToArea(page, "Settings");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain(owner.id);
  });
});
