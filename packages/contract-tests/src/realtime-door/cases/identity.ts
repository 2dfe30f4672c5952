import assert from "node:assert/strict";
import { expiredToken, forgedToken } from "../../http-door/credentials.ts";
import { connected } from "../device.ts";
import { assertInvalid, nobodysId, unauthorized } from "../expected.ts";
import type { RealtimeCase } from "../realtime-door.ts";
import { overBoth, overWebSocket, type Scene } from "../scene.ts";

/** Every event that a client may send, with a payload that would be good. */
const goodEvents = ({ ada, ben }: Scene): readonly (readonly [string, object])[] => [
  ["sendMessage", { to: ben.id, message: "Hello" }],
  ["getMessages", { from: ada.id, to: ben.id }],
  ["userStatusUpdate", { status: "BUSY" }],
  ["markRead", { peer: ben.id, seq: 0 }],
  ["typing", { to: ben.id }],
];

/** The handshake is refused with words and code. */
const assertRefused = async (scene: Scene, options: Parameters<Scene["client"]>[0]): Promise<void> => {
  const error: unknown = await connected(scene.client(options)).then(
    () => assert.fail(`${JSON.stringify(options)} was let in`),
    (reason: unknown) => reason,
  );
  const { message, data } = error as { readonly message: string; readonly data?: unknown };
  assert.deepEqual(
    { message, data },
    { message: "You are not authorized", data: { message: "You are not authorized", code: "UNAUTHORIZED" } },
  );
};

/** Who a socket belongs to: what a token proves, and nothing else. */
export const identityCases: readonly RealtimeCase[] = [
  ...overBoth("RD-20", "a token in the handshake logs in from the start", async (scene) => {
    const { ada, ben, chat } = scene;
    const socket = scene.client({ auth: { token: ada.token } });
    await connected(socket);
    assert.equal((await socket.emitWithAck("sendMessage", { to: ben.id, message: "Hello" })).success, true);
    const { messages } = await chat.readMessages(ben.caller, { peer: ada.id });
    assert.deepEqual(
      messages.map(({ sender }) => sender),
      [ada.id],
    );
  }),
  ...overBoth("RD-21", "a bearer token in the header logs in; another scheme is passed over", async (scene) => {
    const { ada } = scene;
    const own = { from: ada.id, to: ada.id };
    const bearer = await scene.device(null, { headers: { authorization: `Bearer ${ada.token}` } });
    assert.deepEqual(await bearer.ask("getMessages", own), { success: true, messages: [] });
    const basic = await scene.device(null, { headers: { authorization: "Basic YWRhOmFkYQ==" } });
    assert.deepEqual(await basic.ask("getMessages", own), unauthorized);
  }),
  ...overBoth("RD-22", "a bad handshake token is a connect_error, wherever it stands", async (scene) => {
    const { ada, ben, chat } = scene;
    const bad = ["not a token", expiredToken(ada.token), forgedToken(ada.token, ben.id)];
    await chat.signOut(ada.caller, {});
    for (const token of [...bad, ada.token]) {
      await assertRefused(scene, { auth: { token } });
      await assertRefused(scene, { headers: { authorization: `Bearer ${token}` } });
    }
    for (const token of [{ $ne: null }, [ben.token], 7, true]) await assertRefused(scene, { auth: { token } });
  }),
  ...overBoth("RD-23", "userLoggedIn with a token logs in a client that connected first", async (scene) => {
    const { ada } = scene;
    const device = await scene.device(null);
    const answer = await device.ask("userLoggedIn", { userId: ada.id, token: ada.token });
    assert.partialDeepStrictEqual(answer, { success: true, user: { id: ada.id, status: "ONLINE" } });
    await scene.settle([ada], device);
    assert.deepEqual(await device.ask("getMessages", { from: ada.id, to: ada.id }), { success: true, messages: [] });
  }),
  ...overWebSocket("RD-24", "userLoggedIn believes no userId that a token does not prove", async (scene) => {
    const { ada, ben, chat } = scene;
    const device = await scene.device(null);
    const claims = [
      { userId: ada.id },
      { userId: ada.id, token: null },
      { userId: ada.id, token: "not a token" },
      { userId: ada.id, token: ben.token },
      { userId: ada.id, token: expiredToken(ada.token) },
    ];
    for (const claim of claims) assert.deepEqual(await device.ask("userLoggedIn", claim), unauthorized);
    assertInvalid(await device.ask("userLoggedIn", {}), "userId");
    assert.deepEqual(await device.ask("getMessages", { from: ada.id, to: ben.id }), unauthorized);
    assert.deepEqual(await device.ask("getMessages", { from: ben.id, to: ben.id }), unauthorized);
    assert.deepEqual(
      [(await chat.me(ada.caller)).connected, (await chat.me(ben.caller)).connected],
      [false, false],
      "nobody's status follows a socket that is nobody's",
    );
    const answer = await device.ask("userLoggedIn", { userId: ada.id, token: ada.token });
    assert.partialDeepStrictEqual(answer, { success: true, user: { id: ada.id } });
  }),
  ...overWebSocket("RD-25", "a socket stays with the person that it was opened for", async (scene) => {
    const { ada, ben } = scene;
    const device = await scene.device(ada);
    const again = await device.ask("userLoggedIn", { userId: ada.id, token: "whatever" });
    assert.partialDeepStrictEqual(again, { success: true, user: { id: ada.id } });
    assert.deepEqual(await device.ask("userLoggedIn", { userId: ben.id, token: ben.token }), unauthorized);
    assert.deepEqual(await device.ask("getMessages", { from: ben.id, to: ben.id }), unauthorized);
    assert.deepEqual(await device.ask("getMessages", { from: ada.id, to: ada.id }), { success: true, messages: [] });
  }),
  ...overWebSocket(
    "RD-26",
    "a socket that has not logged in can do nothing else, and is told nothing",
    async (scene) => {
      const { ada, ben, chat, settle, settleStatuses } = scene;
      const guest = await scene.device(null);
      const bens = await scene.device(ben);
      for (const [event, payload] of goodEvents(scene)) assert.deepEqual(await guest.ask(event, payload), unauthorized);
      assert.deepEqual(guest.heard, []);
      for (const [event, payload] of goodEvents(scene)) guest.tell(event, payload);
      assert.deepEqual(await guest.hears("messageResponse"), unauthorized);
      assert.deepEqual(await guest.hears("messages"), unauthorized);
      await chat.sendMessage(ada.caller, { to: ben.id, message: "Hello" });
      await chat.changeStatus(ada.caller, { status: "BUSY" });
      await Promise.all([settle([ben], bens), settleStatuses(bens)]);
      assert.deepEqual(await guest.ask("getMessages", { from: nobodysId, to: nobodysId }), unauthorized);
      assert.equal(guest.heard.length, 2, "only the two answers");
      assert.equal((await chat.readMessages(ada.caller, { peer: ben.id })).lastSeq, 1);
    },
  ),
  ...overWebSocket("RD-27", "what is sent right behind a log-in waits for it", async (scene) => {
    const { ada, ben } = scene;
    const device = await scene.device(null);
    device.tell("userLoggedIn", { userId: ada.id, token: ada.token });
    const answer = await device.ask("sendMessage", { to: ben.id, message: "Hello" });
    assert.partialDeepStrictEqual(answer, { success: true });
  }),
];
