import { createMemoryRateLimiter } from "@standin/adapter-memory";
import { ClientError, memoryStorage } from "@standin/client";
import type { RateLimiter } from "@standin/core/ports";
import { describe, expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { newClient, newPerson, until } from "./people.ts";

const texts = (messages: readonly { readonly content: string }[]): string[] => messages.map(({ content }) => content);

test("what was written without a connection is shown, outlives a reload, and arrives once and in order", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const storage = memoryStorage();
  const ada = await newPerson("Ada", { url: network.url, storage });
  const bob = await newPerson("Bob", { url: server.url });

  network.refuse();
  await until("it notices", () => ada.client.connection === "connecting");
  const conversation = ada.client.conversation(bob.user.id);
  for (const text of ["one", "two", "three"]) void conversation.send(text);
  expect(conversation.timeline().map(({ unsent }) => unsent?.content)).toEqual(["one", "two", "three"]);
  expect(ada.client.unsent()).toBe(3);
  const keys = conversation.timeline().map(({ key }) => key);
  await ada.client.close();

  const reopened = newClient({ url: network.url, storage });
  expect(await reopened.resume()).toMatchObject({ id: ada.user.id, username: "Ada" });
  expect(texts(reopened.outbox())).toEqual(["one", "two", "three"]);
  expect(reopened.conversations().map(({ peer, unsent }) => [peer, unsent.length])).toEqual([[bob.user.id, 3]]);

  network.heal();
  await until("all is sent", () => reopened.unsent() === 0);
  await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 3);
  expect(texts(bob.client.conversation(ada.user.id).messages())).toEqual(["one", "two", "three"]);
  await until("it is at hand", () =>
    reopened
      .conversation(bob.user.id)
      .timeline()
      .every(({ unsent }) => unsent === null),
  );
  expect(
    reopened
      .conversation(bob.user.id)
      .timeline()
      .map(({ key }) => key),
  ).toEqual(keys);
});

test("a refused message keeps its text and the reason, and those after it go on", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const conversation = ada.client.conversation(bob.user.id);

  const refused = conversation.send("refused", { clientMsgId: "no such id" });
  const fine = conversation.send("short");
  const refusal: unknown = await refused.catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ClientError);
  expect(refusal).toMatchObject({ code: "INVALID", errors: [{ path: "clientMsgId" }], retryable: false });
  expect(await fine).toMatchObject({ seq: 1 });

  const [entry] = ada.client.outbox();
  expect(entry).toMatchObject({ state: "failed", content: "refused", error: { code: "INVALID" } });
  ada.client.retry(entry?.id ?? "");
  expect(ada.client.outbox()[0]?.state).toBe("waiting");
  await until("it is refused again", () => ada.client.outbox()[0]?.state === "failed");
  ada.client.discard(entry?.id ?? "");
  expect(ada.client.outbox()).toEqual([]);
  expect(ada.client.unsent()).toBe(0);
});

test("a message to nobody is refused by name", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  await expect(ada.client.conversation("0".repeat(24)).send("Hello?")).rejects.toMatchObject({
    code: "NOT_FOUND",
    message: "User not found",
  });
});

test("an id that was spent on something else is refused, and a retry takes a new one", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const conversation = ada.client.conversation(bob.user.id);
  await conversation.send("first", { clientMsgId: "mine" });
  await expect(conversation.send("second", { clientMsgId: "mine" })).rejects.toMatchObject({ code: "CONFLICT" });
  ada.client.retry("mine");
  await until("it is sent", () => ada.client.unsent() === 0);
  await until("both are at hand", () => conversation.messages().length === 2);
  expect(texts(conversation.messages())).toEqual(["first", "second"]);
});

test("the app's own id for a message makes repeating it harmless, too", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const conversation = ada.client.conversation(bob.user.id);
  const [one, other] = [
    conversation.send("once", { clientMsgId: "job-1" }),
    conversation.send("once", { clientMsgId: "job-1" }),
  ];
  expect((await one)._id).toBe((await other)._id);
  expect((await conversation.send("once", { clientMsgId: "job-1" })).seq).toBe(1);
  expect(texts(conversation.messages())).toEqual(["once"]);
});

test("faster than the server allows: it waits as long as it is told, and all arrives in order", async () => {
  const server = await startChatServer({ rateLimits: "default" });
  // It allows no more than its burst until it has refused something, however slow the machine is.
  let refusals = 0;
  const begunAt = Date.now();
  const limiter = createMemoryRateLimiter({ clock: { now: () => (refusals === 0 ? begunAt : Date.now()) } });
  const take: RateLimiter["take"] = async (rule, key) => {
    const answer = await limiter.take(rule, key);
    if (!answer.allowed) refusals += 1;
    return answer;
  };
  await server.restart({ limiter: { ...limiter, take } });
  const ada = await newPerson("Ada", { url: server.url });
  const bob = await newPerson("Bob", { url: server.url });
  const conversation = ada.client.conversation(bob.user.id);
  const wrote = Array.from({ length: 80 }, (_, index) => `message ${index}`);
  await Promise.all(wrote.map((text) => conversation.send(text)));
  expect(texts(conversation.messages())).toEqual(wrote);
  expect(refusals).toBeGreaterThan(0);
});

test("an abort ends the waiting, not the sending", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: network.url });
  const bob = await newPerson("Bob", { url: server.url });
  network.refuse();
  await until("it notices", () => ada.client.connection === "connecting");
  const controller = new AbortController();
  const sent = ada.client.conversation(bob.user.id).send("patience", { signal: controller.signal });
  controller.abort(new Error("enough"));
  await expect(sent).rejects.toThrow("enough");
  expect(ada.client.unsent()).toBe(1);
  network.heal();
  await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 1);
});

describe("two tabs over one storage", () => {
  const twoTabs = async () => {
    const server = await startChatServer();
    const network = await startFaultyNetwork(() => server.port);
    const storage = memoryStorage();
    const ada = await newPerson("Ada", { url: network.url, storage });
    const bob = await newPerson("Bob", { url: server.url });
    const second = newClient({ url: network.url, storage });
    await second.resume();
    await second.synced();
    return { server, network, storage, ada, bob, second };
  };

  test("send what both hold once", async () => {
    const { server, network, ada, bob, second } = await twoTabs();
    const wrote = Array.from({ length: 10 }, (_, index) => `message ${index}`);
    network.refuse();
    await until("both notice", () => [ada.client, second].every(({ connection }) => connection === "connecting"));
    for (const text of wrote) void ada.client.conversation(bob.user.id).send(text);
    network.heal();
    await until("all is sent", () => ada.client.unsent() + second.unsent() === 0);
    const caller = await server.chat.authenticate(
      (await server.chat.signIn(bob.account, { address: "192.0.2.1" })).token,
    );
    const { messages } = await server.chat.readMessages(caller, { peer: ada.user.id });
    expect(texts(messages)).toEqual(wrote);
    for (const tab of [ada.client, second])
      await until("both show it", () => texts(tab.conversation(bob.user.id).messages()).join() === wrote.join());
  });

  test("what one left unsent when it was closed, the other takes up", async () => {
    const { network, ada, bob, second } = await twoTabs();
    network.refuse();
    await until("both notice", () => [ada.client, second].every(({ connection }) => connection === "connecting"));
    void second.conversation(bob.user.id).send("left behind");
    await second.close();
    network.heal();
    await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 1);
    expect(texts(bob.client.conversation(ada.user.id).messages())).toEqual(["left behind"]);
  });

  test("what one discards, the other does not send", async () => {
    const { network, storage, ada, bob, second } = await twoTabs();
    network.refuse();
    await until("both notice", () => [ada.client, second].every(({ connection }) => connection === "connecting"));
    void ada.client.conversation(bob.user.id).send("better not");
    await until("it is kept", () => ada.client.unsent() === 1);
    await ada.client.close();
    // Both know of it now, and neither can send it.
    const third = newClient({ url: network.url, storage });
    await third.resume();
    const fourth = newClient({ url: network.url, storage });
    await fourth.resume();
    expect([third.unsent(), fourth.unsent()]).toEqual([1, 1]);
    third.discard(third.outbox()[0]?.id ?? "");
    void third.conversation(bob.user.id).send("rather this");
    network.heal();
    await until("all is sent", () => [third, fourth, second].every((tab) => tab.unsent() === 0));
    await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length > 0);
    expect(texts(bob.client.conversation(ada.user.id).messages())).toEqual(["rather this"]);
  });
});
