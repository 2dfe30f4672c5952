import { createFakeTime } from "@standin/contract-tests";
import { expect, test } from "vitest";
import { startTestServer } from "./test-server.ts";

const unauthorized = { success: false, message: "You are not authorized", code: "UNAUTHORIZED" };

test("a socket that does not log in is closed after 10 s; one that does lives on", async () => {
  const time = createFakeTime();
  const server = await startTestServer({ timer: time.timer });
  const ada = await server.signUp("Ada");
  const guest = await server.device(null);
  const member = await server.device(null);
  await member.ask("userLoggedIn", { userId: ada.id, token: ada.token });
  expect(server.sockets.stats()).toEqual({ connected: 2, loggedIn: 1 });
  await time.advance(9_999);
  expect(await guest.ask("getMessages", {})).toEqual(unauthorized);
  await time.advance(1);
  expect(await guest.closed).toBe("io server disconnect");
  expect(await member.ask("userLoggedIn", { userId: ada.id })).toMatchObject({ success: true });
});

test("a socket lives no longer than its token", async () => {
  const time = createFakeTime({ start: Date.now() });
  const server = await startTestServer({
    timer: time.timer,
    clock: time.clock,
    policy: { tokenTtlMs: 90 * 24 * 3_600_000 },
  });
  const ada = await server.signUp("Ada");
  const device = await server.device(ada);
  await device.ask("userLoggedIn", { userId: ada.id });
  const left = ada.caller.expiresAt - time.clock.now();
  time.set(ada.caller.expiresAt - 50_000);
  const late = await server.device(ada);
  await late.ask("userLoggedIn", { userId: ada.id });
  await time.advance(49_999);
  expect(late.socket.connected).toBe(true);
  await time.advance(1);
  expect(await late.closed).toBe("io server disconnect");
  expect(left).toBeGreaterThan(2 ** 31);
  expect(device.socket.connected).toBe(true);
});

test("a session that ends takes the leases of its sockets with it, without grace", async () => {
  const server = await startTestServer();
  const ada = await server.signUp("Ada");
  const device = await server.device(ada);
  await device.ask("userLoggedIn", { userId: ada.id });
  expect(await server.ports.presence.leasesOf(ada.id, Date.now())).toHaveLength(1);
  await server.chat.signOut(ada.caller, {});
  await device.closed;
  await server.sockets.close();
  expect(await server.ports.presence.leasesOf(ada.id, Date.now())).toEqual([]);
});

test("a connection has a lease while it lives, and none that outlives it", async () => {
  const server = await startTestServer({ policy: { statusGraceMs: 0 } });
  const [ada, bob] = [await server.signUp("Ada"), await server.signUp("Bob")];
  const watcher = await server.device(bob);
  const one = await server.device(ada);
  const two = await server.device(ada);
  await one.ask("userLoggedIn", { userId: ada.id });
  await two.ask("userLoggedIn", { userId: ada.id });
  one.socket.disconnect();
  two.socket.disconnect();
  for (;;) {
    const change = (await watcher.next("userStatusUpdated")) as { userId: string; status: string };
    if (change.userId === ada.id && change.status === "AVAILABLE") break;
  }
  expect(await server.ports.presence.leasesOf(ada.id, Date.now())).toEqual([]);
});

test("a peer that is gone without a word is missed within a minute, the grace included", async () => {
  const server = await startTestServer({ policy: { statusGraceMs: 0 } });
  const { opts } = server.sockets.io.engine as { readonly opts: { pingInterval: number; pingTimeout: number } };
  const defaultGraceMs = 10_000;
  expect(opts.pingInterval + opts.pingTimeout + defaultGraceMs).toBeLessThan(60_000);
  const [ada, bob] = [await server.signUp("Ada"), await server.signUp("Bob")];
  const watcher = await server.device(bob);
  const hears = async (status: string): Promise<string> => {
    for (;;) {
      const change = (await watcher.next("userStatusUpdated")) as Record<"userId" | "status" | "prevstatus", string>;
      if (change.userId === ada.id && change.status === status) return change.prevstatus;
    }
  };
  Object.assign(opts, { pingInterval: 20, pingTimeout: 60_000 });
  const silent = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`);
  const closed = new Promise((resolve) => silent.addEventListener("close", resolve));
  silent.addEventListener("message", ({ data }) => {
    if (String(data).startsWith("0")) silent.send(`40${JSON.stringify({ token: ada.token })}`);
  });
  await hears("ONLINE");
  opts.pingTimeout = 20;
  // Its last sign of life. It answers no ping any more: as half-open connections look from this side.
  silent.send("3");
  expect(await hears("AVAILABLE")).toBe("ONLINE");
  await closed;
  expect(await server.ports.presence.leasesOf(ada.id, Date.now())).toEqual([]);
});

test("a lease that cannot be opened: the client is told, and may try again", async () => {
  let broken = true;
  const server = await startTestServer({
    timer: createFakeTime().timer,
    wrap: (chat) => ({
      ...chat,
      connections: {
        close: chat.connections.close,
        open: (caller, id) => (broken ? Promise.reject(new Error("down")) : chat.connections.open(caller, id)),
      },
    }),
  });
  const ada = await server.signUp("Ada");
  const guest = await server.device(null);
  const logIn = { userId: ada.id, token: ada.token };
  expect(await guest.ask("userLoggedIn", logIn)).toEqual({
    success: false,
    message: "Something went wrong",
    code: "INTERNAL",
  });
  const handshake = await server.device(ada);
  expect(await handshake.closed).toBe("transport close");
  broken = false;
  expect(await guest.ask("userLoggedIn", logIn)).toMatchObject({ success: true });
});

test("a socket that leaves while it is being logged in gets no lease", async () => {
  let authenticate: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    authenticate = resolve;
  });
  let opened = 0;
  const server = await startTestServer({
    timer: createFakeTime().timer,
    wrap: (chat) => ({
      ...chat,
      authenticate: async (token) => {
        await held;
        return chat.authenticate(token);
      },
      connections: {
        close: chat.connections.close,
        open: (caller, id) => {
          opened += 1;
          return chat.connections.open(caller, id);
        },
      },
    }),
  });
  const ada = await server.signUp("Ada");
  const guest = await server.device(null);
  const gone = new Promise((resolve) => {
    for (const socket of server.sockets.io.sockets.sockets.values()) socket.once("disconnect", resolve);
  });
  guest.tell("userLoggedIn", { userId: ada.id, token: ada.token });
  await guest.all("is it there?");
  guest.socket.disconnect();
  await gone;
  authenticate();
  const other = await server.device(ada);
  await other.ask("userLoggedIn", { userId: ada.id });
  expect(opened).toBe(1);
  expect(await server.ports.presence.leasesOf(ada.id, Date.now())).toHaveLength(1);
});
