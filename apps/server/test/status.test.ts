import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Device } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, type Json, type Person, seenBy, setStatus, signIn, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess } from "./server-process.ts";
import { describeServers, durableStores, stores } from "./servers.ts";

cleanUpAfterwards();

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** What was announced of one person so far, in order. */
const announced = (device: Device, { id }: Person): string[] =>
  device
    .all("userStatusUpdated")
    .filter(({ userId }) => userId === id)
    .map(({ prevstatus, status }) => `${prevstatus} to ${status}`);

describeServers(stores, ({ start }) =>
  describe("with a short grace", () => {
    let server: ServerProcess;
    let watcher: Person;

    beforeAll(async () => {
      server = await start({ env: { STATUS_GRACE_MS: "300", RATE_LIMITS: "off" } });
      watcher = await signUp(server.url, "watcher");
    });
    afterAll(async () => {
      await server?.stop();
    });

    const status = (person: Person) => seenBy(server.url, watcher, person);
    const statusBecomes = (person: Person, expected: string) =>
      eventually(
        () => status(person),
        (seen: Json) => seen.status === expected,
      );

    /** BUSY for so long; asked again where that time was over before the server heard of it. */
    const busyUntil = (person: Person, ms: number) =>
      eventually(
        () => setStatus(server.url, person, { status: "BUSY", until: inMs(ms) }),
        (answer) => answer.status === 200,
      );

    test("sign-up makes AVAILABLE, its token on a socket ONLINE, and everybody is told once", async () => {
      const watching = await connect(server.url, watcher.token);
      const ann = await signUp(server.url, "ann");
      expect(await status(ann)).toMatchObject({ status: "AVAILABLE", prevstatus: "AVAILABLE", connected: false });
      const phone = await connect(server.url, ann.token);
      await watching.next("userStatusUpdated", ({ userId, status: word }) => userId === ann.id && word === "ONLINE");
      expect(await status(ann)).toMatchObject({ status: "ONLINE", prevstatus: "AVAILABLE", connected: true });

      const desk = await connect(server.url, (await signIn(server.url, ann)).body.token);
      phone.close();
      expect(await desk.ask("userLoggedIn", { userId: ann.id })).toMatchObject({ user: { status: "ONLINE" } });
      desk.close();
      await watching.next("userStatusUpdated", ({ userId, status: word }) => userId === ann.id && word === "AVAILABLE");
      expect(await status(ann)).toMatchObject({ status: "AVAILABLE", prevstatus: "ONLINE", connected: false });
      expect(announced(watching, ann)).toEqual(["AVAILABLE to ONLINE", "ONLINE to AVAILABLE"]);
    });

    test("sign-in makes ONLINE without a socket; a second one changes nothing, prevstatus neither", async () => {
      const ann = await signUp(server.url, "ann");
      const first = (await signIn(server.url, ann)).body;
      const second = (await signIn(server.url, ann)).body;
      for (const answer of [first, second, await status(ann)])
        expect(answer).toMatchObject({ status: "ONLINE", prevstatus: "AVAILABLE", connected: true });
    });

    test("the first socket ends what the sign-in bridged", async () => {
      const ann = await signUp(server.url, "ann");
      const { token } = (await signIn(server.url, ann)).body;
      const phone = await connect(server.url, token);
      phone.close();
      await statusBecomes(ann, "AVAILABLE");
    });

    test("BUSY outlasts disconnects and sign-ins, and says since when and until when", async () => {
      const ann = await signUp(server.url, "ann");
      const phone = await connect(server.url, ann.token);
      const until = inMs(3_600_000);
      await setStatus(server.url, ann, { status: "BUSY", until, note: "writing" });
      const busy = await status(ann);
      expect(busy).toMatchObject({ status: "BUSY", prevstatus: "ONLINE", busyUntil: until, busyNote: "writing" });
      expect(Date.parse(busy.busySince)).toBeLessThanOrEqual(Date.now());
      phone.close();
      await eventually(
        () => status(ann),
        ({ connected }) => !connected,
      );
      expect(await status(ann)).toMatchObject({ status: "BUSY", busySince: busy.busySince, busyUntil: until });
      expect((await signIn(server.url, ann)).body).toMatchObject({
        status: "BUSY",
        busySince: busy.busySince,
        busyUntil: until,
      });
    });

    test("BUSY while BUSY replaces until and note, not the beginning; absent means none", async () => {
      const ann = await signUp(server.url, "ann");
      await setStatus(server.url, ann, { status: "BUSY", until: inMs(3_600_000), note: "one" });
      const { busySince } = await status(ann);
      await setStatus(server.url, ann, { status: "BUSY" });
      expect(await status(ann)).toMatchObject({
        status: "BUSY",
        prevstatus: "AVAILABLE",
        busySince,
        busyUntil: null,
        busyNote: null,
      });
    });

    test("the end that the owner gave ends BUSY, and what was before comes back", async () => {
      const watching = await connect(server.url, watcher.token);
      const ann = await signUp(server.url, "ann");
      await connect(server.url, ann.token);
      await watching.next("userStatusUpdated", ({ userId, status: word }) => userId === ann.id && word === "ONLINE");
      await busyUntil(ann, 1_500);
      await watching.next("userStatusUpdated", ({ userId, prevstatus }) => userId === ann.id && prevstatus === "BUSY");
      expect(await status(ann)).toMatchObject({
        status: "ONLINE",
        prevstatus: "BUSY",
        busySince: null,
        busyUntil: null,
      });
      expect(announced(watching, ann)).toEqual(["AVAILABLE to ONLINE", "ONLINE to BUSY", "BUSY to ONLINE"]);
    });

    test("AVAILABLE is meant literally, also while connected; ONLINE follows the connection again", async () => {
      const ann = await signUp(server.url, "ann");
      const phone = await connect(server.url, ann.token);
      await setStatus(server.url, ann, { status: "AVAILABLE" });
      expect(await status(ann)).toMatchObject({ status: "AVAILABLE", prevstatus: "ONLINE", connected: true });
      await phone.ask("userStatusUpdate", { status: "ONLINE" });
      expect(await status(ann)).toMatchObject({ status: "ONLINE", prevstatus: "AVAILABLE" });
    });

    test.each([
      [{ status: "BUSY", until: "2001-01-01T00:00:00.000Z" }, "until"],
      [{ status: "BUSY", until: inMs(366 * 86_400_000) }, "until"],
      [{ status: "BUSY", until: "tomorrow" }, "until"],
      [{ status: "BUSY", note: "x".repeat(201) }, "note"],
      [{ status: "AVAILABLE", until: inMs(1_000) }, "until"],
      [{ status: "AVAILABLE", note: "here" }, "note"],
    ])("%j is refused, and nothing changes", async (body, field) => {
      const ann = await signUp(server.url, "ann");
      const answer = await setStatus(server.url, ann, body);
      expect([answer.status, answer.body.code, answer.body.errors[0].path]).toEqual([400, "INVALID", field]);
      expect(await status(ann)).toMatchObject({ status: "AVAILABLE", busyUntil: null, busyNote: null });
    });

    test("two racing changes end in one of the two, announced once each at most", async () => {
      const watching = await connect(server.url, watcher.token);
      const ann = await signUp(server.url, "ann");
      await Promise.all(["BUSY", "BUSY", "BUSY", "BUSY"].map((word) => setStatus(server.url, ann, { status: word })));
      await watching.next("userStatusUpdated", ({ userId }) => userId === ann.id);
      // What is announced later than this has not been announced before.
      await setStatus(server.url, watcher, { status: "BUSY" });
      await watching.next("userStatusUpdated", ({ userId, status: word }) => userId === watcher.id && word === "BUSY");
      expect(announced(watching, ann)).toEqual(["AVAILABLE to BUSY"]);
      await setStatus(server.url, watcher, { status: "AVAILABLE" });
    });
  }),
);

describeServers(durableStores, ({ start }) =>
  describe("with a grace that does not end meanwhile", () => {
    let server: ServerProcess;
    beforeAll(async () => {
      server = await start({ env: { RATE_LIMITS: "off", SIGN_IN_ENDS_BUSY: "true", STATUS_GRACE_MS: "600000" } });
    });

    test("who comes back within it was never away", async () => {
      const [ann, watcher] = [await signUp(server.url, "ann"), await signUp(server.url, "watcher")];
      const watching = await connect(server.url, watcher.token);
      const phone = await connect(server.url, ann.token);
      await watching.next("userStatusUpdated", ({ userId, status }) => userId === ann.id && status === "ONLINE");
      phone.close();
      const again = await connect(server.url, ann.token);
      expect(await again.ask("userLoggedIn", { userId: ann.id })).toMatchObject({ user: { status: "ONLINE" } });
      // What is announced later than this has not been announced before.
      await setStatus(server.url, watcher, { status: "BUSY" });
      await watching.next("userStatusUpdated", ({ userId, status }) => userId === watcher.id && status === "BUSY");
      expect(announced(watching, ann)).toEqual(["AVAILABLE to ONLINE"]);
    });

    test("sign-out takes that device away at once", async () => {
      const [ann, watcher] = [await signUp(server.url, "ann"), await signUp(server.url, "watcher")];
      await connect(server.url, ann.token);
      const desk = await connect(server.url, (await signIn(server.url, ann)).body.token);
      await call(server.url, "POST", "/signout", { token: ann.token, body: {} });
      expect(await desk.ask("userLoggedIn", { userId: ann.id })).toMatchObject({ user: { status: "ONLINE" } });
      const watching = await connect(server.url, watcher.token);
      const out = await call(server.url, "POST", "/signout", {
        token: (await signIn(server.url, ann)).body.token,
        body: { everywhere: true },
      });
      expect(out.status).toBe(200);
      // Without the grace of ten minutes, or this wait would end first.
      await watching.next("userStatusUpdated", ({ userId, status }) => userId === ann.id && status === "AVAILABLE");
    });

    test("SIGN_IN_ENDS_BUSY does", async () => {
      const ann = await signUp(server.url, "ann");
      await setStatus(server.url, ann, { status: "BUSY" });
      expect((await signIn(server.url, ann)).body).toMatchObject({ status: "ONLINE", prevstatus: "BUSY" });
    });

    test("after a restart BUSY and its end stand, and nobody is connected", async () => {
      const [ann, bob, watcher] = [
        await signUp(server.url, "ann"),
        await signUp(server.url, "bob"),
        await signUp(server.url, "watcher"),
      ];
      const until = inMs(3_600_000);
      await connect(server.url, ann.token);
      await connect(server.url, bob.token);
      await setStatus(server.url, ann, { status: "BUSY", until, note: "away" });
      const before = await seenBy(server.url, watcher, ann);
      expect(await seenBy(server.url, watcher, bob)).toMatchObject({ status: "ONLINE", connected: true });
      await server.kill();
      server = await server.again();
      expect(await seenBy(server.url, watcher, ann)).toEqual({ ...before, connected: false });
      expect(await seenBy(server.url, watcher, bob)).toMatchObject({
        status: "AVAILABLE",
        prevstatus: "ONLINE",
        connected: false,
      });
      await connect(server.url, ann.token);
      expect(await seenBy(server.url, watcher, ann)).toMatchObject({
        status: "BUSY",
        connected: true,
        busyUntil: until,
      });
      await server.stop();
    });
  }),
);
