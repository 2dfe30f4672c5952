import { join } from "node:path";
import { createIdGenerator } from "@standin/adapter-memory";
import { createSqliteStore } from "@standin/adapter-sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDrafts } from "../../../../packages/contract-tests/src/drafts.ts";
import { eventually } from "../eventually.ts";
import { call, history, type Person, send, signIn, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser, signInOn, testMs } from "./browsers.ts";
import {
  findPerson,
  goOffline,
  goToArea,
  keptOnDevice,
  log,
  messageWith,
  openFromList,
  until,
  untilItOpensOffline,
  untilKept,
  write,
} from "./on-the-page.ts";

cleanUpAfterwards();

const awayErrors = /Failed to load resource|WebSocket connection|net::ERR/;

/** Ten thousand messages, put straight into the store of a server: sent one by one they would take a minute. */
const writeLongConversation = async () => {
  const own = await startServer({ env: { RATE_LIMITS: "off" } });
  const [sue, tim] = [await signUp(own.url, "sue"), await signUp(own.url, "tim")];
  const store = await createSqliteStore({ path: join(own.dataDir, "standin.db") });
  const ids = createIdGenerator();
  const drafts = createDrafts();
  const filler = () => drafts.message(tim.id, sue.id, { id: ids.id(), at: Date.now(), content: "filler" });
  await Promise.all(Array.from({ length: 10_000 }, () => store.messages.append(filler(), null)));
  await store.close();
  await send(own.url, sue, tim, "the newest");
  return { own, sue, tim };
};

describeInBrowser("chat on the page", ({ visit, visitAs, newTab }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });
  const contents = async (who: Person, other: Person): Promise<readonly string[]> =>
    (await history(server.url, who, other)).map((message) => message.content);

  test("two people sign up, find each other and talk, and each sees what the other does", async () => {
    const [ada, bob] = [await visit(server.url), await visit(server.url)];
    for (const [{ page }, name] of [
      [ada, "Ada Byron"],
      [bob, "Bob Noyce"],
    ] as const) {
      await page.getByRole("button", { name: "New here?" }).click();
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("Enter your e-mail address").waitFor();
      await page.getByLabel("Your name").fill(name);
      await page.getByLabel("E-mail address").fill(`${name.replace(" ", ".")}@example.org`);
      await page.getByLabel("Password", { exact: true }).fill("a long enough password");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByRole("heading", { level: 1, name: "Chats" }).waitFor();
    }
    await findPerson(ada.page, "Bob Noyce");
    await ada.page.getByText("This is the beginning of your conversation with Bob Noyce.").waitFor();
    await write(ada.page, "Hello Bob 👋");
    await messageWith(ada.page, "Hello Bob").getByText("Sent", { exact: true }).waitFor();

    const link = bob.page.getByRole("link", { name: /Ada Byron/ });
    await link.getByText("1 unread message").waitFor();
    await until(bob.page, 'document.title === "(1) Standin"');
    await link.click();
    await messageWith(bob.page, "Hello Bob 👋").waitFor();
    await log(bob.page).getByRole("heading", { level: 2, name: "Today" }).waitFor();
    await messageWith(ada.page, "Hello Bob").getByText("Read", { exact: true }).waitFor();
    await until(bob.page, 'document.title === "Standin"');

    const box = bob.page.getByRole("textbox", { name: "Message to Ada Byron" });
    await box.pressSequentially("Hi");
    // It is shown for seconds only, and longer to whom more is typed.
    await eventually(
      async () => {
        await box.pressSequentially("!");
        return ada.page.getByText("Bob Noyce is writing …").count();
      },
      (count) => count > 0,
    );
    await bob.page.keyboard.press("Enter");
    await messageWith(ada.page, "Hi").waitFor();
    await ada.page.getByText("Bob Noyce is writing …").first().waitFor({ state: "detached" });
  });

  test("what is wrong with a sign-in is said in words that tell what to do", async () => {
    const cat = await signUp(server.url, "cat");
    const { page } = await visit(server.url, { expected: /Failed to load resource/ });
    await page.getByLabel("E-mail address").fill(cat.email);
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("The e-mail address or the password is not right.").waitFor();
    await page.getByRole("button", { name: "New here?" }).click();
    await page.getByLabel("Your name").fill("Other cat");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByRole("alert").getByText("There is an account with this e-mail address already.").waitFor();
  });

  test("without a connection: reads, writes into the outbox, outlives a reload; then each message arrives once", async () => {
    const [dan, eve] = [await signUp(server.url, "dan"), await signUp(server.url, "eve")];
    await send(server.url, eve, dan, "Are you on the train?");
    const visitor = await visitAs(server.url, dan, { expected: awayErrors });
    const { context, page } = visitor;
    await openFromList(page, eve.username);
    await messageWith(page, "Are you on the train?").waitFor();

    await goOffline(visitor);
    await write(page, "Yes, in a tunnel");
    await write(page, "One more");
    await messageWith(page, "One more").getByText("Goes out when the connection is back").waitFor();
    await untilKept(page, "One more");
    await page.reload();
    await messageWith(page, "Are you on the train?").waitFor();
    await messageWith(page, "Yes, in a tunnel").waitFor();
    expect(await contents(eve, dan)).toEqual(["Are you on the train?"]);

    await context.setOffline(false);
    await messageWith(page, "One more").getByText("Sent", { exact: true }).waitFor();
    await page.getByText("No connection.").waitFor({ state: "detached" });
    expect(await contents(eve, dan)).toEqual(["Are you on the train?", "Yes, in a tunnel", "One more"]);
  });

  test("the server dies in between: the page opens without it, and what was written arrives once", async () => {
    const own = await startServer({ env: { RATE_LIMITS: "off" } });
    const [fay, gus] = [await signUp(own.url, "fay"), await signUp(own.url, "gus")];
    await send(own.url, gus, fay, "Before");
    const { page } = await visitAs(own.url, fay, { expected: awayErrors });
    await untilItOpensOffline(page);
    await openFromList(page, gus.username);
    await messageWith(page, "Before").waitFor();

    await own.kill();
    await write(page, "While it was away");
    await page.getByText("No connection.").waitFor();
    await untilKept(page, "While it was away");
    await page.reload();
    await messageWith(page, "While it was away").waitFor();

    const { port } = new URL(own.url);
    const again = await startServer({ env: { RATE_LIMITS: "off", PORT: port }, dataDir: own.dataDir });
    await messageWith(page, "While it was away").getByText("Sent", { exact: true }).waitFor();
    const stored = await history(again.url, gus, fay);
    expect(stored.map((message) => message.content)).toEqual(["Before", "While it was away"]);
    await again.stop();
  });

  test("two tabs show the same, and what is written in one is sent once", async () => {
    const [hal, ivy] = [await signUp(server.url, "hal"), await signUp(server.url, "ivy")];
    await send(server.url, ivy, hal, "Two tabs?");
    const visitor = await visitAs(server.url, hal);
    const other = await newTab(visitor, `${server.url}/#/with/${ivy.id}`);
    await messageWith(other, "Two tabs?").waitFor();
    await visitor.page.bringToFront();
    await openFromList(visitor.page, ivy.username);
    await write(visitor.page, "From the first");
    await messageWith(other, "From the first").waitFor();
    await other.bringToFront();
    await write(other, "From the second");
    await messageWith(visitor.page, "From the second").waitFor();
    await messageWith(other, "From the second").getByText("Sent", { exact: true }).waitFor();
    expect(await contents(ivy, hal)).toEqual(["Two tabs?", "From the first", "From the second"]);

    await visitor.page.bringToFront();
    await goToArea(visitor.page, "Settings");
    await visitor.page.getByRole("button", { name: "Sign out", exact: true }).click();
    await visitor.page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
    await visitor.page.getByText("You are signed out.").waitFor();
    await other.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  test("a session that was ended elsewhere leads to the sign-in with a sentence, and what was begun is still there", async () => {
    const [jon, kim] = [await signUp(server.url, "jon"), await signUp(server.url, "kim")];
    await send(server.url, kim, jon, "Hi");
    const { page } = await visitAs(server.url, jon, { expected: /Failed to load resource/ });
    await openFromList(page, kim.username);
    await page.getByRole("textbox", { name: /^Message to/ }).fill("I was just about to");
    const { body } = await signIn(server.url, jon);
    await call(server.url, "POST", "/signout", { token: body.token, body: { everywhere: true } });
    await page.getByText("Your session has ended").waitFor();
    await signInOn(page, jon);
    await page.getByRole("heading", { level: 1, name: kim.username }).waitFor();
    expect(await page.getByRole("textbox", { name: /^Message to/ }).inputValue()).toBe("I was just about to");
  });

  test("at sign-out the device forgets the person, after asking when something is unsent", async () => {
    const [lea, moe] = [await signUp(server.url, "lea"), await signUp(server.url, "moe")];
    await send(server.url, moe, lea, "A secret of ours");
    const visitor = await visitAs(server.url, lea, { expected: awayErrors });
    const { context, page } = visitor;
    await openFromList(page, moe.username);
    await goOffline(visitor);
    await write(page, "Never sent");
    await page.getByRole("textbox", { name: /^Message to/ }).fill("Only begun");
    await goToArea(page, "Settings");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("1 message has not been sent yet.").waitFor();
    await dialog.getByText("1 draft that you began would be lost.").waitFor();
    await dialog.getByRole("button", { name: "Stay signed in" }).click();
    await context.setOffline(false);
    await goToArea(page, "Chats");
    await openFromList(page, moe.username);
    await messageWith(page, "Never sent").getByText("Sent", { exact: true }).waitFor();

    await goToArea(page, "Settings");
    await page.getByRole("button", { name: "Sign out", exact: true }).click();
    await dialog.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out.").waitFor();
    const left = await page.evaluate(keptOnDevice);
    for (const kept of ["A secret of ours", "Never sent", "Only begun", moe.id, "eyJ"])
      expect(left).not.toContain(kept);
  });

  test("names and texts of every kind are shown as they were written, and nothing gets wider than the screen", async () => {
    const texts = [
      "<img src=x onerror=\"document.title='broken'\"> & <b>bold</b>",
      "مرحبا بالعالم",
      "👩‍👩‍👧‍👦 🏳️‍🌈",
      "two\nlines",
      "x".repeat(2_000),
    ];
    const [nat, odd] = [await signUp(server.url, "nat"), await signUp(server.url, "<i>odd</i> שלום 🦄")];
    for (const text of texts) await send(server.url, odd, nat, text);
    const { page } = await visitAs(server.url, nat, { viewport: { width: 320, height: 640 } });
    await page.getByRole("link", { name: /odd/ }).click();
    await page.getByRole("heading", { level: 1, name: odd.username }).waitFor();
    for (const text of texts) {
      const shown = messageWith(page, text.slice(0, 3)).getByRole("paragraph");
      await shown.scrollIntoViewIfNeeded();
      expect(await shown.textContent()).toBe(text);
    }
    expect(await page.evaluate("document.title")).toMatch(/^(\(\d\) )?Standin$/);
    const overflow = await page.evaluate(
      "[document.documentElement, document.querySelector('[role=log]')].map((element) => element.scrollWidth - element.clientWidth)",
    );
    expect(overflow).toEqual([0, 0]);
    const direction = `getComputedStyle([...document.querySelectorAll("[role=log] p")].find((p) => p.textContent === "مرحبا بالعالم")).direction`;
    expect(await page.evaluate(direction)).toBe("rtl");
  });

  test("near the limit a counter says how much is left, and too long a text cannot be sent", async () => {
    const [pam, quo] = [await signUp(server.url, "pam"), await signUp(server.url, "quo")];
    await send(server.url, quo, pam, "Hi");
    const { page } = await visitAs(server.url, pam);
    await openFromList(page, quo.username);
    const box = page.getByRole("textbox", { name: /^Message to/ });
    await box.fill("é".repeat(3_990));
    await page.getByText("10 characters left").waitFor();
    await box.fill("é".repeat(4_001));
    await page.getByText("1 character too many. Shorten the text.").waitFor();
    expect(await page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
  });

  test("somebody who is not there is said to be not there", async () => {
    const ray = await signUp(server.url, "ray");
    const { page } = await visitAs(server.url, ray, { expected: /Failed to load resource/ });
    await page.goto(`${server.url}/#/with/${"f".repeat(24)}`);
    await page.getByRole("heading", { name: "This person cannot be found." }).waitFor();
  });

  test("a conversation of ten thousand messages: only what is near the screen is in the page, older ones come on scroll", async () => {
    const { own, sue, tim } = await writeLongConversation();
    const { page } = await visitAs(own.url, sue, { reducedMotion: "reduce" });
    await openFromList(page, tim.username);
    const drawn = () => log(page).getByRole("article").count();
    await messageWith(page, "the newest").waitFor();
    expect(await drawn()).toBeLessThan(120);

    await log(page).focus();
    const seen: number[] = [];
    await eventually(
      async () => {
        await page.keyboard.press("Home");
        seen.push(await drawn());
        return page.getByText("This is the beginning of your conversation").count();
      },
      (beginnings) => beginnings === 1,
      testMs,
    );
    expect(Math.min(...seen)).toBeGreaterThan(5);
    expect(Math.max(...seen)).toBeLessThan(120);
    await page.getByRole("button", { name: "To the newest message" }).click();
    await messageWith(page, "the newest").waitFor();
  });
});
