import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, history, type Json, type Person, send, setStatus, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess } from "./server-process.ts";
import { describeServers, durableStores, stores, type TestedServer } from "./servers.ts";

cleanUpAfterwards();

/** Long enough for a slow machine to do something before the stand-in speaks. */
const env = { AI_MERGE_WINDOW_MS: "1500", RATE_LIMITS: "off" };

const standIns = async (url: string, who: Person, other: Person): Promise<readonly Json[]> =>
  (await history(url, who, other)).filter(({ origin }) => origin === "standin");

const answered = (url: string, writer: Person, owner: Person): Promise<readonly Json[]> =>
  eventually(
    () => standIns(url, writer, owner),
    (found) => found.length > 0,
  );

const newBusyPerson = async (url: string, name: string, more: object = {}): Promise<Person> => {
  const person = await signUp(url, name);
  await setStatus(url, person, { status: "BUSY", ...more });
  return person;
};

/**
 * Waits until the stand-in has answered something that became due after everything before: what it would have said to
 * that, it has said by then.
 */
const letTheStandInCatchUp = async (url: string): Promise<void> => {
  const [writer, owner] = [await signUp(url, "control writer"), await newBusyPerson(url, "control owner")];
  await send(url, writer, owner, "anyone there?");
  await answered(url, writer, owner);
};

describeServers(stores, ({ start }) =>
  describe("for a person who is BUSY", () => {
    let server: ServerProcess;
    beforeAll(async () => {
      server = await start({ env });
    });
    afterAll(async () => {
      await server?.stop();
    });

    test("the template answers once, labelled, after the message itself, on every device and in history", async () => {
      const { url } = server;
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const [ann, bob] = [await signUp(url, "ann"), await newBusyPerson(url, "bob", { until })];
      const [annsPhone, bobsPhone] = [await connect(url, ann.token), await connect(url, bob.token)];
      const { sent } = await annsPhone.ask("sendMessage", { to: bob.id, message: "Lunch?" });

      const { from, ...answer } = await annsPhone.next("incomingMessage", ({ origin }) => origin === "standin");
      const label = `${bob.username}'s assistant`;
      expect(answer).toEqual({
        _id: expect.stringMatching(/^[0-9a-f]{24}$/),
        sender: bob.id,
        recipient: ann.id,
        content: expect.stringMatching(new RegExp(`^${label}: .*automatic.*busy until .*stored`)),
        timestamp: expect.any(String),
        seq: 2,
        origin: "standin",
        onBehalfOf: bob.id,
        label,
        inReplyTo: sent._id,
        generator: { provider: "template" },
        verdict: "unconfirmed",
        notice: true,
      });
      expect(sent.seq).toBe(1);
      expect(from).toBe(bob.id);
      expect(await bobsPhone.next("messageSent")).toEqual(answer);
      expect(bobsPhone.all("incomingMessage")).toEqual([{ ...sent, from: ann.id }]);
      for (const [who, other] of [
        [ann, bob],
        [bob, ann],
      ] as const)
        expect((await history(url, who, other)).map(({ _id }) => _id)).toEqual([sent._id, answer._id]);

      await annsPhone.ask("sendMessage", { to: bob.id, message: "Dinner?" });
      await letTheStandInCatchUp(url);
      expect(await standIns(url, ann, bob)).toEqual([answer]);
    });

    test.concurrent("it shows nobody online and leaves the owner's unread messages alone", async () => {
      const { url } = server;
      const [ann, bob] = [await signUp(url, "ann"), await newBusyPerson(url, "bob")];
      await send(url, ann, bob, "Lunch?");
      await answered(url, ann, bob);
      const { body } = await call(url, "GET", "/conversations", { token: bob.token });
      expect(body.conversations).toEqual([expect.objectContaining({ unread: 1, readSeq: 0, lastSeq: 2 })]);
      expect((await call(url, "GET", "/me", { token: bob.token })).body).toMatchObject({ connected: false });
    });

    test.concurrent("a burst gets one answer, to the last message of it", async () => {
      const { url } = server;
      const [ann, bob] = [await signUp(url, "ann"), await newBusyPerson(url, "bob")];
      const burst = await Promise.all(["a", "b", "c", "d", "e"].map((text) => send(url, ann, bob, text)));
      const last = burst.find(({ seq }) => seq === 5);
      await answered(url, ann, bob);
      await letTheStandInCatchUp(url);
      expect(await standIns(url, ann, bob)).toEqual([expect.objectContaining({ inReplyTo: last._id, seq: 6 })]);
    });

    test.concurrent("both BUSY: one message of a person yields one message of a stand-in", async () => {
      const { url } = server;
      const [ann, bob] = [await newBusyPerson(url, "ann"), await newBusyPerson(url, "bob")];
      await send(url, ann, bob, "Are you busy, too?");
      await answered(url, ann, bob);
      await letTheStandInCatchUp(url);
      expect((await history(url, ann, bob)).map(({ sender, origin }) => [sender, origin])).toEqual([
        [ann.id, "person"],
        [bob.id, "standin"],
      ]);
      // Each finds on record why there is nothing more.
      const [{ _id: trigger }] = await standIns(url, ann, bob);
      const { body } = await call(url, "GET", "/standin/decisions", { token: ann.token });
      expect(body.decisions).toEqual([
        expect.objectContaining({ trigger, peer: bob.id, decision: "automatic", answer: null }),
      ]);
    });

    test.concurrent("who has blocked a busy person hears nothing of that person's assistant", async () => {
      const { url } = server;
      const [ann, bob] = [await signUp(url, "ann"), await newBusyPerson(url, "bob")];
      await call(url, "PUT", `/blocks/${bob.id}`, { token: ann.token });
      const [annsPhone, bobsPhone] = [await connect(url, ann.token), await connect(url, bob.token)];
      await send(url, ann, bob, "You need not answer");
      expect(await bobsPhone.next("messageSent")).not.toHaveProperty("blocked");
      expect(await standIns(url, ann, bob)).toEqual([expect.objectContaining({ blocked: true, seq: 2 })]);
      const { body } = await call(url, "GET", "/conversations", { token: ann.token });
      expect(body.conversations).toEqual([expect.objectContaining({ unread: 0, lastSeq: 2 })]);
      await send(url, await signUp(url, "control"), ann, "Something that is pushed");
      await annsPhone.next("incomingMessage");
      expect(annsPhone.all("incomingMessage")).toEqual([expect.objectContaining({ origin: "person" })]);
    });

    test.concurrent("nobody else is answered: not a blocked person, not oneself, not where the owner wrote or came back", async () => {
      const { url } = server;
      const eve = await signUp(url, "eve");
      const [blocking, writing, returning, alone] = [
        await newBusyPerson(url, "blocking"),
        await newBusyPerson(url, "writing"),
        await newBusyPerson(url, "returning"),
        await newBusyPerson(url, "alone"),
      ];
      await call(url, "PUT", `/blocks/${eve.id}`, { token: blocking.token });
      const toBlocking = await send(url, eve, blocking, "Do you hear me?");
      await send(url, eve, writing, "Lunch?");
      await send(url, writing, eve, "Yes!");
      await send(url, eve, returning, "Lunch?");
      expect((await setStatus(url, returning, { status: "AVAILABLE" })).status).toBe(200);
      await send(url, alone, alone, "A note to myself");
      await letTheStandInCatchUp(url);
      for (const owner of [blocking, writing, returning]) expect(await standIns(url, eve, owner)).toEqual([]);
      expect(await standIns(url, alone, alone)).toEqual([]);
      // The blocked person cannot tell; the one who blocked can.
      expect(toBlocking).not.toHaveProperty("blocked");
      expect(await history(url, eve, blocking)).toEqual([toBlocking]);
      expect(await history(url, blocking, eve)).toEqual([expect.objectContaining({ blocked: true })]);
    });

    test.concurrent("what a client says of origin and sender is ignored", async () => {
      const { url } = server;
      const [ann, bob] = [await signUp(url, "ann"), await newBusyPerson(url, "bob")];
      const forged = { to: bob.id, message: "hi", origin: "standin", sender: bob.id, label: "x", onBehalfOf: bob.id };
      const { body } = await call(url, "POST", "/user/message", { token: ann.token, body: forged });
      expect(body.sent).toMatchObject({ sender: ann.id, origin: "person" });
      expect(body.sent).not.toHaveProperty("label");
      await answered(url, ann, bob);
    });
  }),
);

describe("killed between a message and its answer", () => {
  const title = "it resumes what still holds, drops what is over, and never says a notice twice";
  const resumes = async (start: TestedServer["start"]): Promise<void> => {
    // Long enough for all that must happen before the kill, also on a slow machine.
    const slowly = { ...env, AI_MERGE_WINDOW_MS: "3000" };
    let server = await start({ env: slowly });
    const ann = await signUp(server.url, "ann");
    const noticed = await newBusyPerson(server.url, "noticed");
    await send(server.url, ann, noticed, "Lunch?");
    await answered(server.url, ann, noticed);

    const waiting = await newBusyPerson(server.url, "waiting");
    const atDusk = await newBusyPerson(server.url, "at dusk");
    const lunch = await send(server.url, ann, waiting, "Lunch?");
    await send(server.url, ann, noticed, "Dinner?");
    await send(server.url, ann, atDusk, "Lunch?");
    // Last, because of all the answers this one alone must not come before the kill.
    const untilMs = Date.now() + 3_500;
    const ending = await newBusyPerson(server.url, "ending", { until: new Date(untilMs).toISOString() });
    await send(server.url, ann, ending, "Lunch?");
    await server.kill();
    await eventually(
      async () => Date.now(),
      (now) => now > untilMs,
    );

    server = await server.again();
    expect(await answered(server.url, ann, waiting)).toEqual([
      expect.objectContaining({ inReplyTo: lunch._id, seq: 2, label: `${waiting.username}'s assistant` }),
    ]);
    await setStatus(server.url, atDusk, { status: "AVAILABLE" });
    const once = await standIns(server.url, ann, atDusk);
    await send(server.url, ann, noticed, "Breakfast?");
    await letTheStandInCatchUp(server.url);
    expect(await standIns(server.url, ann, ending)).toEqual([]);
    expect(await standIns(server.url, ann, waiting)).toHaveLength(1);
    expect(await standIns(server.url, ann, noticed)).toHaveLength(1);
    // Once the owner's return was acknowledged, nothing appears that was not there.
    expect(await standIns(server.url, ann, atDusk)).toEqual(once);

    // Another period, another notice.
    await setStatus(server.url, noticed, { status: "AVAILABLE" });
    await setStatus(server.url, noticed, { status: "BUSY" });
    await send(server.url, ann, noticed, "Tomorrow?");
    await eventually(
      () => standIns(server.url, ann, noticed),
      (found) => found.length === 2,
    );
    await server.stop();
  };

  // Most of it is waiting, so they wait side by side.
  for (const { name, canRun, start } of durableStores)
    test.skipIf(!canRun)(`${name}: ${title}`, { concurrent: true }, () => resumes(start));
});
