import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../eventually.ts";
import { call, history, type Person, send, setStatus, signIn, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, signInOn } from "./browsers.ts";
import { findPerson, goOffline, goToArea, messageWith, openFromList, until, untilKept, write } from "./on-the-page.ts";

cleanUpAfterwards();

const awayErrors = /Failed to load resource|WebSocket connection|net::ERR/;

describeInBrowser("what the page keeps on the device", ({ visit, visitAs, newTab }) => {
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

  test("what was asked is one's own alone, waits for one's return when the session ends, and is gone at sign-out like all else", async () => {
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

    // As left by a tab that crashed.
    const left = JSON.stringify({ to: owner.id, content: "Just sent" });
    await page.evaluate(`localStorage.setItem("standin.sending.${writer.id}.left", ${JSON.stringify(left)})`);
    await goToArea(page, "Settings");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain(owner.id);
  });

  test("without a connection: briefing, decisions, assistant and blocked people as they were, and of when; changes say what they need", async () => {
    const { url } = server;
    const [owner, writer, pest] = [await signUp(url, "ona"), await signUp(url, "wes"), await signUp(url, "pia")];
    await call(url, "PATCH", "/standin/settings", { token: owner.token, body: { facts: { text: "Back on Monday" } } });
    await setStatus(url, owner, { status: "BUSY" });
    const visitor = await visitAs(url, owner, { expected: awayErrors });
    const { context, page } = visitor;
    await send(url, writer, owner, "Where is the key?");
    await eventually(
      () => history(url, writer, owner),
      (messages) => messages.length === 2,
    );
    await call(url, "PUT", `/blocks/${pest.id}`, { token: owner.token });
    await setStatus(url, owner, { status: "AVAILABLE" });

    const main = page.locator("main");
    const said = {
      briefing: main.getByText("Where is the key?").first(),
      decisions: main.getByText("The fixed text was sent."),
      assistant: main.getByLabel("In your own words"),
      settings: main.getByRole("button", { name: `Unblock ${pest.username}` }),
    };
    const asOf = main.getByText("Last heard from the server:");
    const screens = Object.entries(said);
    const open = (name: string) => page.evaluate(`location.hash = "#/${name}"`);
    for (const [name, content] of screens) {
      await open(name);
      await content.waitFor();
      await asOf.waitFor({ state: "detached" });
    }

    // The last of what was read.
    await untilKept(page, pest.username);
    await goOffline(visitor);
    await page.reload();
    for (const [name, content] of screens) {
      await open(name);
      await content.waitFor();
      await asOf.waitFor();
    }
    await open("assistant");
    await said.assistant.fill("Back on Tuesday");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("What you entered is still here").first().waitFor();
    await page.reload();
    await page.getByText("There are changes that are not saved.").waitFor();
    expect(await said.assistant.inputValue()).toBe("Back on Tuesday");
    await open("settings");
    await said.settings.click();
    await page.getByText("this needs a connection").first().waitFor();
    await open("assistant");
    await page.getByText("There are changes that are not saved.").waitFor();

    // Another device changes something else meanwhile.
    await call(url, "PATCH", "/standin/settings", { token: owner.token, body: { waitSeconds: 45 } });
    await context.setOffline(false);
    await asOf.waitFor({ state: "detached" });
    expect(await said.assistant.inputValue()).toBe("Back on Tuesday");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved", { exact: true }).first().waitFor();
    const { body } = await call(url, "GET", "/standin/settings", { token: owner.token });
    expect(body).toMatchObject({ facts: { text: "Back on Tuesday" }, waitSeconds: 45 });
    await page.reload();
    await said.assistant.waitFor();
    await page.getByText("There are changes that are not saved.").waitFor({ state: "detached" });
  });

  test("what was never read says why it is not there, and is read as soon as it can be", async () => {
    const { url } = server;
    const visitor = await visitAs(url, await signUp(url, "nils"), { expected: awayErrors });
    const { context, page } = visitor;
    await goOffline(visitor);
    await goToArea(page, "Assistant");
    const alert = page.locator("main").getByRole("alert");
    await alert.getByText("The server cannot be reached").waitFor();
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.getByText("The server cannot be reached").waitFor();
    await context.setOffline(false);
    await page.getByRole("radio", { name: /^Answer/ }).waitFor();
    await alert.waitFor({ state: "detached" });
  });

  /** Texts that somebody has got from somebody, as the server has them. */
  const arrived = async (one: Person, other: Person): Promise<readonly string[]> =>
    (await history(server.url, one, other)).filter(({ sender }) => sender === other.id).map(({ content }) => content);
  const slots = "Object.keys(localStorage).filter((name) => name.includes('sending'))";

  test("what was sent when the device could not write yet outlives a reload, and arrives once", async () => {
    const { url } = server;
    const [friend, writer] = [await signUp(url, "ove"), await signUp(url, "wilma")];
    await send(url, friend, writer, "Are you there?");
    const visitor = await visitAs(url, writer, { expected: awayErrors });
    const { context, page } = visitor;
    await openFromList(page, friend.username);
    await untilKept(page, "Are you there?");
    await goOffline(visitor);
    // The client looks there before each write, and gets no answer any more.
    await page.evaluate("IDBObjectStore.prototype.getKey = () => ({})");
    for (const text of ["Written in time", "And this, too"]) {
      await write(page, text);
      await messageWith(page, text).waitFor();
    }
    await page.evaluate(`for (const broken of ["{", "null", "{}"])
      localStorage.setItem("standin.sending.${writer.id}." + broken, broken)`);

    await page.reload();
    await messageWith(page, "And this, too").waitFor();
    await until(page, `${slots}.length === 0`);
    // Now the outbox has them.
    await page.reload();
    await messageWith(page, "And this, too").waitFor();
    await context.setOffline(false);
    for (const text of ["Written in time", "And this, too"])
      await messageWith(page, text).getByText("Sent", { exact: true }).waitFor();
    expect(await arrived(friend, writer)).toEqual(["Written in time", "And this, too"]);

    // Left by a page that ended between the server's answer and its own forgetting.
    await page.evaluate("IDBObjectStore.prototype.getKey = () => ({})");
    await page.evaluate("Storage.prototype.removeItem = () => {}");
    await write(page, "Sent already");
    await messageWith(page, "Sent already").getByText("Sent", { exact: true }).waitFor();
    expect(await page.evaluate(`${slots}.length`)).toBe(1);
    await page.reload();
    await until(page, `${slots}.length === 0`);
    await messageWith(page, "Sent already").getByText("Sent", { exact: true }).waitFor();
    expect(await arrived(friend, writer)).toEqual(["Written in time", "And this, too", "Sent already"]);
  });

  test("a browser that keeps nothing of the client's: what was not sent goes out at the next sign-in, what was discarded does not", async () => {
    const { url } = server;
    const [friend, gone, writer] = [await signUp(url, "orla"), await signUp(url, "frida"), await signUp(url, "wido")];
    const visitor = await visit(url, {
      expected: awayErrors,
      script: `indexedDB.open = () => { throw new Error("no storage here"); }`,
    });
    const { context, page } = visitor;
    await signInOn(page, writer);
    await findPerson(page, gone.username);
    expect(await server.operate("--delete-user", gone.email)).toBe(0);
    await write(page, "Thought better of");
    await messageWith(page, "Thought better of").getByText("Not sent.").waitFor();
    expect(await page.evaluate(`${slots}.length`)).toBe(1);
    await messageWith(page, "Thought better of").getByRole("button", { name: "Discard" }).click();
    await until(page, `${slots}.length === 0`);

    await findPerson(page, friend.username);
    await goOffline(visitor);
    await write(page, "Still to be sent");
    await messageWith(page, "Still to be sent").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await context.setOffline(false);
    await signInOn(page, writer);
    await messageWith(page, "Still to be sent").getByText("Sent", { exact: true }).waitFor();
    expect(await arrived(friend, writer)).toEqual(["Still to be sent"]);
    await until(page, `${slots}.length === 0`);
  });

  test("a browser that keeps nothing: the page says so once, and works", async () => {
    const { url } = server;
    const [owner, writer] = [await signUp(url, "ottilie"), await signUp(url, "walt")];
    const { context, page } = await visit(url);
    await context.addInitScript(`indexedDB.open = () => { throw new Error("no storage here"); }`);
    await page.reload();
    await page.getByText("This browser keeps nothing at the moment").first().waitFor();
    await signInOn(page, writer);
    await findPerson(page, owner.username);
    await write(page, "All the same");
    await messageWith(page, "All the same").getByText("Sent", { exact: true }).waitFor();
  });
});
