import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, history, type Json, type Person, send, setStatus, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess } from "./server-process.ts";
import { describeServers, durableStores, stores, type TestedServer } from "./servers.ts";

cleanUpAfterwards();

const env = { AI_MERGE_WINDOW_MS: "1000", RATE_LIMITS: "off" };

const standIns = async (url: string, who: Person, other: Person): Promise<readonly Json[]> =>
  (await history(url, who, other)).filter(({ origin }) => origin === "standin");

const answered = (url: string, writer: Person, owner: Person): Promise<readonly Json[]> =>
  eventually(
    () => standIns(url, writer, owner),
    (found) => found.length > 0,
  );

const newBusyPerson = async (url: string, name: string, more: object = {}): Promise<Person> => {
  const person = await signUp(url, name);
  expect((await setStatus(url, person, { status: "BUSY", ...more })).status).toBe(200);
  return person;
};

/** The same for one whose assistant lets messages wait for so long. */
const newPatientPerson = async (url: string, name: string, waitSeconds: number): Promise<Person> => {
  const person = await newBusyPerson(url, name);
  expect((await call(url, "PATCH", "/standin/settings", { token: person.token, body: { waitSeconds } })).status).toBe(
    200,
  );
  return person;
};

/** What became of the messages to this person, newest first, once it is known of so many. Of those nothing more is to come. */
const decisions = async (url: string, owner: Person, count: number): Promise<readonly string[]> => {
  const { body } = await eventually(
    () => call(url, "GET", "/standin/decisions", { token: owner.token }),
    (listed) => listed.body.decisions.length >= count,
  );
  return body.decisions.map(({ decision }: Json) => decision);
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
      expect(await decisions(url, bob, 2)).toEqual(["limited", "notice"]);
      expect(await standIns(url, ann, bob)).toEqual([answer]);
    });

    test("who has blocked a busy person hears nothing of that person's assistant", async () => {
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
      // So long may the burst take on a slow machine.
      const [ann, bob] = [await signUp(url, "ann"), await newPatientPerson(url, "bob", 4)];
      const burst = await Promise.all(["a", "b", "c", "d", "e"].map((text) => send(url, ann, bob, text)));
      const last = burst.find(({ seq }) => seq === 5);
      const became = await decisions(url, bob, burst.length);
      expect(became.toSorted()).toEqual(["merged", "merged", "merged", "merged", "notice"]);
      expect(await standIns(url, ann, bob)).toEqual([expect.objectContaining({ inReplyTo: last._id, seq: 6 })]);
    });

    test.concurrent("both BUSY: one message of a person yields one message of a stand-in", async () => {
      const { url } = server;
      const [eve, ann, bob] = [
        await signUp(url, "eve"),
        await newBusyPerson(url, "ann"),
        await newBusyPerson(url, "bob"),
      ];
      await send(url, ann, bob, "Are you busy, too?");
      await answered(url, ann, bob);
      // What Ann's assistant would have said to Bob's, it has said when it has answered what came later.
      await send(url, eve, ann, "And you?");
      await answered(url, eve, ann);
      expect((await history(url, ann, bob)).map(({ sender, origin }) => [sender, origin])).toEqual([
        [ann.id, "person"],
        [bob.id, "standin"],
      ]);
      // Each finds on record why there is nothing more.
      const [{ _id: trigger }] = await standIns(url, ann, bob);
      const { body } = await call(url, "GET", "/standin/decisions", { token: ann.token });
      expect(body.decisions.filter(({ peer }: Json) => peer === bob.id)).toEqual([
        expect.objectContaining({ trigger, decision: "automatic", answer: null }),
      ]);
    });

    test.concurrent("nobody else is answered: not a blocked person, not oneself, not where the owner wrote or came back", async () => {
      const { url } = server;
      const eve = await signUp(url, "eve");
      const [blocking, writing, returning, alone] = [
        await newBusyPerson(url, "blocking"),
        await newPatientPerson(url, "writing", 600),
        await newPatientPerson(url, "returning", 600),
        await newBusyPerson(url, "alone"),
      ];
      await call(url, "PUT", `/blocks/${eve.id}`, { token: blocking.token });
      const toBlocking = await send(url, eve, blocking, "Do you hear me?");
      expect(await decisions(url, blocking, 1)).toEqual(["blocked"]);
      await send(url, eve, writing, "Lunch?");
      await send(url, writing, eve, "Yes!");
      expect(await decisions(url, writing, 1)).toEqual(["owner-wrote"]);
      await send(url, eve, returning, "Lunch?");
      expect((await setStatus(url, returning, { status: "AVAILABLE" })).status).toBe(200);
      expect(await decisions(url, returning, 1)).toEqual(["owner-returned"]);
      await send(url, alone, alone, "A note to myself");
      // What would have been said to the note, has been said when this is answered.
      await send(url, eve, alone, "Anyone there?");
      await answered(url, eve, alone);
      expect(await decisions(url, alone, 1)).toEqual(["notice"]);
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
    // Long enough for what is sent last to wait still when the server is killed.
    let server = await start({ env: { ...env, AI_MERGE_WINDOW_MS: "2000" } });
    const { url } = server;
    const [ann, noticed, waiting, atDusk, ending] = [
      await signUp(url, "ann"),
      await newBusyPerson(url, "noticed"),
      await newBusyPerson(url, "waiting"),
      await newBusyPerson(url, "at dusk"),
      await newPatientPerson(url, "ending", 4),
    ];
    await send(url, ann, noticed, "Lunch?");
    await answered(url, ann, noticed);

    // Before the answer of this one is due, however slow the machine is; asked again where it was over before the server heard of it.
    let untilMs = 0;
    const endSoon = () => {
      untilMs = Date.now() + 3_000;
      return setStatus(url, ending, { status: "BUSY", until: new Date(untilMs).toISOString() });
    };
    await eventually(endSoon, ({ status }) => status === 200);
    await send(url, ann, ending, "Lunch?");
    const lunch = await send(url, ann, waiting, "Lunch?");
    await send(url, ann, noticed, "Dinner?");
    await send(url, ann, atDusk, "Lunch?");
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
    expect(await decisions(server.url, noticed, 3)).toEqual(["limited", "limited", "notice"]);
    expect(await decisions(server.url, waiting, 1)).toEqual(["notice"]);
    expect(await decisions(server.url, ending, 1)).toEqual(["owner-returned"]);
    expect(await standIns(server.url, ann, ending)).toEqual([]);
    expect(await standIns(server.url, ann, waiting)).toHaveLength(1);
    expect(await standIns(server.url, ann, noticed)).toHaveLength(1);
    // Once the owner's return was acknowledged, nothing appears that was not there.
    expect(await decisions(server.url, atDusk, 1)).toEqual([once.length === 0 ? "owner-returned" : "notice"]);
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
