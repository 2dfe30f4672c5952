import { afterAll, beforeAll, expect, test } from "vitest";
import { send, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, signInOn } from "./browsers.ts";
import { goToArea, openFromList } from "./on-the-page.ts";

cleanUpAfterwards();

const refused = /Failed to load resource/;

describeInBrowser("sessions on the page", ({ visitAs }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("a token that expires while the page is open leads to the sign-in, and what was begun is still there", async () => {
    // Long enough to sign in and to begin something on a slow machine.
    const { url } = await startServer({ env: { RATE_LIMITS: "off", TOKEN_TTL: "30s" } });
    const [ann, ben] = [await signUp(url, "ann"), await signUp(url, "ben")];
    await send(url, ben, ann, "Hi");
    const { page } = await visitAs(url, ann, { expected: refused });
    await openFromList(page, ben.username);
    const box = page.getByRole("textbox", { name: /^Message to/ });
    await box.fill("I was just about to");
    await page.getByText("Your session has ended").waitFor({ timeout: 60_000 });
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(ann.email);
    await signInOn(page, ann);
    await page.getByRole("heading", { level: 1, name: ben.username }).waitFor();
    expect(await box.inputValue()).toBe("I was just about to");
  });

  test("signing out everywhere ends the session in another browser, which keeps what was begun there", async () => {
    const [cas, dee] = [await signUp(server.url, "cas"), await signUp(server.url, "dee")];
    await send(server.url, dee, cas, "Hi");
    const phone = await visitAs(server.url, cas, { expected: refused });
    await openFromList(phone.page, dee.username);
    const box = phone.page.getByRole("textbox", { name: /^Message to/ });
    await box.fill("Typed on the phone");

    const { page } = await visitAs(server.url, cas, { expected: refused });
    await goToArea(page, "Settings");
    await page.getByRole("button", { name: "Sign out everywhere" }).click();
    const dialog = page.getByRole("dialog", { name: "Sign out?" });
    await dialog.getByText("Every device, this one too, has to sign in again.").waitFor();
    await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
    await page.getByText("You are signed out on all devices.").waitFor();

    await phone.page.getByText("Your session has ended, here or on another device.").waitFor();
    await signInOn(phone.page, cas);
    expect(await box.inputValue()).toBe("Typed on the phone");
  });

  test("another password ends the other sessions, after the present one was asked for", async () => {
    const eli = await signUp(server.url, "eli");
    const other = await visitAs(server.url, eli, { expected: refused });
    const { page } = await visitAs(server.url, eli, { expected: refused });
    await goToArea(page, "Settings");
    const [current, next] = [page.getByLabel("Current password"), page.getByLabel("New password")];
    const change = page.getByRole("button", { name: "Change password" });
    await current.fill("not the password");
    await next.fill("short");
    await change.click();
    await page.getByText("Take at least 8 characters.").waitFor();
    await next.fill("another password");
    await change.click();
    await page.getByText("The current password is not right.").waitFor();
    expect(await next.inputValue()).toBe("another password");
    await current.fill(eli.password);
    await change.click();
    await page.getByText("The password is changed.").first().waitFor();
    await other.page.getByText("Your session has ended").waitFor();
    await signInOn(other.page, { email: eli.email, password: "another password" });
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  });
});
