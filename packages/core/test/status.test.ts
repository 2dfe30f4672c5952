import { describe, expect, test } from "vitest";
import { createTestChat, home, type Person, password, type TestChat } from "./test-chat.ts";

const minute = 60_000;

const setUp = async (policy = {}): Promise<TestChat & { ada: Person; bob: Person }> => {
  const world = await createTestChat(policy);
  return { ...world, ada: await world.signUp("Ada"), bob: await world.signUp("Bob") };
};

const signIn = ({ chat }: TestChat, { email }: Person) => chat.signIn({ email, password }, home);

describe("each row of the table of statuses", () => {
  test("sign-up: AVAILABLE, with nothing declared; its token on a socket makes ONLINE", async () => {
    const world = await setUp();
    expect(await world.see(world.bob, world.ada)).toMatchObject({
      status: "AVAILABLE",
      prevstatus: "AVAILABLE",
      connected: false,
    });
    const view = await world.chat.connections.open(world.ada.caller, "phone");
    expect(view).toMatchObject({ status: "ONLINE", prevstatus: "AVAILABLE", connected: true });
    await world.time.advance(1);
    expect(world.told(world.ada)).toEqual(["ONLINE"]);
  });

  test("sign-in of somebody AVAILABLE: ONLINE, and AVAILABLE again when no socket comes within 60 s", async () => {
    const world = await setUp();
    const { user } = await signIn(world, world.ada);
    expect(user).toMatchObject({ status: "ONLINE", prevstatus: "AVAILABLE", connected: true });
    await world.time.advance(59_000);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "ONLINE" });
    await world.time.advance(2_500);
    expect(await world.see(world.bob, world.ada)).toMatchObject({
      status: "AVAILABLE",
      prevstatus: "ONLINE",
      connected: false,
    });
    expect(world.told(world.ada)).toEqual(["ONLINE", "AVAILABLE"]);
  });

  test("the first socket ends the bridge: when it goes, the sign-in no longer counts", async () => {
    const world = await setUp({ statusGraceMs: 0 });
    await signIn(world, world.ada);
    await world.chat.connections.open(world.ada.caller, "phone");
    await world.chat.connections.close("phone");
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "AVAILABLE", connected: false });
  });

  test("sign-out ends the bridge", async () => {
    const world = await setUp();
    const { token } = await signIn(world, world.ada);
    await world.chat.signOut(await world.chat.authenticate(token), {});
    expect(await world.see(world.bob, world.ada)).toMatchObject({
      status: "AVAILABLE",
      prevstatus: "ONLINE",
      connected: false,
    });
  });

  test("sign-in clears a declared AVAILABLE", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "phone");
    await world.chat.changeStatus(world.ada.caller, { status: "AVAILABLE" });
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "AVAILABLE", connected: true });
    expect((await signIn(world, world.ada)).user).toMatchObject({ status: "ONLINE" });
  });

  test("sign-in of somebody ONLINE: no change, prevstatus is not overwritten", async () => {
    const world = await setUp();
    await signIn(world, world.ada);
    expect((await signIn(world, world.ada)).user).toMatchObject({ status: "ONLINE", prevstatus: "AVAILABLE" });
    await world.time.advance(1);
    expect(world.told(world.ada)).toEqual(["ONLINE"]);
  });

  test("sign-in while BUSY: stays BUSY and says since and until when", async () => {
    const world = await setUp();
    const now = world.time.clock.now();
    const until = new Date(now + 60 * minute).toISOString();
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY", until, note: "deep work" });
    const { user } = await signIn(world, world.ada);
    expect(user).toMatchObject({ status: "BUSY", busySince: now, busyUntil: now + 60 * minute, busyNote: "deep work" });
  });

  test("sign-in ends BUSY where the host wants it", async () => {
    const world = await setUp({ signInEndsBusy: true });
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY" });
    expect((await signIn(world, world.ada)).user).toMatchObject({ status: "ONLINE", prevstatus: "BUSY" });
  });

  test("BUSY while BUSY: until and note are replaced, absent means none, the period stays", async () => {
    const world = await setUp();
    const now = world.time.clock.now();
    const period = async () => (await world.ports.users.find(world.ada.id))?.period;
    await world.chat.changeStatus(world.ada.caller, {
      status: "BUSY",
      until: new Date(now + minute).toISOString(),
      note: "a",
    });
    expect(await period()).toBe(1);
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY" });
    expect(await period()).toBe(1);
    expect(await world.see(world.bob, world.ada)).toMatchObject({
      status: "BUSY",
      prevstatus: "AVAILABLE",
      busyUntil: null,
      busyNote: null,
    });
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY" });
    await world.time.advance(1);
    expect(world.told(world.ada)).toEqual(["BUSY", "BUSY"]);
    await world.chat.changeStatus(world.ada.caller, { status: "AVAILABLE" });
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY" });
    expect(await period()).toBe(2);
  });

  test("AVAILABLE is meant literally, ONLINE follows the connection", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "phone");
    expect(await world.chat.changeStatus(world.ada.caller, { status: "AVAILABLE" })).toMatchObject({
      status: "AVAILABLE",
      connected: true,
    });
    expect(await world.chat.changeStatus(world.ada.caller, { status: "ONLINE" })).toMatchObject({ status: "ONLINE" });
  });

  test.each([
    [{ status: "AWAY" }, "status"],
    [{ status: "busy" }, "status"],
    [{}, "status"],
    [{ status: "AVAILABLE", until: "2999-01-01T00:00:00Z" }, "until"],
    [{ status: "ONLINE", note: "x" }, "note"],
    [{ status: "BUSY", until: "tomorrow" }, "until"],
    [{ status: "BUSY", until: "2001-01-01T00:00:00Z" }, "until"],
    [{ status: "BUSY", until: "2999-01-01T00:00:00Z" }, "until"],
    [{ status: "BUSY", until: 17 }, "until"],
    [{ status: "BUSY", note: "x".repeat(201) }, "note"],
  ])("%j is refused, and nothing changes", async (input, path) => {
    const world = await setUp();
    const before = await world.ports.users.find(world.ada.id);
    await expect(world.chat.changeStatus(world.ada.caller, input as never)).rejects.toMatchObject({
      code: "INVALID",
      errors: [{ path }],
    });
    expect(await world.ports.users.find(world.ada.id)).toEqual(before);
  });

  test("until passes: what was declared before holds again, on read and announced by the sweep", async () => {
    const world = await setUp();
    const until = new Date(world.time.clock.now() + minute).toISOString();
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY", until });
    // The clock alone: no timer has run.
    world.time.set(world.time.clock.now() + minute);
    expect(await world.see(world.bob, world.ada)).toMatchObject({
      status: "AVAILABLE",
      prevstatus: "BUSY",
      busyUntil: null,
    });
    await world.time.advance(1_500);
    expect(world.told(world.ada)).toEqual(["BUSY", "AVAILABLE"]);
    world.time.set(world.time.clock.now() - 10 * minute);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "AVAILABLE" });
  });

  test("one device of two goes: no change; the last one goes: AVAILABLE after the grace", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "phone");
    await world.chat.connections.open(world.ada.caller, "laptop");
    await world.chat.connections.close("phone");
    await world.time.advance(2 * minute);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "ONLINE" });
    await world.chat.connections.close("laptop");
    await world.time.advance(9_000);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "ONLINE", connected: true });
    await world.time.advance(2_500);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "AVAILABLE", connected: false });
    expect(world.told(world.ada)).toEqual(["ONLINE", "AVAILABLE"]);
  });

  test("a reconnect within the grace is not seen at all", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "one");
    await world.chat.connections.close("one");
    await world.time.advance(5_000);
    await world.chat.connections.open(world.ada.caller, "two");
    await world.time.advance(2 * minute);
    expect(world.told(world.ada)).toEqual(["ONLINE"]);
  });

  test("BUSY stays BUSY when the last device goes", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "phone");
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY" });
    await world.chat.connections.close("phone");
    await world.time.advance(5 * minute);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "BUSY", connected: false });
  });

  test("sign-out everywhere: at once, no grace; its tokens are revoked", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "phone");
    await world.chat.signOut(world.ada.caller, { everywhere: true });
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "AVAILABLE", connected: false });
    await expect(world.chat.authenticate(world.ada.token)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(world.chat.connections.open(world.ada.caller, "late")).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a session that ended elsewhere is noticed within 2 s", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "phone");
    await world.ports.sessions.delete(world.ada.caller.sessionId);
    await world.time.advance(2_000);
    expect(world.events).toContainEqual({
      type: "sessions-ended",
      userId: world.ada.id,
      sessions: [world.ada.caller.sessionId],
    });
  });

  test("a node that crashed: its leases lapse after 60 s, and another node tells", async () => {
    const world = await setUp();
    const now = world.time.clock.now();
    await world.ports.presence.put([
      { userId: world.ada.id, connectionId: "far", nodeId: "gone", expiresAt: now + minute },
    ]);
    await world.chat.signIn({ email: world.ada.email, password }, home);
    await world.time.advance(59_000);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "ONLINE" });
    await world.time.advance(2_500);
    expect(await world.see(world.bob, world.ada)).toMatchObject({ status: "AVAILABLE" });
    expect(world.told(world.ada)).toEqual(["ONLINE", "AVAILABLE"]);
  });

  test("a restart: who does not come back is announced as gone only after 15 s; BUSY stands", async () => {
    const world = await setUp();
    await world.chat.connections.open(world.ada.caller, "phone");
    await world.chat.changeStatus(world.bob.caller, { status: "BUSY" });
    world.chat.drain();
    await world.chat.connections.close("phone");
    await world.chat.stop();
    await world.time.advance(2 * minute);
    expect(world.told(world.ada)).toEqual(["ONLINE"]);
    const next = world.again();
    await next.start();
    await world.time.advance(14_000);
    expect(world.told(world.ada)).toEqual(["ONLINE"]);
    await world.time.advance(2_000);
    expect(world.told(world.ada)).toEqual(["ONLINE", "AVAILABLE"]);
    expect(world.told(world.bob)).toEqual(["BUSY"]);
    await next.stop();
  });

  test("a change that many see at once is announced once", async () => {
    const world = await setUp();
    const other = world.again();
    await other.start();
    const until = new Date(world.time.clock.now() + minute).toISOString();
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY", until });
    await world.time.advance(2 * minute);
    expect(world.told(world.ada)).toEqual(["BUSY", "AVAILABLE"]);
    await other.stop();
  });

  test("only partners of a conversation are told where the host wants it so", async () => {
    const world = await setUp({ presenceAudience: "conversations" });
    await world.signUp("Eve");
    await world.send(world.ada, world.bob, "hello");
    await world.chat.changeStatus(world.ada.caller, { status: "BUSY" });
    await world.time.advance(1);
    expect(world.events.find(({ type }) => type === "status-changed")).toMatchObject({ audience: [world.bob.id] });
  });
});
