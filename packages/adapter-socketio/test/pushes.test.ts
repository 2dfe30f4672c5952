import type { ChatEvent, Message } from "@standin/core";
import { expect, test } from "vitest";
import { type Device, type Person, startTestServer } from "./test-server.ts";

/** Two people with two devices each, and somebody who has nothing to do with them. */
const setUp = async () => {
  const server = await startTestServer();
  const [ada, bob, eve] = [await server.signUp("Ada"), await server.signUp("Bob"), await server.signUp("Eve")];
  const [ada1, ada2] = [await server.device(ada), await server.device(ada)];
  const [bob1, bob2] = [await server.device(bob), await server.device(bob)];
  const eve1 = await server.device(eve);
  return { server, ada, bob, eve, ada1, ada2, bob1, bob2, eve1 };
};

/** A server whose events the test publishes itself, as another node would. */
const publish = (server: Awaited<ReturnType<typeof startTestServer>>, event: ChatEvent): void =>
  server.ports.events.publish(event);

const standInMessage = (server: Awaited<ReturnType<typeof startTestServer>>, owner: Person, to: Person): Message => {
  const id = server.ports.ids.id();
  const [low, high] = [owner.id, to.id].sort();
  return {
    id,
    conversation: `${low}:${high}`,
    sender: owner.id,
    recipient: to.id,
    content: "Ada's assistant: she is busy",
    at: 0,
    seq: 2,
    origin: "standin",
    clientMsgId: null,
    period: 1,
    blocked: false,
    messageOnly: false,
    counts: [1, 1],
    rev: null,
    inReplyTo: server.ports.ids.id(),
    generator: { provider: "template" },
    notice: true,
    label: "Ada's assistant",
    verdict: "unconfirmed",
    previousContent: null,
  };
};

test("a changed message is shown to each as they may see it", async () => {
  const { server, ada, bob, ada1, bob2, eve1 } = await setUp();
  const message: Message = {
    ...standInMessage(server, ada, bob),
    content: "",
    verdict: "withdrawn",
    previousContent: "Ada's assistant: she is busy",
    rev: 1,
  };
  publish(server, { type: "message-changed", message });
  const [forOwner] = await ada1.all("messageUpdated");
  const [forWriter] = await bob2.all("messageUpdated");
  expect(forOwner).toMatchObject({ content: "", rev: 1, previousContent: "Ada's assistant: she is busy" });
  expect(forWriter).toMatchObject({ content: "", rev: 1, verdict: "withdrawn" });
  expect(forWriter).not.toHaveProperty("previousContent");
  expect(await eve1.all("messageUpdated")).toEqual([]);
});

test("a status for an audience is told to the audience and the user, each once", async () => {
  const { server, ada, bob, ada1, ada2, bob1, eve1 } = await setUp();
  const user = { ...(await server.chat.me(ada.caller)), email: null, busyNote: "only for Bob" };
  publish(server, { type: "status-changed", user, audience: [bob.id] });
  const noted = (device: Device): unknown[] =>
    device.heard.filter(({ payload }) => JSON.stringify(payload).includes("only for Bob"));
  // The changes of the log-ins may hold it back for one flush.
  while (noted(ada1).length === 0) await ada1.next("userStatusUpdated");
  await Promise.all([ada1, ada2, bob1, eve1].map((device) => device.all("userStatusUpdated")));
  expect([ada1, ada2, bob1, eve1].map((device) => noted(device).length)).toEqual([1, 1, 1, 0]);
});
