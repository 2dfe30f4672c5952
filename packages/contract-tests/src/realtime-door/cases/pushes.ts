import assert from "node:assert/strict";
import { counts, crowd } from "../crowd.ts";
import { assertMessage, assertSent, contentsOf, messageOf } from "../expected.ts";
import type { RealtimeCase } from "../realtime-door.ts";
import { overWebSocket } from "../scene.ts";

/** Who is told what, through whichever door it came. */
export const pushCases: readonly RealtimeCase[] = [
  ...overWebSocket(
    "RD-30",
    "every device of both people hears of a message but the one that sent it, and nobody else",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, ada1, ada2, ben1, ben2 } = all;
      const id = assertSent(await ada1.ask("sendMessage", { to: ben.id, message: "Hi" }), messageOf(ada, ben, "Hi", 1));
      await all.arrived();
      assert.deepEqual(counts(all, "incomingMessage"), [0, 0, 1, 1, 0]);
      assert.deepEqual(counts(all, "messageSent"), [0, 1, 0, 0, 0]);
      const expected = messageOf(ada, ben, "Hi", 1);
      assert.equal(assertMessage(ada2.all("messageSent")[0], expected), id);
      for (const device of [ben1, ben2])
        assert.equal(assertMessage(device.all("incomingMessage")[0], { ...expected, from: ada.id }), id);
    },
  ),
  ...overWebSocket(
    "RD-31",
    "a message that came through another door is pushed to all devices of both",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, ada1, ben1 } = all;
      await all.chat.sendMessage(ada.caller, { to: ben.id, message: "over HTTP" });
      await all.arrived();
      assert.deepEqual(counts(all, "incomingMessage"), [0, 0, 1, 1, 0]);
      assert.deepEqual(counts(all, "messageSent"), [1, 1, 0, 0, 0]);
      assertMessage(ada1.all("messageSent")[0], messageOf(ada, ben, "over HTTP", 1));
      assertMessage(ben1.all("incomingMessage")[0], { ...messageOf(ada, ben, "over HTTP", 1), from: ada.id });
    },
  ),
  ...overWebSocket(
    "RD-32",
    "a note to oneself is news to the other devices only, and never incoming",
    async (scene) => {
      const all = await crowd(scene);
      assertSent(
        await all.ada1.ask("sendMessage", { to: all.ada.id, message: "note" }),
        messageOf(all.ada, all.ada, "note", 1),
      );
      await all.arrived();
      assert.deepEqual(counts(all, "messageSent"), [0, 1, 0, 0, 0]);
      assert.deepEqual(counts(all, "incomingMessage"), [0, 0, 0, 0, 0]);
    },
  ),
  ...overWebSocket("RD-33", "a send that is repeated is answered as the first time and pushed once", async (scene) => {
    const all = await crowd(scene);
    const { ada, ben, ada1, ada2 } = all;
    const send = { to: ben.id, message: "Hi", clientMsgId: "again" };
    const first = await ada1.ask("sendMessage", send);
    assertSent(first, { ...messageOf(ada, ben, "Hi", 1), clientMsgId: "again" });
    for (const device of [ada1, ada2]) assert.deepEqual(await device.ask("sendMessage", send), first);
    const other = await ada1.ask("sendMessage", { ...send, message: "Something else" });
    assert.partialDeepStrictEqual(other, { success: false, code: "CONFLICT" });
    await all.arrived();
    assert.deepEqual(counts(all, "incomingMessage"), [0, 0, 1, 1, 0]);
    assert.deepEqual(counts(all, "messageSent"), [0, 1, 0, 0, 0]);
  }),
  ...overWebSocket("RD-34", "a client's id of a send goes to its sender alone", async (scene) => {
    const all = await crowd(scene);
    const { ada, ben, ada1, ada2, ben1 } = all;
    await ada1.ask("sendMessage", { to: ben.id, message: "Hi", clientMsgId: "mine" });
    await all.arrived();
    assertMessage(ada2.all("messageSent")[0], { ...messageOf(ada, ben, "Hi", 1), clientMsgId: "mine" });
    assertMessage(ben1.all("incomingMessage")[0], { ...messageOf(ada, ben, "Hi", 1), from: ada.id });
    const read = await ben1.ask("getMessages", { from: ada.id, to: ben.id });
    assert.ok(!JSON.stringify(read).includes("mine"), "another's clientMsgId is in the history");
  }),
  ...overWebSocket(
    "RD-35",
    "what a blocked person does is acknowledged as ever and told to nobody but themselves",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, ada1, ben1 } = all;
      await all.chat.block(ben.caller, ada.id);
      assertSent(await ada1.ask("sendMessage", { to: ben.id, message: "Hi" }), messageOf(ada, ben, "Hi", 1));
      assert.deepEqual(await ada1.ask("typing", { to: ben.id }), { success: true });
      assert.deepEqual(await ada1.ask("markRead", { peer: ben.id, seq: 1 }), { success: true });
      await all.arrived();
      assert.deepEqual(counts(all, "incomingMessage"), [0, 0, 0, 0, 0]);
      assert.deepEqual(counts(all, "typing"), [0, 0, 0, 0, 0]);
      assert.deepEqual(counts(all, "messagesRead"), [0, 1, 0, 0, 0]);
      assert.deepEqual(counts(all, "messageSent"), [0, 1, 0, 0, 0]);
      const between = { from: ada.id, to: ben.id };
      const blocked = (answer: unknown): boolean => JSON.stringify(answer).includes('"blocked":true');
      assert.deepEqual(
        [blocked(await ada1.ask("getMessages", between)), blocked(await ben1.ask("getMessages", between))],
        [false, true],
      );
    },
  ),
  ...overWebSocket(
    "RD-36",
    "reading is told to the other person and the reader's other devices, through whichever door",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, ada1, ben1, ben2 } = all;
      for (const message of ["one", "two"]) await ada1.ask("sendMessage", { to: ben.id, message });
      await ben1.ask("markRead", { peer: ada.id, seq: 1 });
      await all.arrived();
      assert.deepEqual(counts(all, "messagesRead"), [1, 1, 0, 1, 0]);
      await all.chat.markRead(ben.caller, { peer: ada.id, seq: 2 });
      await all.arrived();
      assert.deepEqual(counts(all, "messagesRead"), [2, 2, 1, 2, 0]);
      const told = [1, 2].map((seq) => ({ userId: ben.id, peer: ada.id, seq }));
      assert.deepEqual(ben2.all("messagesRead"), told);
      assert.deepEqual(ada1.all("messagesRead"), told);
    },
  ),
  ...overWebSocket(
    "RD-37",
    "the sends of one socket keep their order, for the sender, the recipient and the store",
    async (scene) => {
      const all = await crowd(scene);
      const { ada, ben, ada1, ada2, ben1 } = all;
      const texts = Array.from({ length: 30 }, (_, index) => `message ${index}`);
      const answers = await Promise.all(texts.map((message) => ada1.ask("sendMessage", { to: ben.id, message })));
      for (const [index, answer] of answers.entries())
        assertSent(answer, messageOf(ada, ben, texts[index] ?? "", index + 1));
      await all.arrived();
      assert.deepEqual(contentsOf(ben1.all("incomingMessage")), texts);
      assert.deepEqual(contentsOf(ada2.all("messageSent")), texts);
      const { messages } = await all.chat.readMessages(ada.caller, { peer: ben.id });
      assert.deepEqual(contentsOf(messages), texts);
    },
  ),
  ...overWebSocket("RD-38", "who wrote, when, and as what is never taken from a payload", async (scene) => {
    const all = await crowd(scene);
    const { ada, ben, cy, ada1, ben1 } = all;
    const forged = {
      sender: cy.id,
      from: cy.id,
      userId: cy.id,
      origin: "standin",
      onBehalfOf: cy.id,
      label: "Cy's assistant",
      seq: 99,
      _id: "f".repeat(24),
      timestamp: "1999-01-01T00:00:00.000Z",
      inReplyTo: "f".repeat(24),
      verdict: "confirmed",
      blocked: true,
    };
    const id = assertSent(
      await ada1.ask("sendMessage", { ...forged, to: ben.id, message: "Hi" }),
      messageOf(ada, ben, "Hi", 1),
    );
    assert.notEqual(id, forged._id);
    assert.deepEqual(await ada1.ask("typing", { ...forged, to: ben.id }), { success: true });
    assert.deepEqual(await ada1.ask("userStatusUpdate", { ...forged, status: "BUSY" }), {
      success: true,
      message: "Status updated",
    });
    await all.arrived();
    const [incoming] = ben1.all("incomingMessage");
    assert.equal(assertMessage(incoming, { ...messageOf(ada, ben, "Hi", 1), from: ada.id }), id);
    assert.notEqual((incoming as { readonly timestamp: string }).timestamp, forged.timestamp);
    assert.deepEqual(ben1.all("typing"), [{ from: ada.id }]);
    assert.notEqual((await all.chat.me(cy.caller)).status, "BUSY");
  }),
];
