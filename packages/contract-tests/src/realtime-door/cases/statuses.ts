import assert from "node:assert/strict";
import type { Device } from "../device.ts";
import { assertStatus } from "../expected.ts";
import type { RealtimeCase } from "../realtime-door.ts";
import { of, overWebSocket, type Person, type Scene } from "../scene.ts";

/** What a device was told of a person, in order. */
const toldOf = (device: Device, person: Person): readonly unknown[] =>
  device.all("userStatusUpdated").filter((payload) => of(person)(payload as object as Record<string, unknown>));

/** All earlier announcements are told and forgotten. */
const quiet = async (scene: Scene, ...devices: readonly Device[]): Promise<void> => {
  await scene.settleStatuses(...devices);
  for (const device of devices) device.forget();
};

/** Who is told of a change of status, and how often: status.md over the wire. */
export const statusCases: readonly RealtimeCase[] = [
  ...overWebSocket(
    "RD-40",
    "a status that changed through another door is told once to everybody, on every device",
    async (scene) => {
      const { ada, ben, chat } = scene;
      const devices = [
        await scene.device(ada),
        await scene.device(ada),
        await scene.device(ben),
        await scene.device(scene.cy),
      ];
      await quiet(scene, ...devices);
      await chat.changeStatus(ada.caller, { status: "BUSY", note: "Writing" });
      await scene.settleStatuses(...devices);
      for (const device of devices) {
        const told = toldOf(device, ada);
        assert.equal(told.length, 1);
        assertStatus(told[0], ada, { status: "BUSY", prevstatus: "ONLINE", busyNote: "Writing" });
      }
    },
  ),
  ...overWebSocket("RD-41", "what changes nothing is told to nobody", async (scene) => {
    const { ada, ben, chat } = scene;
    const [adas, bens] = [await scene.device(ada), await scene.device(ben)];
    await adas.ask("userStatusUpdate", { status: "BUSY", note: "Writing" });
    await quiet(scene, adas, bens);
    await adas.ask("userStatusUpdate", { status: "BUSY", note: "Writing" });
    await chat.changeStatus(ada.caller, { status: "BUSY", note: "Writing" });
    await adas.ask("userLoggedIn", { userId: ada.id });
    await scene.settleStatuses(adas, bens);
    assert.deepEqual([...toldOf(adas, ada), ...toldOf(bens, ada)], []);
    await adas.ask("userStatusUpdate", { status: "BUSY", note: "Reading" });
    await scene.settleStatuses(adas, bens);
    assert.deepEqual([toldOf(adas, ada).length, toldOf(bens, ada).length], [1, 1]);
    assertStatus(toldOf(bens, ada)[0], ada, { status: "BUSY", prevstatus: "ONLINE", busyNote: "Reading" });
  }),
  ...overWebSocket("RD-42", "the first device of a person makes ONLINE, and only the first", async (scene) => {
    const { ada, ben } = scene;
    const bens = await scene.device(ben);
    await quiet(scene, bens);
    await scene.device(ada);
    assertStatus(await bens.hears("userStatusUpdated", of(ada)), ada, { status: "ONLINE", prevstatus: "AVAILABLE" });
    await scene.device(ada);
    await scene.settleStatuses(bens);
    assert.equal(toldOf(bens, ada).length, 1);
  }),
  ...overWebSocket("RD-43", "the last device of a person that leaves ends ONLINE after the grace", async (scene) => {
    const { ada, ben, chat, passUntil } = scene;
    const bens = await scene.device(ben);
    const [one, two] = [await scene.device(ada), await scene.device(ada)];
    await quiet(scene, bens);
    one.socket.disconnect();
    await scene.pass(30_000);
    await scene.settleStatuses(bens);
    assert.deepEqual(toldOf(bens, ada), [], "one device is still there");
    two.socket.disconnect();
    await passUntil(async () => !(await chat.me(ada.caller)).connected);
    await passUntil(() => toldOf(bens, ada).length > 0);
    await scene.settleStatuses(bens);
    assert.equal(toldOf(bens, ada).length, 1);
    assertStatus(toldOf(bens, ada)[0], ada, { status: "AVAILABLE", prevstatus: "ONLINE", connected: false });
  }),
  ...overWebSocket("RD-44", "leaving and coming back do not end BUSY", async (scene) => {
    const { ada, ben, chat, passUntil } = scene;
    const [adas, bens] = [await scene.device(ada), await scene.device(ben)];
    await adas.ask("userStatusUpdate", { status: "BUSY" });
    await quiet(scene, bens);
    adas.socket.disconnect();
    await passUntil(async () => !(await chat.me(ada.caller)).connected);
    await scene.device(ada);
    await scene.settleStatuses(bens);
    assert.deepEqual(toldOf(bens, ada), []);
    assert.equal((await chat.me(ada.caller)).status, "BUSY");
  }),
  ...overWebSocket("RD-45", "the end of BUSY that its owner gave is told when it comes", async (scene) => {
    const { ada, ben, passUntil } = scene;
    const [adas, bens] = [await scene.device(ada), await scene.device(ben)];
    await adas.ask("userStatusUpdate", { status: "BUSY", until: new Date(Date.now() + 60_000).toISOString() });
    await quiet(scene, adas, bens);
    await passUntil(() => toldOf(bens, ada).length > 0);
    await scene.settleStatuses(adas, bens);
    for (const device of [adas, bens]) {
      assert.equal(toldOf(device, ada).length, 1);
      assertStatus(toldOf(device, ada)[0], ada, { status: "ONLINE", prevstatus: "BUSY" });
    }
  }),
];
