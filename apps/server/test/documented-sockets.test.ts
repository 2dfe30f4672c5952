import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ConnectOptions, connect, type Device, newDevice } from "./devices.ts";
import { call, history, type Json, type Person, setStatus, signIn, signUp } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess, startServer } from "./server-process.ts";
import { describeServers, servers } from "./servers.ts";

cleanUpAfterwards();

const isId = expect.stringMatching(/^[0-9a-f]{24}$/);
const isInstant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const unauthorized = { success: false, message: "You are not authorized", code: "UNAUTHORIZED" };

const message = (from: Person, to: Person, content: string, seq: Json = expect.any(Number)) => ({
  _id: isId,
  sender: from.id,
  recipient: to.id,
  content,
  timestamp: isInstant,
  seq,
  origin: "person",
});

const transports: readonly (readonly [string, ConnectOptions])[] = [
  ["the default transports", {}],
  ["WebSocket alone", { transports: ["websocket"] }],
];

describeServers(servers, ({ store, start }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await start({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  // A transport ends before any store begins.
  describe.each(store === "embedded" ? transports : transports.slice(0, 1))("over %s", (_name, options) => {
    let ann: Person;
    let bob: Person;
    /** Two devices each, on tokens of their own. */
    let annsPhone: Device;
    let annsDesk: Device;
    let bobsPhone: Device;
    let bobsDesk: Device;

    const secondToken = async (person: Person) => (await signIn(server.url, person)).body.token as string;

    beforeAll(async () => {
      ann = await signUp(server.url, "ann");
      bob = await signUp(server.url, "bob");
    });

    beforeEach(async () => {
      [annsPhone, annsDesk, bobsPhone, bobsDesk] = await Promise.all([
        connect(server.url, ann.token, options),
        secondToken(ann).then((token) => connect(server.url, token, options)),
        connect(server.url, bob.token, options),
        secondToken(bob).then((token) => connect(server.url, token, options)),
      ]);
    });

    test("sendMessage is answered by messageResponse, and pushed to both people's other devices", async () => {
      annsPhone.socket.emit("sendMessage", { to: bob.id, message: "Hi Bob" });
      const sent = message(ann, bob, "Hi Bob");
      expect(await annsPhone.next("messageResponse")).toEqual({ success: true, message: "Message sent", sent });
      const incoming = { ...sent, from: ann.id };
      expect(await bobsPhone.next("incomingMessage")).toEqual(incoming);
      expect(await bobsDesk.next("incomingMessage")).toEqual(incoming);
      expect(await annsDesk.next("messageSent")).toEqual(sent);
      expect(annsPhone.all("messageSent")).toEqual([]);
      expect([...annsPhone.all("incomingMessage"), ...annsDesk.all("incomingMessage")]).toEqual([]);
    });

    test("with an acknowledgement the callback gets the answer, and the event is not sent as well", async () => {
      const answer = await annsPhone.ask("sendMessage", { to: bob.id, message: "Hi again" });
      expect(answer).toEqual({ success: true, message: "Message sent", sent: message(ann, bob, "Hi again") });
      await annsPhone.ask("getMessages", { from: ann.id, to: bob.id });
      expect([...annsPhone.all("messageResponse"), ...annsPhone.all("messages")]).toEqual([]);
    });

    test("a message sent over HTTP is pushed like any other", async () => {
      const body = { to: bob.id, message: "through the other door" };
      const { body: answer } = await call(server.url, "POST", "/user/message", { token: ann.token, body });
      for (const device of [bobsPhone, bobsDesk])
        expect(await device.next("incomingMessage")).toEqual({ ...answer.sent, from: ann.id });
      for (const device of [annsPhone, annsDesk]) expect(await device.next("messageSent")).toEqual(answer.sent);
    });

    test("sendMessage to nobody, and without its fields", async () => {
      annsPhone.socket.emit("sendMessage", { to: "0123456789abcdef01234567", message: "Hello?" });
      expect(await annsPhone.next("messageResponse")).toEqual({
        success: false,
        message: "User not found",
        code: "NOT_FOUND",
      });
      expect(await annsPhone.ask("sendMessage", { to: bob.id })).toMatchObject({
        success: false,
        message: "to and message are required",
        code: "INVALID",
      });
    });

    test("getMessages answers both directions, oldest first, from either side", async () => {
      await bobsPhone.ask("sendMessage", { to: ann.id, message: "and back" });
      annsDesk.socket.emit("getMessages", { from: bob.id, to: ann.id });
      const { success, messages } = await annsDesk.next("messages");
      expect(success).toBe(true);
      expect(messages).toEqual(await history(server.url, ann, bob));
      expect(messages.map(({ seq }: Json) => seq)).toEqual(messages.map((_: Json, index: number) => index + 1));
      expect(messages.at(-1)).toEqual(message(bob, ann, "and back"));
    });

    test("getMessages of other people's conversations is refused", async () => {
      const eve = await connect(server.url, (await signUp(server.url, "eve")).token, options);
      expect(await eve.ask("getMessages", { from: ann.id, to: bob.id })).toEqual(unauthorized);
      eve.socket.emit("getMessages", { from: ann.id, to: bob.id });
      expect(await eve.next("messages")).toEqual(unauthorized);
    });

    test("userStatusUpdate goes to everybody, the one who changed included", async () => {
      const until = new Date(Date.now() + 3_600_000).toISOString();
      const answer = await bobsPhone.ask("userStatusUpdate", { status: "BUSY", until, note: "in a meeting" });
      expect(answer).toEqual({ success: true, message: "Status updated" });
      const updated = {
        userId: bob.id,
        status: "BUSY",
        username: bob.username,
        prevstatus: "ONLINE",
        connected: true,
        busySince: isInstant,
        busyUntil: until,
        busyNote: "in a meeting",
      };
      const isBobBusy = ({ userId, status }: Json) => userId === bob.id && status === "BUSY";
      for (const device of [annsPhone, annsDesk, bobsPhone, bobsDesk])
        expect(await device.next("userStatusUpdated", isBobBusy)).toEqual(updated);
      bobsDesk.socket.emit("userStatusUpdate", { status: "ONLINE" });
      await annsPhone.next("userStatusUpdated", ({ userId, prevstatus }) => userId === bob.id && prevstatus === "BUSY");
    });

    test("a status changed over HTTP is announced as well", async () => {
      await setStatus(server.url, ann, { status: "BUSY" });
      await bobsPhone.next("userStatusUpdated", ({ userId, status }) => userId === ann.id && status === "BUSY");
      await annsPhone.ask("userStatusUpdate", { status: "ONLINE" });
      await bobsPhone.next("userStatusUpdated", ({ userId, prevstatus }) => userId === ann.id && prevstatus === "BUSY");
    });

    test("an unknown status is refused to the callback alone", async () => {
      expect(await annsPhone.ask("userStatusUpdate", { status: "AWAY" })).toMatchObject({
        success: false,
        code: "INVALID",
      });
    });

    test("userLoggedIn changes nothing on a socket whose handshake proved who it is", async () => {
      const answer = await annsPhone.ask("userLoggedIn", { userId: ann.id });
      expect(answer).toEqual({ success: true, user: expect.objectContaining({ id: ann.id, status: "ONLINE" }) });
      expect(await annsPhone.ask("userLoggedIn", { userId: bob.id })).toEqual(unauthorized);
    });

    test("a client may connect first and log in after, with a token that proves the userId", async () => {
      const late = newDevice(server.url, options);
      await late.next("connect");
      expect(await late.ask("sendMessage", { to: bob.id, message: "too early" })).toEqual(unauthorized);
      expect(await late.ask("userLoggedIn", { userId: ann.id })).toEqual(unauthorized);
      expect(await late.ask("userLoggedIn", { userId: bob.id, token: ann.token })).toEqual(unauthorized);
      expect(await late.ask("userLoggedIn", { userId: ann.id, token: ann.token })).toMatchObject({ success: true });
      expect(await late.ask("sendMessage", { to: bob.id, message: "in time" })).toMatchObject({ success: true });
      const contents = (await history(server.url, bob, ann)).map(({ content }) => content);
      expect([contents.includes("too early"), contents.includes("in time")]).toEqual([false, true]);
    });

    test("the token may also come in the Authorization header", async () => {
      const headers = { extraHeaders: { authorization: `Bearer ${ann.token}` } };
      const device = newDevice(server.url, { ...options, ...headers });
      await device.next("connect");
      expect(await device.ask("userLoggedIn", { userId: ann.id })).toMatchObject({ success: true });
    });

    test("a bad handshake token is a connect_error", async () => {
      const device = newDevice(server.url, { ...options, token: "a.b.c" });
      expect((await device.next("connect_error")).message).toBe("You are not authorized");
      expect(device.all("connect")).toEqual([]);
    });

    test("a page of another site does not get in", async () => {
      const origin = { extraHeaders: { origin: "https://evil.example" } };
      const device = newDevice(server.url, { ...options, ...origin, token: ann.token });
      await device.next("connect_error");
      expect(device.all("connect")).toEqual([]);
    });

    test("markRead reaches the other person and the reader's other devices", async () => {
      const { lastSeq } = (await call(server.url, "GET", `/messages?receiverId=${bob.id}`, { token: ann.token })).body;
      expect(await annsPhone.ask("markRead", { peer: bob.id, seq: lastSeq })).toEqual({ success: true });
      const read = { userId: ann.id, peer: bob.id, seq: lastSeq };
      for (const device of [annsDesk, bobsPhone, bobsDesk]) expect(await device.next("messagesRead")).toEqual(read);
      expect(annsPhone.all("messagesRead")).toEqual([]);
    });

    test("typing reaches the other person", async () => {
      expect(await annsPhone.ask("typing", { to: bob.id })).toEqual({ success: true });
      for (const device of [bobsPhone, bobsDesk]) expect(await device.next("typing")).toEqual({ from: ann.id });
    });

    test("sign-out closes the sockets of that token, and no others", async () => {
      const token = await secondToken(ann);
      const device = await connect(server.url, token, options);
      await call(server.url, "POST", "/signout", { token, body: {} });
      await device.next("disconnect");
      expect(await annsPhone.ask("typing", { to: bob.id })).toEqual({ success: true });
    });

    test("deleting an account closes its sockets, and frees its address", async () => {
      const eve = await signUp(server.url, "eve");
      const device = await connect(server.url, eve.token, options);
      expect(await server.operate("--delete-user", eve.email)).toBe(0);
      await device.next("disconnect");
      const body = { email: eve.email, password: "a new password", username: "Another Eve" };
      expect((await call(server.url, "POST", "/signup", { body })).status).toBe(201);
    });
  });
});

test("SOCKET_TRANSPORTS=websocket closes the polling door", async () => {
  const server = await startServer({ env: { SOCKET_TRANSPORTS: "websocket" } });
  const ann = await signUp(server.url, "ann");
  const polling = newDevice(server.url, { token: ann.token, transports: ["polling"] });
  await polling.next("connect_error");
  await connect(server.url, ann.token, { transports: ["websocket"] });
  await server.stop();
});
