import assert from "node:assert/strict";
import { exchange } from "../../http-door/exchange.ts";
import type { Device } from "../device.ts";
import { assertInvalid } from "../expected.ts";
import type { RealtimeCase } from "../realtime-door.ts";
import { overBoth, overPolling, overWebSocket, type Person, type Scene } from "../scene.ts";

const frameBytes = 64 * 1024;

const requiredFields: readonly (readonly [event: string, ...paths: readonly string[]])[] = [
  ["userLoggedIn", "userId"],
  ["sendMessage", "to", "message"],
  ["getMessages", "from", "to"],
  ["userStatusUpdate", "status"],
  ["markRead", "peer", "seq"],
  ["typing", "to"],
];

/** Where the answer goes when nobody asked for an acknowledgement. */
const answerEvents: ReadonlyMap<string, string> = new Map([
  ["sendMessage", "messageResponse"],
  ["getMessages", "messages"],
]);

const assertWorks = async (device: Device, { id }: Person): Promise<void> =>
  assert.partialDeepStrictEqual(await device.ask("userLoggedIn", { userId: id }), { success: true, user: { id } });

/** The server goes on, for others and for whoever comes now. */
const assertLives = async (scene: Scene, other: Device): Promise<void> => {
  await assertWorks(other, scene.ben);
  await assertWorks(await scene.device(scene.ada), scene.ada);
};

/** Whatever a client sends is answered, and harms nobody. */
export const hostileCases: readonly RealtimeCase[] = [
  ...overBoth(
    "RD-60",
    "an event without a payload, or with another thing than an object, is refused by its fields",
    async (scene) => {
      const device = await scene.device(scene.ada);
      for (const [event, ...paths] of requiredFields) {
        assertInvalid(await device.ask(event), ...paths);
        for (const payload of [null, "text", 7, true, []]) assertInvalid(await device.ask(event, payload), ...paths);
        await scene.pass(1_000);
      }
      await assertWorks(device, scene.ada);
    },
  ),
  ...overWebSocket(
    "RD-61",
    "bad events without an acknowledgement are answered where there is an event for it, and survived",
    async (scene) => {
      const { ada } = scene;
      const device = await scene.device(ada);
      await scene.settleStatuses(device);
      device.forget();
      for (const [event] of requiredFields) {
        const answerEvent = answerEvents.get(event);
        for (const payloads of [[], [null, null], ["text"]]) {
          device.tell(event, ...payloads);
          if (answerEvent === undefined) continue;
          assert.partialDeepStrictEqual(await device.hears(answerEvent), { success: false, code: "INVALID" });
          device.forget();
        }
      }
      await assertWorks(device, ada);
      await scene.settle([ada], device);
      assert.deepEqual(device.heard, []);
    },
  ),
  ...overWebSocket("RD-62", "an event with more than its payload is refused and not carried out", async (scene) => {
    const { ada, ben, chat } = scene;
    const device = await scene.device(ada);
    assertInvalid(await device.ask("sendMessage", { to: ben.id, message: "Hi" }, { to: ben.id, message: "Hi" }));
    assertInvalid(await device.ask("userStatusUpdate", { status: "BUSY" }, null));
    assert.deepEqual((await chat.readMessages(ada.caller, { peer: ben.id })).messages, []);
    assert.equal((await chat.me(ada.caller)).status, "ONLINE");
  }),
  ...overWebSocket("RD-63", "values that are no strings or numbers never pass for some", async (scene) => {
    const { ada, ben } = scene;
    const device = await scene.device(ada);
    for (const odd of [{ $ne: null }, [ben.id], 7, null, true]) {
      assertInvalid(await device.ask("sendMessage", { to: odd, message: "Hi" }), "to");
      assertInvalid(await device.ask("sendMessage", { to: ben.id, message: odd }), "message");
      assertInvalid(await device.ask("getMessages", { from: odd, to: ada.id }), "from");
      assertInvalid(await device.ask("markRead", { peer: odd, seq: 1 }), "peer");
      assertInvalid(await device.ask("userStatusUpdate", { status: odd }), "status");
    }
    for (const seq of [-1, 1.5, "1", null, {}])
      assertInvalid(await device.ask("markRead", { peer: ben.id, seq }), "seq");
    assertInvalid(await device.ask("sendMessage", { to: ben.id, message: "x".repeat(4_001) }), "message");
    assertInvalid(await device.ask("sendMessage", { to: ben.id, message: " \n" }), "message");
    assert.deepEqual((await scene.chat.readMessages(ada.caller, { peer: ben.id })).messages, []);
  }),
  ...overBoth(
    "RD-64",
    "an event that does not exist is refused to a callback and otherwise passed over",
    async (scene) => {
      const { ada, ben } = scene;
      const [device, bens] = [await scene.device(ada), await scene.device(ben)];
      await scene.settleStatuses(device, bens);
      device.forget();
      bens.forget();
      const refusal = { success: false, message: "Unknown event", code: "INVALID" };
      for (const event of [
        "dropTables",
        "__proto__",
        "constructor",
        "messageResponse",
        "incomingMessage",
        "error",
        "",
      ]) {
        assert.deepEqual(await device.ask(event, { to: ben.id, message: "Hi" }), refusal);
        device.tell(event, { to: ben.id, message: "Hi" });
      }
      await assertWorks(device, ada);
      await scene.settle([ada, ben], device, bens);
      assert.deepEqual([...device.heard, ...bens.heard], []);
    },
  ),
  ...overBoth("RD-65", "a binary payload closes the socket, and nothing of it is carried out", async (scene) => {
    const { ada, ben, chat } = scene;
    const [device, bens] = [await scene.device(ada), await scene.device(ben)];
    device.tell("sendMessage", { to: ben.id, message: Buffer.from("binary") });
    await device.closed();
    assert.deepEqual((await chat.readMessages(ada.caller, { peer: ben.id })).messages, []);
    await assertLives(scene, bens);
  }),
  ...overWebSocket("RD-66", "a frame of more than 64 KiB closes the socket; one of less is answered", async (scene) => {
    const { ada, ben, chat } = scene;
    const [device, bens] = [await scene.device(ada), await scene.device(ben)];
    assertInvalid(await device.ask("sendMessage", { to: ben.id, message: "x".repeat(frameBytes - 1_000) }), "message");
    device.tell("sendMessage", { to: ben.id, message: "Hi", filler: "x".repeat(frameBytes) });
    await device.closed();
    assert.deepEqual((await chat.readMessages(ada.caller, { peer: ben.id })).messages, []);
    await assertLives(scene, bens);
  }),
  ...overPolling("RD-67", "a polling body of more than 64 KiB is refused with 413", async (scene) => {
    const bens = await scene.device(scene.ben);
    const path = "/socket.io/?EIO=4&transport=polling";
    const opened = await exchange(scene.url, { method: "GET", path, headers: {}, body: null, chunked: false });
    const { sid } = JSON.parse(opened.body.slice(1)) as { readonly sid: string };
    const body = new TextEncoder().encode(`4${"x".repeat(frameBytes)}`);
    const headers = { "content-type": "text/plain;charset=UTF-8" };
    const answer = await exchange(scene.url, {
      method: "POST",
      path: `${path}&sid=${sid}`,
      headers,
      body,
      chunked: false,
    });
    assert.equal(answer.status, 413);
    await assertLives(scene, bens);
  }),
  ...overWebSocket("RD-68", "beyond a limit of rate the answer is LIMITED, with the time to wait", async (scene) => {
    const { ada, ben } = scene;
    const device = await scene.device(ada);
    for (let count = 0; count < 5; count += 1)
      assert.deepEqual(await device.ask("typing", { to: ben.id }), { success: true });
    const refused = (await device.ask("typing", { to: ben.id })) as { readonly retryAfterMs: number };
    assert.partialDeepStrictEqual(refused, { success: false, code: "LIMITED" });
    assert.ok(refused.retryAfterMs > 0 && refused.retryAfterMs <= 1_000, `retryAfterMs is ${refused.retryAfterMs}`);
    await scene.pass(refused.retryAfterMs);
    assert.deepEqual(await device.ask("typing", { to: ben.id }), { success: true });
  }),
  ...overWebSocket(
    "RD-69",
    "beyond the general limit of calls every event that it covers is LIMITED",
    async (scene) => {
      const { ada } = scene;
      const device = await scene.device(ada);
      await scene.pass(1_000);
      const asked = Array.from({ length: 51 }, () => device.ask("getMessages", { from: ada.id, to: ada.id }));
      const refused = (await Promise.all(asked)).filter((answer) => (answer as { success: boolean }).success === false);
      assert.equal(refused.length, 1);
      assert.partialDeepStrictEqual(refused[0], { success: false, code: "LIMITED" });
      assert.partialDeepStrictEqual(await device.ask("markRead", { peer: ada.id, seq: 0 }), { code: "LIMITED" });
      assert.partialDeepStrictEqual(await device.ask("userStatusUpdate", { status: "BUSY" }), { code: "LIMITED" });
    },
  ),
];
