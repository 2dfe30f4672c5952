import assert from "node:assert/strict";
import type { RealtimeCase } from "../realtime-door.ts";
import { home, overWebSocket } from "../scene.ts";

/** What a stock client is told when the server ends the connection for good: it does not come back by itself. */
const forGood = "io server disconnect";

/** A socket lives no longer than the session behind it. */
export const sessionCases: readonly RealtimeCase[] = [
  ...overWebSocket("RD-50", "a sign-out closes the sockets of that session, and only they", async (scene) => {
    const { ada, ben, chat } = scene;
    const again = await scene.signInAgain(ada);
    const [one, two] = [await scene.device(ada), await scene.device(ada)];
    const [other, bens] = [await scene.device(again), await scene.device(ben)];
    await chat.signOut(ada.caller, {});
    assert.deepEqual([await one.closed(), await two.closed()], [forGood, forGood]);
    await scene.settle([ada, ben], other, bens);
    assert.partialDeepStrictEqual(await other.ask("userLoggedIn", { userId: ada.id }), { success: true });
  }),
  ...overWebSocket("RD-51", "a sign-out everywhere closes all sockets of that person", async (scene) => {
    const { ada, ben, chat } = scene;
    const again = await scene.signInAgain(ada);
    const [one, other, bens] = [await scene.device(ada), await scene.device(again), await scene.device(ben)];
    await chat.signOut(again.caller, { everywhere: true });
    assert.deepEqual([await one.closed(), await other.closed()], [forGood, forGood]);
    await scene.settle([ben], bens);
  }),
  ...overWebSocket("RD-52", "a new password closes the sockets of all other sessions", async (scene) => {
    const { ada, chat } = scene;
    const again = await scene.signInAgain(ada);
    const [here, there] = [await scene.device(ada), await scene.device(again)];
    await chat.changePassword(ada.caller, { current: ada.password, next: "another password" }, home);
    assert.equal(await there.closed(), forGood);
    await scene.settle([ada], here);
    assert.partialDeepStrictEqual(await here.ask("userLoggedIn", { userId: ada.id }), { success: true });
  }),
  ...overWebSocket(
    "RD-53",
    "a socket that logged in after it connected is closed with its session, too",
    async (scene) => {
      const { ada, chat } = scene;
      const device = await scene.device(null);
      await device.ask("userLoggedIn", { userId: ada.id, token: ada.token });
      await chat.signOut(ada.caller, {});
      assert.equal(await device.closed(), forGood);
    },
  ),
];
