import assert from "node:assert/strict";
import type { Device } from "../device.ts";
import {
  assertMessage,
  assertSent,
  assertStatus,
  contentsOf,
  messageOf,
  nobodysId,
  notFound,
  unauthorized,
} from "../expected.ts";
import type { RealtimeCase } from "../realtime-door.ts";
import { overBoth, overPolling, type Person, type Scene } from "../scene.ts";

/** Ada and Ben, one device each, and nothing told yet. */
const bothConnected = async (scene: Scene): Promise<Scene & { readonly adas: Device; readonly bens: Device }> => {
  const adas = await scene.device(scene.ada);
  const bens = await scene.device(scene.ben);
  await scene.settleStatuses(adas, bens);
  adas.forget();
  bens.forget();
  return { ...scene, adas, bens };
};

/** What a list of messages must be, in order. */
const assertMessages = (answer: unknown, expected: readonly object[]): void => {
  const { messages } = { messages: [], ...(answer as object) };
  assert.deepEqual(answer, { success: true, messages });
  assert.equal(messages.length, expected.length);
  for (const [index, each] of expected.entries()) assertMessage(messages[index], each);
};

const asEverybodySees = (person: Person): object => ({
  id: person.id,
  username: person.username,
  email: person.email,
  status: "ONLINE",
  prevstatus: "AVAILABLE",
  connected: true,
  busySince: null,
  busyUntil: null,
  busyNote: null,
});

/** The tables of the documentation, row by row, with and without an acknowledgement. */
export const documentedCases: readonly RealtimeCase[] = [
  ...overBoth("RD-01", "userLoggedIn is acknowledged with the user, who is ONLINE from then on", async (scene) => {
    const { adas, ada, chat } = await bothConnected(scene);
    assert.deepEqual(await adas.ask("userLoggedIn", { userId: ada.id }), { success: true, user: asEverybodySees(ada) });
    assert.equal((await chat.me(ada.caller)).status, "ONLINE");
  }),
  ...overBoth("RD-02", "userLoggedIn without an acknowledgement logs in and is answered by nothing", async (scene) => {
    const { ada, settle } = scene;
    const device = await scene.device(null);
    device.tell("userLoggedIn", { userId: ada.id, token: ada.token });
    assertMessages(await device.ask("getMessages", { from: ada.id, to: ada.id }), []);
    await settle([ada], device);
    assert.deepEqual([...device.all("messageResponse"), ...device.all("messages")], []);
  }),
  ...overBoth(
    "RD-03",
    "sendMessage is acknowledged with the stored message, and the recipient hears it",
    async (scene) => {
      const { ada, ben, adas, bens, settle } = await bothConnected(scene);
      const expected = messageOf(ada, ben, "Hello", 1);
      const answer = await adas.ask("sendMessage", { to: ben.id, message: "Hello", clientMsgId: "one" });
      const id = assertSent(answer, { ...expected, clientMsgId: "one" });
      const incoming = await bens.hears("incomingMessage");
      assert.equal(assertMessage(incoming, { ...expected, from: ada.id }), id);
      await settle([ada, ben], adas, bens);
      assert.deepEqual(bens.all("incomingMessage"), [incoming]);
      assert.deepEqual(adas.heard, [], "the acknowledgement is the whole answer");
    },
  ),
  ...overBoth("RD-04", "sendMessage without an acknowledgement is answered by messageResponse, once", async (scene) => {
    const { ada, ben, adas, bens, settle } = await bothConnected(scene);
    adas.tell("sendMessage", { to: ben.id, message: "Hello" });
    const id = assertSent(await adas.hears("messageResponse"), messageOf(ada, ben, "Hello", 1));
    assert.equal(
      assertMessage(await bens.hears("incomingMessage"), { ...messageOf(ada, ben, "Hello", 1), from: ada.id }),
      id,
    );
    await settle([ada], adas);
    assert.equal(adas.heard.length, 1);
  }),
  ...overBoth(
    "RD-05",
    "sendMessage to nobody, or without its fields, is refused in words, both ways",
    async (scene) => {
      const { ada, ben, adas, bens, settle, chat } = await bothConnected(scene);
      const incomplete = {
        success: false,
        message: "to and message are required",
        code: "INVALID",
        errors: [{ path: "message", message: "message is required" }],
      };
      const refused: readonly (readonly [object, object])[] = [
        [{ to: nobodysId, message: "Hello" }, notFound],
        [{ to: "nobody at all", message: "Hello" }, notFound],
        [{ to: ben.id }, incomplete],
      ];
      for (const [payload, refusal] of refused) assert.deepEqual(await adas.ask("sendMessage", payload), refusal);
      assert.deepEqual(adas.heard, []);
      for (const [payload, refusal] of refused) {
        adas.forget();
        adas.tell("sendMessage", payload);
        assert.deepEqual(await adas.hears("messageResponse"), refusal);
      }
      await settle([ada, ben], adas, bens);
      assert.equal(adas.all("messageResponse").length, 1);
      assert.deepEqual(bens.all("incomingMessage"), []);
      assert.deepEqual((await chat.readMessages(ada.caller, { peer: ben.id })).messages, []);
    },
  ),
  ...overBoth(
    "RD-06",
    "getMessages answers both directions, oldest first, however the two are named",
    async (scene) => {
      const { ada, ben, adas, bens, settle } = await bothConnected(scene);
      await adas.ask("sendMessage", { to: ben.id, message: "one" });
      await bens.ask("sendMessage", { to: ada.id, message: "two" });
      const expected = [messageOf(ada, ben, "one", 1), messageOf(ben, ada, "two", 2)];
      assertMessages(await adas.ask("getMessages", { from: ada.id, to: ben.id }), expected);
      assertMessages(await adas.ask("getMessages", { from: ben.id, to: ada.id }), expected);
      assertMessages(await bens.ask("getMessages", { from: ada.id, to: ben.id }), expected);
      assert.deepEqual(adas.all("messages"), []);
      adas.tell("getMessages", { from: ada.id, to: ben.id });
      assertMessages(await adas.hears("messages"), expected);
      await settle([ada], adas);
      assert.equal(adas.all("messages").length, 1);
    },
  ),
  ...overBoth("RD-07", "getMessages of other people's conversation is refused, both ways", async (scene) => {
    const { ada, ben, adas } = await bothConnected(scene);
    await adas.ask("sendMessage", { to: ben.id, message: "between us" });
    const stranger = await scene.device(scene.cy);
    assert.deepEqual(await stranger.ask("getMessages", { from: ada.id, to: ben.id }), unauthorized);
    stranger.tell("getMessages", { from: ben.id, to: ada.id });
    assert.deepEqual(await stranger.hears("messages"), unauthorized);
  }),
  ...overBoth(
    "RD-08",
    "userStatusUpdate is acknowledged and told to everybody, once, the sender included",
    async (scene) => {
      const { ada, adas, bens, settleStatuses } = await bothConnected(scene);
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const answer = await adas.ask("userStatusUpdate", { status: "BUSY", until, note: "Writing" });
      assert.deepEqual(answer, { success: true, message: "Status updated" });
      const expected = { status: "BUSY", prevstatus: "ONLINE", busyUntil: until, busyNote: "Writing" };
      for (const device of [adas, bens]) assertStatus(await device.hears("userStatusUpdated"), ada, expected);
      await settleStatuses(adas, bens);
      assert.deepEqual([adas.heard.length, bens.heard.length], [1, 1]);
    },
  ),
  ...overBoth(
    "RD-09",
    "userStatusUpdate without an acknowledgement is answered by its announcement alone",
    async (scene) => {
      const { ada, adas, bens, settleStatuses } = await bothConnected(scene);
      adas.tell("userStatusUpdate", { status: "AVAILABLE" });
      const expected = { status: "AVAILABLE", prevstatus: "ONLINE" };
      for (const device of [adas, bens]) assertStatus(await device.hears("userStatusUpdated"), ada, expected);
      await settleStatuses(adas, bens);
      assert.deepEqual([adas.heard.length, bens.heard.length], [1, 1]);
    },
  ),
  ...overBoth(
    "RD-10",
    "a status that does not exist is refused to the callback alone, and nothing changes",
    async (scene) => {
      const { ada, adas, bens, settleStatuses, chat } = await bothConnected(scene);
      const refusal = {
        success: false,
        message: "Status is required and must be 'AVAILABLE', 'BUSY' or 'ONLINE'",
        code: "INVALID",
        errors: [{ path: "status", message: "status must be 'AVAILABLE', 'BUSY' or 'ONLINE'" }],
      };
      assert.deepEqual(await adas.ask("userStatusUpdate", { status: "AWAY" }), refusal);
      adas.tell("userStatusUpdate", { status: "AWAY" });
      await adas.ask("userStatusUpdate", { status: "ONLINE" });
      await settleStatuses(adas, bens);
      assert.deepEqual([...adas.heard, ...bens.heard], []);
      assert.equal((await chat.me(ada.caller)).status, "ONLINE");
    },
  ),
  ...overBoth(
    "RD-11",
    "markRead is acknowledged and told to the other person, not to the device that read",
    async (scene) => {
      const { ada, ben, adas, bens, settle } = await bothConnected(scene);
      await adas.ask("sendMessage", { to: ben.id, message: "one" });
      assert.deepEqual(await bens.ask("markRead", { peer: ada.id, seq: 1 }), { success: true });
      await settle([ada, ben], adas, bens);
      assert.deepEqual(adas.heard, [{ event: "messagesRead", payload: { userId: ben.id, peer: ada.id, seq: 1 } }]);
      assert.deepEqual(bens.all("messagesRead"), []);
    },
  ),
  ...overBoth("RD-12", "typing is acknowledged and told to the other person alone", async (scene) => {
    const { ada, ben, adas, bens, settle } = await bothConnected(scene);
    const stranger = await scene.device(scene.cy);
    assert.deepEqual(await bens.ask("typing", { to: ada.id }), { success: true });
    await settle([ada, ben, scene.cy], adas, bens, stranger);
    assert.deepEqual(adas.all("typing"), [{ from: ben.id }]);
    assert.deepEqual([...bens.all("typing"), ...stranger.all("typing")], []);
  }),
  ...overPolling(
    "RD-13",
    "a stock client that begins with polling goes over to a WebSocket and misses nothing",
    async (scene) => {
      const { ada, ben, settle } = scene;
      const [adas, bens] = [await scene.device(ada), await scene.device(ben, { transports: ["polling", "websocket"] })];
      const { engine } = bens.socket.io;
      const texts = Array.from({ length: 20 }, (_, index) => `message ${index}`);
      for (const message of texts) await adas.ask("sendMessage", { to: ben.id, message });
      if (engine.transport.name !== "websocket") await new Promise((resolve) => engine.once("upgrade", resolve));
      await adas.ask("sendMessage", { to: ben.id, message: "after the change" });
      await settle([ben], bens);
      assert.deepEqual(contentsOf(bens.all("incomingMessage")), [...texts, "after the change"]);
    },
  ),
];
