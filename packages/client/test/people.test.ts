import { expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { newPerson, until } from "./people.ts";

test("a status is seen live, with its end and note, and after a time away", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: network.url });
  const bob = await newPerson("Bob", { url: server.url });
  await ada.client.listUsers();
  const seen: string[] = [];
  ada.client.on("user", ({ user }) => {
    if (user.id === bob.user.id) seen.push(user.status);
  });

  const end = new Date(Date.now() + 3_600_000).toISOString();
  await bob.client.setStatus({ status: "BUSY", until: end, note: "moving house" });
  await until("Ada sees it", () => ada.client.user(bob.user.id)?.status === "BUSY");
  expect(ada.client.user(bob.user.id)).toMatchObject({ busyUntil: end, busyNote: "moving house", username: "Bob" });
  await until("Bob sees it, too", () => bob.client.me?.status === "BUSY");
  await bob.client.setStatus({ status: "ONLINE" });
  await until("Ada sees it", () => ada.client.user(bob.user.id)?.status === "ONLINE");

  network.refuse();
  await until("it notices", () => ada.client.connection === "connecting");
  await bob.client.setStatus({ status: "AVAILABLE" });
  network.heal();
  await until("Ada sees it", () => ada.client.user(bob.user.id)?.status === "AVAILABLE");
  expect(seen.at(-1)).toBe("AVAILABLE");
});

test("people are paged and found", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  for (const name of ["Bea", "Ben", "Cem"]) await newPerson(name, { url });
  const first = await ada.client.listUsers({ limit: 2 });
  expect(first.users).toHaveLength(2);
  const second = await ada.client.listUsers({ limit: 2, cursor: first.nextCursor ?? "" });
  expect([...first.users, ...second.users].map(({ username }) => username).sort()).toEqual(["Bea", "Ben", "Cem"]);
  expect(second.nextCursor).toBeNull();
  expect((await ada.client.listUsers({ q: "be" })).users).toHaveLength(2);
});

test("typing goes out once in a while, however often it is called", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const typing: string[] = [];
  bob.client.on("typing", ({ peer }) => typing.push(peer));
  const conversation = ada.client.conversation(bob.user.id);
  for (let key = 0; key < 50; key += 1) conversation.typing();
  await until("Bob sees it", () => typing.length > 0);
  // What was typed before a message arrives before it.
  await conversation.send("done");
  await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 1);
  expect(typing).toEqual([ada.user.id]);
});

test("blocked people are listed, and what they write is not news", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  await bob.client.block(ada.user.id);
  expect(await bob.client.listBlocks()).toMatchObject([{ username: "Ada" }]);
  await ada.client.conversation(bob.user.id).send("hello?");
  await bob.client.unblock(ada.user.id);
  expect(await bob.client.listBlocks()).toEqual([]);
  expect(bob.client.conversations()).toEqual([]);
});

test("summaries and lists are the same object until something changes, and the newest conversation comes first", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const cem = await newPerson("Cem", { url });
  // All of them is known before, so that nothing that comes late is news of Cem.
  await ada.client.listUsers();
  await ada.client.conversation(bob.user.id).send("to Bob");
  await ada.client.conversation(cem.user.id).send("to Cem");
  expect(ada.client.conversations().map(({ user }) => user?.status)).toEqual(["ONLINE", "ONLINE"]);
  expect(ada.client.conversations().map(({ peer }) => peer)).toEqual([cem.user.id, bob.user.id]);
  const list = ada.client.conversations();
  expect(ada.client.conversations()).toBe(list);
  const told: string[] = [];
  ada.client.on("conversation", ({ peer }) => told.push(peer));
  await bob.client.conversation(ada.user.id).send("from Bob");
  await until("Bob is first", () => ada.client.conversations()[0]?.peer === bob.user.id);
  expect(ada.client.conversations()[1]).toBe(list[0]);
  expect(told).toContain(bob.user.id);
  expect(told).not.toContain(cem.user.id);
});
