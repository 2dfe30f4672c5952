import { createMemoryPorts } from "@standin/adapter-memory";
import { type Message, memoryStorage } from "@standin/client";
import { expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { gatedFetch } from "./gated-fetch.ts";
import { newClient, newPerson, until } from "./people.ts";

const seqs = (messages: readonly { readonly seq: number }[]): number[] => messages.map(({ seq }) => seq);
const upTo = (count: number, from = 1): number[] =>
  Array.from({ length: count - from + 1 }, (_, index) => from + index);

test("another device of the same person hears of what one writes, and of how far one has read", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const laptop = newClient({ url });
  await laptop.signIn(ada.account);
  await laptop.synced();

  const heard: Message[] = [];
  laptop.on("message", ({ message }) => heard.push(message));
  await ada.client.conversation(bob.user.id).send("from the phone");
  await bob.client.conversation(ada.user.id).send("an answer");
  await until("the laptop has both", () => heard.length === 2);
  expect(heard).toMatchObject([{ sender: ada.user.id }, { sender: bob.user.id }]);
  expect(laptop.conversation(bob.user.id).summary()).toMatchObject({ unread: 1, lastSeq: 2, readSeq: 0 });

  const onThePhone = ada.client.conversation(bob.user.id);
  await until("so has the phone", () => onThePhone.summary().lastSeq === 2);
  onThePhone.markRead();
  await until("the laptop knows", () => laptop.conversation(bob.user.id).summary().unread === 0);
  expect(laptop.conversation(bob.user.id).summary().readSeq).toBe(2);
});

test("a new device has the list, takes nothing old for news, and reads back page by page", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  for (const each of upTo(30)) await ada.client.conversation(bob.user.id).send(`message ${each}`);

  const laptop = newClient({ url });
  const heard: Message[] = [];
  laptop.on("message", ({ message }) => heard.push(message));
  await laptop.signIn(bob.account);
  await laptop.synced();
  expect(laptop.conversations()).toMatchObject([
    { peer: ada.user.id, user: { username: "Ada" }, lastSeq: 30, unread: 30, lastMessage: { content: "message 30" } },
  ]);
  const conversation = laptop.conversation(ada.user.id);
  expect(conversation.messages()).toEqual([]);
  expect(await conversation.older({ limit: 10 })).toBe(true);
  expect(seqs(conversation.messages())).toEqual(upTo(30, 21));
  expect(await conversation.older({ limit: 10 })).toBe(true);
  expect(await conversation.older({ limit: 10 })).toBe(false);
  expect(seqs(conversation.messages())).toEqual(upTo(30));
  expect(heard).toEqual([]);
});

test("a new device takes nothing old for news, also when something new comes before it has read the list", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  for (const each of upTo(10)) await ada.client.conversation(bob.user.id).send(`message ${each}`);
  const gate = gatedFetch();
  const laptop = newClient({ url, fetch: gate.fetch });
  const heard: Message[] = [];
  laptop.on("message", ({ message }) => heard.push(message));
  gate.close("/conversations");
  await laptop.signIn(bob.account);
  await until("the list is on its way", () => gate.waiting() === 1);
  await ada.client.conversation(bob.user.id).send("message 11");
  // On the same connection, so that the push has arrived when this is answered.
  await laptop.setStatus({ status: "ONLINE" });
  gate.open();
  await laptop.synced();
  expect(seqs(heard)).toEqual([11]);
});

test("first words of a stranger, while one was away, are news with a name", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: network.url });
  const bob = await newPerson("Bob", { url: server.url });
  const heard: string[] = [];
  ada.client.on("message", ({ message }) => heard.push(message.content));
  network.refuse();
  await until("it notices", () => ada.client.connection === "connecting");
  await bob.client.conversation(ada.user.id).send("one");
  await bob.client.conversation(ada.user.id).send("two");
  network.heal();
  await until("she has them", () => heard.length === 2);
  expect(heard).toEqual(["one", "two"]);
  expect(ada.client.conversations()).toMatchObject([{ user: { username: "Bob" }, unread: 2 }]);
});

test("first words of a stranger, live, get their name as well, where nobody tells of strangers", async () => {
  const { url } = await startChatServer({ presenceAudience: "conversations" });
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  await bob.client.conversation(ada.user.id).send("hello");
  await until("she knows who", () => ada.client.conversations()[0]?.user?.username === "Bob");
});

test("a message that was not pushed shows as a gap, and the gap is closed", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const heard: string[] = [];
  bob.client.on("message", ({ message }) => heard.push(message.content));
  await bob.client.block(ada.user.id);
  await ada.client.conversation(bob.user.id).send("not heard");
  await bob.client.unblock(ada.user.id);
  await ada.client.conversation(bob.user.id).send("heard");
  const conversation = bob.client.conversation(ada.user.id);
  await until("both are there", () => conversation.messages().length === 2);
  expect(conversation.messages()).toMatchObject([{ content: "not heard", blocked: true }, { content: "heard" }]);
  expect(conversation.summary()).toMatchObject({ unread: 1, lastMessage: { content: "heard" } });
  expect(heard).toEqual(["heard"]);
});

test("whoever missed more than is worth fetching starts at the newest, and the rest can be had", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: server.url });
  const bob = await newPerson("Bob", { url: network.url, catchUpMessages: 50, keepMessages: 20 });
  await ada.client.conversation(bob.user.id).send("message 1");
  const conversation = bob.client.conversation(ada.user.id);
  await until("it is there", () => conversation.messages().length === 1);
  network.refuse();
  await until("it notices", () => bob.client.connection === "connecting");
  for (const each of upTo(100, 2)) await ada.client.conversation(bob.user.id).send(`message ${each}`);
  network.heal();
  await until("the newest are there", () => conversation.summary().lastSeq === 100);
  expect(seqs(conversation.messages())).toEqual(upTo(100, 81));
  expect(conversation.summary().unread).toBe(100);
  while (await conversation.older()) {}
  expect(seqs(conversation.messages())).toEqual(upTo(100));
});

test("ten thousand messages can be read, and a new one does not make all of them anew", async () => {
  const server = await startChatServer();
  const bob = await newPerson("Bob", { url: server.url });
  const ada = await newPerson("Ada", { url: server.url });
  const token = (await server.chat.signIn(ada.account, { address: "192.0.2.1" })).token;
  const caller = await server.chat.authenticate(token);
  for (const each of upTo(10_000)) await server.chat.sendMessage(caller, { to: bob.user.id, message: `m ${each}` });

  const conversation = bob.client.conversation(ada.user.id);
  await conversation.load();
  while (await conversation.older({ limit: 1_000 })) {}
  await until("all are at hand", () => conversation.messages().length === 10_000);
  expect(conversation.summary()).toMatchObject({ lastSeq: 10_000, unread: 10_000 });
  const before = conversation.timeline();
  expect(conversation.timeline()).toBe(before);
  expect(before).toHaveLength(10_000);
  await ada.client.conversation(bob.user.id).send("one more");
  await until("it is there", () => conversation.messages().length === 10_001);
  expect(
    conversation
      .timeline()
      .slice(0, -1)
      .every((line, index) => line === before[index]),
  ).toBe(true);
});

test("a restored backup: the client starts afresh, keeps what is unsent, and goes on", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: network.url });
  const bob = await newPerson("Bob", { url: network.url });
  for (const each of upTo(5)) await ada.client.conversation(bob.user.id).send(`old ${each}`);
  const conversation = ada.client.conversation(bob.user.id);
  await conversation.load();
  await bob.client.conversation(ada.user.id).load();
  const afresh: unknown[] = [];
  ada.client.on("afresh", (event) => afresh.push(event));

  network.refuse();
  await until("it notices", () => ada.client.connection === "connecting");
  void conversation.send("written meanwhile");
  const { messages, standIns } = createMemoryPorts();
  await server.restart({ messages, standIns });
  network.heal();

  await until("it is sent", () => ada.client.unsent() === 0);
  await until("it is at hand", () => conversation.messages().length === 1);
  expect(afresh).toHaveLength(1);
  expect(conversation.messages()).toMatchObject([{ content: "written meanwhile", seq: 1 }]);
  await until("Bob has it, too", () => bob.client.conversation(ada.user.id).messages().length === 1);
});

test.each([0, 2])(
  "an older state of the same store, with %i messages of five: a cursor beyond its end means the same",
  async (restored) => {
    const server = await startChatServer();
    const network = await startFaultyNetwork(() => server.port);
    const ada = await newPerson("Ada", { url: network.url });
    const bob = await newPerson("Bob", { url: server.url });
    for (const each of upTo(5)) await ada.client.conversation(bob.user.id).send(`old ${each}`);
    const afresh: unknown[] = [];
    ada.client.on("afresh", (event) => afresh.push(event));
    network.refuse();
    await until("it notices", () => ada.client.connection === "connecting");
    // The port that it knows will be another server's, of any test's.
    await bob.client.close();
    const epoch = await server.ports.messages.epoch();
    const { messages, standIns } = createMemoryPorts();
    messages.epoch = async () => epoch;
    await server.restart({ messages, standIns });
    const laptop = newClient({ url: server.url });
    await laptop.signIn(bob.account);
    for (const each of upTo(restored)) await laptop.conversation(ada.user.id).send(`restored ${each}`);
    network.heal();
    await until("it starts afresh", () => afresh.length === 1);
    await ada.client.synced();
    const conversation = ada.client.conversation(bob.user.id);
    await conversation.load();
    expect(seqs(conversation.messages())).toEqual(upTo(restored));
    expect(await conversation.send("new")).toMatchObject({ seq: restored + 1 });
  },
);

test("the operator gives the store a new epoch while everybody is connected", async () => {
  const server = await startChatServer();
  const ada = await newPerson("Ada", { url: server.url });
  const bob = await newPerson("Bob", { url: server.url });
  for (const each of upTo(3)) await ada.client.conversation(bob.user.id).send(`message ${each}`);
  const afresh: unknown[] = [];
  ada.client.on("afresh", (event) => afresh.push(event));
  const conversation = ada.client.conversation(bob.user.id);
  await conversation.load();
  await server.chat.operator.newEpoch();
  server.sockets.io.emit("resync", {});
  await until("it starts afresh", () => afresh.length === 1);
  await until("what there is was read", () => conversation.messages().length === 3);
  expect(seqs(conversation.messages())).toEqual(upTo(3));
});

test("without a connection one reads what the device keeps", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const storage = memoryStorage();
  const ada = await newPerson("Ada", { url: network.url, storage, keepMessages: 10 });
  const bob = await newPerson("Bob", { url: server.url });
  expect(ada.client.conversation(bob.user.id).hasOlder).toBe(false);
  for (const each of upTo(25)) await bob.client.conversation(ada.user.id).send(`message ${each}`);
  await until("all are there", () => ada.client.conversation(bob.user.id).messages().length === 25);
  await until("she knows who", () => ada.client.conversations()[0]?.user !== null);
  await ada.client.close();
  network.refuse();

  const reopened = newClient({ url: network.url, storage, keepMessages: 10 });
  await reopened.resume();
  expect(reopened.conversations()).toMatchObject([{ user: { username: "Bob" }, lastSeq: 25, unread: 25 }]);
  const conversation = reopened.conversation(bob.user.id);
  await conversation.load();
  expect(seqs(conversation.messages())).toEqual(upTo(25, 16));
  expect(conversation.hasOlder).toBe(true);
  await expect(conversation.older()).rejects.toMatchObject({ code: "NETWORK" });
  conversation.markRead();
  expect(conversation.summary().unread).toBe(0);

  network.heal();
  await reopened.synced();
  expect(await conversation.older()).toBe(false);
  expect(seqs(conversation.messages())).toEqual(upTo(25));
  await until(
    "the server knows what was read",
    () => bob.client.conversation(ada.user.id).summary().peerReadSeq === 25,
  );
});
