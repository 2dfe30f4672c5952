import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanUpAfterwards } from "../server-process.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./axe.ts";
import { describeInBrowser } from "./browsers.ts";
import { openScreen, screensOf } from "./screens.ts";
import { playStory, type Story } from "./story.ts";

cleanUpAfterwards();

describeInBrowser("every screen for everybody", ({ visit, visitAs }) => {
  let story: Story;
  beforeAll(async () => {
    story = await playStory();
  });
  afterAll(async () => {
    await story?.close();
  });

  for (const who of ["owner", "writer", "newcomer"] as const)
    test(`axe finds nothing on any screen of the ${who}, in both themes and on a phone; each has one first heading`, async () => {
      const { page } = await visitAs(story.url, story[who], { expected: /Failed to load resource/ });
      for (const screen of screensOf(story).get(story[who]) ?? []) {
        await openScreen(page, screen);
        expect(await page.getByRole("heading", { level: 1 }).count(), screen.name).toBe(1);
        await expectAccessible(page, screen.name);
        // The others have the same screens with less on them.
        if (who === "owner") await expectAccessibleOnPhone(page, screen.name);
      }
    });

  test("axe finds nothing on the sign-in, the sign-up, and in what they have to say", async () => {
    const { page } = await visit(story.url, { expected: /Failed to load resource/ });
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await expectAccessible(page, "sign-in");
    await page.getByLabel("E-mail address").fill(story.owner.email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("The e-mail address or the password is not right.").waitFor();
    await expectAccessible(page, "a wrong password");
    await page.getByRole("button", { name: "New here?" }).click();
    await page.getByLabel("E-mail address").fill("");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("Enter the name that others should see.").waitFor();
    await expectAccessible(page, "sign-up with mistakes");
  });
});
