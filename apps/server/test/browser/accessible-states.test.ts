import { afterAll, beforeAll, test } from "vitest";
import { call, setStatus } from "../people.ts";
import { cleanUpAfterwards } from "../server-process.ts";
import { expectAccessible, expectAccessibleOnPhone } from "./axe.ts";
import { describeInBrowser } from "./browsers.ts";
import { findPerson, goOffline, goToArea, messageWith, openFromList, write } from "./on-the-page.ts";
import { playStory, type Story } from "./story.ts";

cleanUpAfterwards();

describeInBrowser("every state of the page for everybody", ({ visitAs }) => {
  let story: Story;
  beforeAll(async () => {
    story = await playStory();
  });
  afterAll(async () => {
    await story?.close();
  });

  test("axe finds nothing while there is no connection, nor in what could not be sent", async () => {
    const { writer, draftee, url } = story;
    const visitor = await visitAs(url, writer, { expected: /Failed to load resource|WebSocket|net::ERR/ });
    const { page } = visitor;
    await findPerson(page, draftee.username);
    await goOffline(visitor);
    await write(page, "In a tunnel");
    await messageWith(page, "In a tunnel").getByText("Goes out when the connection is back").waitFor();
    await expectAccessible(page, "without a connection");
    await expectAccessibleOnPhone(page, "without a connection");
    await goToArea(page, "Settings");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByText("1 message has not been sent yet.").waitFor();
    await expectAccessible(page, "signing out with something unsent");
  });

  test("axe finds nothing near the limit of a message, beyond it, in a preview, and in what calls for attention", async () => {
    const { owner, writer, busy, url } = story;
    // A second try must not find the stretch of BUSY of the first, in which the writer has said already that it is urgent.
    await setStatus(url, owner, { status: "AVAILABLE" });
    const { page } = await visitAs(url, owner);
    await openFromList(page, writer.username);
    const box = page.getByRole("textbox", { name: /^Message to/ });
    await box.fill("x".repeat(3_990));
    await page.getByText("10 characters left").waitFor();
    await expectAccessible(page, "near the limit");
    await box.fill("x".repeat(4_010));
    await page.getByText("10 characters too many.").waitFor();
    await expectAccessible(page, "beyond the limit");
    await box.fill("");

    await goToArea(page, "Assistant");
    await page.getByRole("button", { name: "Show me" }).click();
    await page.getByText("Written by a model: llama3.2").waitFor();
    await page.getByRole("searchbox", { name: "Add a person" }).fill(busy.username);
    await page.getByRole("button", { name: busy.username }).waitFor();
    await page.getByLabel("Links it may give").fill("not a link");
    await page.getByText("Each line must be an address that begins with https://").waitFor();
    await expectAccessible(page, "the assistant, being changed and tried");
    await expectAccessibleOnPhone(page, "the assistant, being changed and tried");

    await page.getByRole("button", { name: /^Your status/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "1 hour" }).click();
    await page.getByRole("button", { name: /^Your status: Busy until/ }).waitFor();
    await call(url, "POST", "/standin/requests", { token: writer.token, body: { to: owner.id, urgent: true } });
    await page.getByRole("button", { name: "Open the conversation" }).waitFor();
    await expectAccessible(page, "busy, and told that it is urgent");
    await page.getByRole("button", { name: /^Your status/ }).click();
    await page.getByRole("button", { name: "I am back" }).waitFor();
    await expectAccessible(page, "the status of somebody busy");
  });
});
