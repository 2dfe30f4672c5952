import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Device, newDevice } from "./devices.ts";
import { casesOf, socketTargets, type World } from "./hostile-targets.ts";
import { call, history, type Json, send, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";

cleanUpAfterwards();

describe("over a socket", () => {
  let server: ServerProcess;
  let world: World;
  let before: Json;
  let device: Device;

  beforeAll(async () => {
    server = await startServer({ env: { RATE_LIMITS: "off", STATUS_GRACE_MS: "3600000" } });
    world = { ann: await signUp(server.url, "ann"), bob: await signUp(server.url, "bob") };
    await send(server.url, world.bob, world.ann, "hello");
  });

  const state = async () => ({
    me: (await call(server.url, "GET", "/me", { token: world.ann.token })).body,
    messages: await history(server.url, world.ann, world.bob),
    conversations: (await call(server.url, "GET", "/conversations", { token: world.ann.token })).body,
  });

  /** Runs what is hostile on a device of its own, and sees that nothing came of it. */
  const harmless = async (hostile: (world: World) => Promise<void>): Promise<void> => {
    device = await connect(server.url, world.ann.token);
    before = await state();
    await hostile(world);
    // What was sent without a callback has been taken up before this is.
    if (device.socket.connected) await device.ask("getMessages", { from: world.ann.id, to: world.bob.id });
    expect(await state()).toEqual(before);
  };

  afterAll(async () => {
    const { code, stderr } = await server.stop();
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/"level":"error"/);
  });

  describe.each(socketTargets)("$name", (target) => {
    const refusal = { success: false, message: expect.any(String), code: expect.any(String) };

    test.each(target.fields.map((each) => [each.name, each] as const))(
      "every wrong %s is refused, with a callback and without",
      (_name, each) =>
        harmless(async (inWorld) => {
          for (const [name, what, value] of casesOf(each)) {
            const answer = await device.ask(target.name, { ...target.good(inWorld), [name]: value });
            expect([name, what, answer]).toEqual([name, what, expect.objectContaining(refusal)]);
            expect(target.codes).toContain(answer.code);
            if (target.answerEvent === null)
              device.socket.emit(target.name, { ...target.good(inWorld), [name]: value });
            else {
              const heard = device.all(target.answerEvent).length;
              device.socket.emit(target.name, { ...target.good(inWorld), [name]: value });
              await device.next(target.answerEvent, () => device.all(target.answerEvent ?? "").length > heard);
              expect(device.all(target.answerEvent).at(-1)).toEqual(answer);
            }
          }
        }),
    );

    test("a payload that is none, or one too many", () =>
      harmless(async (inWorld) => {
        for (const payload of [
          [],
          [null],
          ["text"],
          [42],
          [[]],
          [[{}]],
          [target.good(inWorld), "more"],
          [{}, {}, {}],
        ]) {
          const answer = await device.ask(target.name, ...payload);
          expect([payload, answer]).toEqual([payload, expect.objectContaining(refusal)]);
          device.socket.emit(target.name, ...payload);
        }
      }));

    test("nothing is done before somebody is logged in", () =>
      harmless(async (inWorld) => {
        const stranger = newDevice(server.url);
        await stranger.next("connect");
        const answer = await stranger.ask(target.name, target.good(inWorld));
        expect(answer).toEqual({ success: false, message: "You are not authorized", code: "UNAUTHORIZED" });
      }));

    test("binary closes the socket", () =>
      harmless(async (inWorld) => {
        device.socket.emit(target.name, { ...target.good(inWorld), extra: Buffer.from("binary") });
        await device.next("disconnect");
      }));
  });

  test.each(["nonsense", "__proto__", "constructor", "toString", "incomingMessage", "", "x".repeat(1_000)])(
    "the unknown event '%s' is refused",
    (name) =>
      harmless(async () => {
        expect(await device.ask(name, { to: "x" })).toMatchObject({ success: false, code: "INVALID" });
        device.socket.emit(name);
        expect(await device.ask("typing", { to: world.bob.id })).toEqual({ success: true });
      }),
  );

  test.each([{}, { transports: ["websocket"] }])("a frame over 64 KiB closes the socket, %j", (options) =>
    harmless(async () => {
      const other = await connect(server.url, world.ann.token, options);
      other.socket.emit("sendMessage", { to: world.bob.id, message: "x".repeat(70_000) });
      await other.next("disconnect");
    }),
  );

  test("handshakes with something else in the token's place are connect_errors", async () => {
    for (const token of [42, {}, { $gt: "" }, [], true, "x".repeat(10_000)]) {
      const other = newDevice(server.url, { auth: { token } });
      await other.next("connect_error");
    }
  });
});
