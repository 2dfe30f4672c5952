import { afterAll, beforeAll, expect, test } from "vitest";
import { send, setStatus, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { messageWith } from "./on-the-page.ts";

cleanUpAfterwards();

describeInBrowser("the page in somebody's language", ({ visit }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("it speaks German to whoever wants German, and writes dates and numbers so", async () => {
    const { url } = server;
    const [owner, writer] = [await signUp(url, "anouk"), await signUp(url, "bela")];
    await setStatus(url, owner, { status: "BUSY" });
    await send(url, writer, owner, "When are you back?");
    const { page } = await visit(url, { locale: "de-DE" });
    await page.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe("de");
    await page.getByLabel("E-Mail-Adresse").fill(writer.email);
    await page.getByLabel("Passwort", { exact: true }).fill(writer.password);
    await page.getByRole("button", { name: "Anmelden" }).click();
    await page.getByRole("link", { name: new RegExp(owner.username) }).click();
    await page.getByRole("heading", { level: 2, name: "Heute" }).waitFor();
    await messageWith(page, `Assistent von ${owner.username}`).getByText("Fester Text").waitFor();
    await page.getByRole("link", { name: "Einstellungen" }).click();
    await page.getByLabel("Sprache").selectOption("English");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  });

  test("the first of the browser's languages that it speaks is taken, English if it speaks none; times are written as there", async () => {
    const { url } = server;
    const [reader, other] = [await signUp(url, "carla"), await signUp(url, "dirk")];
    await send(url, other, reader, "Hi");
    const cases = [
      { languages: ["fr-FR", "de-AT"], title: "Anmelden", lang: "de", time: /^\d{1,2}:\d{2}$/ },
      { languages: ["fr-FR"], title: "Sign in", lang: "en", time: /^\d{1,2}:\d{2}\s(AM|PM)$/ },
      { languages: ["en-US"], title: "Sign in", lang: "en", time: /^\d{1,2}:\d{2}\s(AM|PM)$/ },
      { languages: ["en-GB"], title: "Sign in", lang: "en", time: /^\d{1,2}:\d{2}$/ },
    ];
    for (const { languages, title, lang, time } of cases) {
      const script = `Object.defineProperty(Navigator.prototype, "languages", { get: () => ${JSON.stringify(languages)} })`;
      const { page } = await visit(url, { script });
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      expect(await page.evaluate("document.documentElement.lang"), languages.join()).toBe(lang);
      await page.locator("input[name=email]").fill(reader.email);
      await page.locator("input[name=password]").fill(reader.password);
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: /dirk/ }).click();
      const shown = messageWith(page, "Hi").getByRole("time");
      await shown.waitFor();
      expect(await shown.textContent(), languages.join()).toMatch(time);
    }
  });
});
