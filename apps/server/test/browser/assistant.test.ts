import { createOpenAiDouble, type ProviderDouble } from "@standin/contract-tests/doubles";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "../eventually.ts";
import { call, history, type Person, send, setStatus, signUp } from "../people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "../server-process.ts";
import { describeInBrowser } from "./browsers.ts";
import { modelAt, says } from "./model.ts";
import { findPerson, goToArea, log, messageWith, openFromList, setStatusTo, write } from "./on-the-page.ts";

cleanUpAfterwards();

describeInBrowser("the assistant on the page", ({ visitAs }) => {
  let model: ProviderDouble;
  let withModel: ServerProcess;
  let withoutModel: ServerProcess;
  beforeAll(async () => {
    model = await createOpenAiDouble();
    withoutModel = await startServer({ env: { RATE_LIMITS: "off", AI_MERGE_WINDOW_MS: "50" } });
    withModel = await startServer({ env: { RATE_LIMITS: "off", ...modelAt(model) } });
  });
  afterAll(async () => {
    await withModel?.stop();
    await withoutModel?.stop();
    await model?.close();
  });

  test("BUSY in two taps; the fixed text answers as another voice; only leave a message; urgent; back", async () => {
    const { url } = withoutModel;
    const [owner, writer] = [await signUp(url, "olga"), await signUp(url, "will")];
    const away = await visitAs(url, owner);
    const { page } = await visitAs(url, writer);
    await findPerson(page, owner.username);
    await page.getByText("Online").last().waitFor();

    await setStatusTo(away.page, "30 minutes");
    await away.page.getByRole("button", { name: /^Your status: Busy until/ }).waitFor();
    const notice = page.getByRole("region", { name: "Before you write" });
    await notice.getByText(`${owner.username} is busy until`).waitFor();

    await write(page, "Are you there?");
    const answer = messageWith(page, `${owner.username}'s assistant`);
    for (const part of ["automatic", "Fixed text", "Are you there?", `Not confirmed by ${owner.username} yet`])
      await answer.getByText(part, { exact: true }).waitFor();
    const [, stored] = await history(url, writer, owner);
    expect(stored.content).toContain(`${owner.username}'s assistant:`);
    expect(await answer.getByRole("paragraph").textContent()).not.toContain("'s assistant:");

    await notice.getByRole("button", { name: "Only leave a message" }).click();
    await notice.getByText("The assistant stays out of this.").waitFor();
    await notice.getByRole("button", { name: "It is urgent" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Tell them now" }).click();
    await notice.getByText(`${owner.username} has been told already.`).waitFor();
    await away.page.getByText(`${writer.username} says that it is urgent.`).first().waitFor();
    await away.page.getByRole("button", { name: "Open the conversation" }).click();
    await messageWith(away.page, "Are you there?").first().waitFor();

    await setStatusTo(away.page, "I am back");
    await notice.waitFor({ state: "detached" });
  });

  test("a model answers; the briefing tells; confirmed, corrected and withdrawn is seen by the writer at once", async () => {
    const { url } = withModel;
    const [owner, writer] = [await signUp(url, "orla"), await signUp(url, "wim")];
    const { page } = await visitAs(url, writer);
    const away = await visitAs(url, owner);
    await setStatusTo(away.page, "1 hour");
    await findPerson(page, owner.username);

    let finish = (): void => {};
    const before = model.requests.length;
    model.answerWith((exchange) => {
      finish = () => says("The keys are at the desk.")(exchange);
    });
    await write(page, "Where are the keys?");
    await page.getByText(`${owner.username}'s assistant is writing …`).first().waitFor();
    await model.untilRequests(before + 1);
    finish();
    const answer = messageWith(page, "The keys are at the desk.");
    await answer.getByText("Written by a model: llama3.2").waitFor();
    model.answerWith(says("Nobody knows about the cat."));
    await write(page, "And the cat?");
    await messageWith(page, "Nobody knows about the cat.").waitFor();

    await setStatusTo(away.page, "I am back");
    await away.page.getByText("Welcome back. 1 person wrote while you were busy.").first().waitFor();
    await away.page.getByRole("button", { name: "Read the briefing" }).click();
    await away.page.getByRole("heading", { level: 1, name: "Briefing" }).waitFor();
    await away.page.getByRole("heading", { level: 2, name: writer.username }).waitFor();
    const said = (text: string) =>
      away.page.getByRole("listitem").filter({ hasText: writer.username }).locator(".answer", { hasText: text });

    await said("keys").getByRole("button", { name: "Confirm" }).click();
    await said("keys").getByText("You confirmed this").waitFor();
    await answer.getByText(`Confirmed by ${owner.username}`).waitFor();

    await said("cat").getByRole("button", { name: "Correct" }).click();
    const dialog = away.page.getByRole("dialog", { name: "Correct the answer" });
    await dialog.getByLabel("What is right").fill("The cat is with my mother.");
    await dialog.getByRole("button", { name: "Correct" }).click();
    const corrected = messageWith(page, "The cat is with my mother.");
    await corrected.getByText(`Corrected by ${owner.username}`).waitFor();
    await corrected.getByText("What it said before").click();
    await corrected.getByText("Nobody knows about the cat.").waitFor();

    await said("keys").getByRole("button", { name: "Withdraw" }).click();
    await away.page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
    await log(page).getByText("This answer was withdrawn.").waitFor();
    expect(await log(page).getByText("The keys are at the desk.").count()).toBe(0);

    await away.page.getByRole("link", { name: "Why did the assistant answer, or not?" }).click();
    await away.page.getByText("A model answered for you.").first().waitFor();
    await away.page
      .getByRole("link", { name: `Message from ${writer.username}` })
      .first()
      .click();
    await messageWith(away.page, "And the cat?").first().waitFor();
  });

  test("drafts are the owner's alone: sent as they are, changed first, or thrown away", async () => {
    const { url } = withModel;
    const [owner, writer] = [await signUp(url, "omar"), await signUp(url, "wendy")];
    const away = await visitAs(url, owner);
    await goToArea(away.page, "Assistant");
    await away.page.getByRole("radio", { name: "Draft" }).check();
    await away.page.getByText("There are changes that are not saved.").waitFor();
    await away.page.getByRole("button", { name: "Save" }).click();
    await away.page.getByText("There are changes that are not saved.").waitFor({ state: "detached" });
    await setStatus(url, owner, { status: "BUSY" });

    const draft = away.page.getByRole("region", { name: "A draft by your assistant. Only you see it." });
    const writeAndSeeDraft = async (text: string, drafted: string) => {
      model.answerWith(says(drafted));
      await send(url, writer, owner, text);
      await draft.getByText(drafted).waitFor();
    };
    model.answerWith(says("Yes, at six."));
    await send(url, writer, owner, "Dinner?");
    await goToArea(away.page, "Chats");
    await openFromList(away.page, writer.username);
    await draft.getByText("Yes, at six.").waitFor();
    await draft.getByRole("button", { name: "Send as it is" }).click();
    await messageWith(away.page, "Yes, at six.").getByText("Written with the assistant’s help").waitFor();

    await writeAndSeeDraft("Where?", "At the harbour.");
    await draft.getByRole("button", { name: "Edit first" }).click();
    const box = away.page.getByRole("textbox", { name: /^Message to/ });
    await eventually(
      () => box.inputValue(),
      (value) => value === "At the harbour.",
    );
    await draft.waitFor({ state: "detached" });
    await box.fill("At the harbour, pier 3.");
    await away.page.keyboard.press("Enter");
    await messageWith(away.page, "At the harbour, pier 3.").getByText("Sent", { exact: true }).waitFor();

    await writeAndSeeDraft("Bring wine?", "I do not know.");
    await draft.getByRole("button", { name: "Throw away" }).click();
    await draft.waitFor({ state: "detached" });
    const all: readonly { readonly content: string }[] = await history(url, writer, owner);
    expect(all.map(({ content }) => content)).toEqual([
      "Dinner?",
      "Yes, at six.",
      "Where?",
      "At the harbour, pier 3.",
      "Bring wine?",
    ]);
  });

  test("the owner says in plain words what the assistant may do, for whom, and tries it", async () => {
    const { url } = withModel;
    const [owner, friend] = [await signUp(url, "oskar"), await signUp(url, "wanda")];
    await send(url, owner, friend, "Hello");
    const { page } = await visitAs(url, owner);
    await goToArea(page, "Assistant");
    await page.getByLabel("For people you have never written to").selectOption("Notice");
    await page.getByRole("searchbox", { name: "Add a person" }).fill("wanda");
    await page.getByRole("button", { name: friend.username }).click();
    await page.getByRole("combobox", { name: `For ${friend.username}` }).selectOption("Nothing");
    await page.getByLabel("Your notice").fill("Back soon.");
    await page.getByLabel("In your own words").fill("The office is closed in August.");
    const links = page.getByLabel("Links it may give");
    await links.fill("not a link");
    await page.getByText("Each line must be an address that begins with https://").waitFor();
    expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    await links.fill("https://office.example");
    await page.getByLabel("Leave me time to answer first").fill("30");
    await page.getByLabel("Answers to each person while I am busy").fill("5");
    await page.getByLabel("It may say until when you are busy").uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Saved").first().waitFor();
    const { body } = await call(url, "GET", "/standin/settings", { token: owner.token });
    expect(body).toMatchObject({
      mode: "answer",
      newPeople: "notice",
      people: { [friend.id]: { mode: "off" } },
      noticeText: "Back soon.",
      facts: { text: "The office is closed in August.", links: ["https://office.example"] },
      shareUntil: false,
      waitSeconds: 30,
      answersPerPeriod: 5,
    });

    await page.getByLabel("From").selectOption(friend.username);
    await page.getByRole("button", { name: "Show me" }).click();
    await page.getByText("It would say nothing.").waitFor();
    await page.getByLabel("From").selectOption("Somebody new");
    await page.getByRole("button", { name: "Show me" }).click();
    await page.getByText("Back soon.").last().waitFor();
  });

  test("a blocked person is not heard, and is let in again", async () => {
    const { url } = withoutModel;
    const [owner, pest] = [await signUp(url, "otto"), await signUp(url, "wolf")];
    await send(url, pest, owner, "Buy this");
    const { page } = await visitAs(url, owner);
    await openFromList(page, pest.username);
    const menu = async (choice: string) => {
      await page.getByRole("button", { name: "More about this conversation" }).click();
      await page.getByRole("dialog").getByRole("button", { name: choice }).click();
    };
    await menu(`Block ${pest.username}`);
    await page
      .getByRole("dialog", { name: `Block ${pest.username}?` })
      .getByRole("button", { name: "Block" })
      .click();
    await page
      .getByRole("banner")
      .or(page.locator("header"))
      .getByText(`You blocked ${pest.username}.`)
      .first()
      .waitFor();
    await goToArea(page, "Settings");
    await page.getByRole("button", { name: `Unblock ${pest.username}` }).click();
    await page.getByText("You have blocked nobody.").waitFor();
    const { body } = await call(url, "GET", "/blocks", { token: owner.token });
    expect(body.blocks).toEqual([] satisfies Person[]);
  });
});
