import { expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { newPerson, until } from "./people.ts";

test("two people sign up, find each other and talk", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });

  const { users } = await ada.client.listUsers({ q: "bo" });
  expect(users.map(({ username }) => username)).toEqual(["Bob"]);

  const heard: string[] = [];
  bob.client.on("message", ({ peer, message }) => heard.push(`${peer === ada.user.id}: ${message.content}`));
  const sent = await ada.client.conversation(bob.user.id).send("Are you there?");
  expect(sent).toMatchObject({ content: "Are you there?", seq: 1, sender: ada.user.id, recipient: bob.user.id });

  await until("Bob hears it", () => heard.length > 0);
  expect(heard).toEqual(["true: Are you there?"]);
  const [conversation] = bob.client.conversations();
  expect(conversation).toMatchObject({ peer: ada.user.id, unread: 1, lastMessage: { content: "Are you there?" } });

  bob.client.conversation(ada.user.id).markRead();
  await until(
    "Ada learns that Bob has read it",
    () => ada.client.conversation(bob.user.id).summary().peerReadSeq === 1,
  );
  expect(bob.client.conversation(ada.user.id).summary().unread).toBe(0);
});
