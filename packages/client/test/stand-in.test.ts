import { type Message, memoryStorage } from "@standin/client";
import { expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { gatedFetch } from "./gated-fetch.ts";
import { newClient, newPerson, syncedAgain, until } from "./people.ts";

/** Ada has written to Bob, who is busy, and his assistant has answered. */
const answered = async (adasUrl?: (port: () => number) => Promise<string>) => {
  const server = await startChatServer({ mergeWindowMs: 0 });
  const storage = memoryStorage();
  const url = adasUrl === undefined ? server.url : await adasUrl(() => server.port);
  const ada = await newPerson("Ada", { url, storage });
  const bob = await newPerson("Bob", { url: server.url });
  await bob.client.setStatus({ status: "BUSY", note: "in a meeting" });
  const conversation = ada.client.conversation(bob.user.id);
  await conversation.load();
  await conversation.send("When are you back?");
  await until("the assistant answers", () => conversation.messages().length === 2);
  const [question, answer] = conversation.messages() as [Message, Message];
  return { server, ada, bob, conversation, question, answer, storage };
};

test("an assistant's answer says whose it is, and its owner confirms, corrects and withdraws it", async () => {
  const { bob, ada, conversation, question, answer } = await answered();
  expect(answer).toMatchObject({
    origin: "standin",
    sender: bob.user.id,
    label: "Bob's assistant",
    verdict: "unconfirmed",
  });
  expect(answer.inReplyTo).toBe(question._id);
  const changes: (string | undefined)[] = [];
  ada.client.on("messageChanged", ({ message }) => changes.push(message.verdict));

  await bob.client.standin.judge(answer._id, { verdict: "confirmed" });
  const corrected = await bob.client.standin.judge(answer._id, { verdict: "corrected", content: "At six" });
  expect(corrected).toMatchObject({ content: "At six", verdict: "corrected" });
  await until("Ada sees it", () => conversation.messages()[1]?.content === "At six");
  await bob.client.standin.judge(answer._id, { verdict: "withdrawn" });
  await until("it is withdrawn", () => conversation.messages()[1]?.content === "");
  expect(changes).toEqual(["confirmed", "corrected", "withdrawn"]);
  await expect(bob.client.standin.judge(answer._id, { verdict: "confirmed" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});

test("what was changed while one was away is caught up with, told once, and kept on the device", async () => {
  let network: Awaited<ReturnType<typeof startFaultyNetwork>> | undefined;
  const { ada, bob, conversation, answer } = await answered(async (port) => {
    network = await startFaultyNetwork(port);
    return network.url;
  });
  const changes: string[] = [];
  ada.client.on("messageChanged", ({ message }) => changes.push(`${message.rev} ${message.content}`));
  network?.refuse();
  await until("it notices", () => ada.client.connection === "connecting");
  await bob.client.standin.judge(answer._id, { verdict: "confirmed" });
  await bob.client.standin.judge(answer._id, { verdict: "corrected", content: "At six" });
  network?.heal();
  await until("Ada sees it", () => conversation.messages()[1]?.content === "At six");
  expect(changes).toEqual(["2 At six"]);
  expect(conversation.summary().lastMessage?.content).toBe("At six");

  const isBack = syncedAgain(ada.client);
  network?.cut();
  await isBack;
  await bob.client.standin.judge(answer._id, { verdict: "corrected", content: "At seven" });
  await until("Ada sees it", () => conversation.messages()[1]?.content === "At seven");
  expect(changes).toEqual(["2 At six", "3 At seven"]);

  await ada.client.close();
  network?.refuse();
  await ada.client.resume();
  const again = ada.client.conversation(bob.user.id);
  await again.load();
  expect(again.messages()[1]?.content).toBe("At seven");
});

test("a page that was read before a change and arrives after it does not bring the old text back", async () => {
  const { server, ada, bob, answer } = await answered();
  const gate = gatedFetch();
  const laptop = newClient({ url: server.url, fetch: gate.fetch });
  await laptop.signIn(ada.account);
  await laptop.synced();
  const conversation = laptop.conversation(bob.user.id);
  gate.close("&before=");
  const older = conversation.older();
  await until("the page is on its way", () => gate.waiting() === 1);
  const changed = new Promise((resolve) => laptop.on("messageChanged", resolve));
  await bob.client.standin.judge(answer._id, { verdict: "corrected", content: "At six" });
  await changed;
  gate.open();
  await older;
  expect(conversation.messages().map(({ content }) => content)).toEqual(["When are you back?", "At six"]);
});

test("the owner's side: settings, preview, decisions, briefing, drafts", async () => {
  const { server, ada, bob, question, answer } = await answered();
  const { standin } = bob.client;
  expect(await standin.settings()).toMatchObject({ mode: "answer", waitSeconds: 0 });
  expect(await standin.changeSettings({ mode: "suggest", facts: { text: "Back at five" } })).toMatchObject({
    mode: "suggest",
    facts: { text: "Back at five" },
  });
  await expect(standin.changeSettings({ waitSeconds: 601 })).rejects.toMatchObject({
    errors: [{ path: "waitSeconds" }],
  });
  expect(await standin.preview({ message: "Hello?" })).toMatchObject({ decision: "suggested" });
  expect((await standin.decisions({ limit: 1 })).decisions).toMatchObject([
    { peer: ada.user.id, trigger: question._id, answer: answer._id },
  ]);
  expect((await standin.briefing()).people).toMatchObject([{ user: { username: "Ada" }, messages: 1, answers: [{}] }]);

  const drafts: string[] = [];
  bob.client.on("standinSuggestion", ({ id }) => drafts.push(id));
  await ada.client.conversation(bob.user.id).send("And tomorrow?");
  await until("there is a draft", () => drafts.length === 1);
  const { suggestions } = await standin.suggestions();
  expect(suggestions.map(({ id }) => id)).toEqual(drafts);
  const sent = await standin.sendSuggestion(suggestions[0]?.id ?? "");
  expect(sent).toMatchObject({ origin: "person", sender: bob.user.id });
  await until(
    "Bob's own client has it",
    () => bob.client.conversation(ada.user.id).messages().at(-1)?._id === sent._id,
  );
  const cem = await newPerson("Cem", { url: server.url });
  await cem.client.conversation(bob.user.id).send("Are you there?");
  await until("there is another draft", () => drafts.length === 2);
  await standin.dismissSuggestion(drafts[1] ?? "");
  expect((await standin.suggestions()).suggestions).toEqual([]);
});

test("the writer's side: urgent and message only", async () => {
  const { ada, bob } = await answered();
  const urgent: string[] = [];
  bob.client.on("standinUrgent", ({ from }) => urgent.push(from));
  await ada.client.standin.request({ to: bob.user.id, urgent: true });
  await until("Bob is told", () => urgent.length === 1);
  expect(urgent).toEqual([ada.user.id]);
  await expect(ada.client.standin.request({ to: bob.user.id, urgent: true })).rejects.toMatchObject({
    code: "LIMITED",
  });
  await ada.client.standin.request({ to: bob.user.id, messageOnly: true });
  await bob.client.setStatus({ status: "AVAILABLE" });
  await expect(ada.client.standin.request({ to: bob.user.id, urgent: true })).rejects.toMatchObject({
    code: "CONFLICT",
  });
});
