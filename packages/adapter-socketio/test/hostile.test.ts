import { connect as connectTcp } from "node:net";
import { createFakeTime } from "@standin/contract-tests";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Person, startTestServer, type TestServer } from "./test-server.ts";

const events = ["userLoggedIn", "sendMessage", "getMessages", "userStatusUpdate", "markRead", "typing"];
const strange = ["error", "", "__proto__", "constructor", "toString", "disconnecting", "resync", "messageResponse"];
const fields = ["to", "message", "from", "userId", "token", "status", "until", "note", "peer", "seq", "clientMsgId"];

const text = fc.oneof(
  fc.string({ maxLength: 20, unit: "binary" }),
  fc.constantFrom("\ud800", "\u0000", "__proto__", "$where", "0123456789abcdef01234567", "AVAILABLE", "9999-99-99"),
);
const value = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(null, -1, 1.5, 1e308, true, [], {}, { $ne: null }, { toString: 1 }, "x".repeat(5_000)),
);
const payload = fc.oneof(
  value,
  fc.dictionary(fc.constantFrom(...fields, "__proto__", "constructor"), value, { maxKeys: 6 }),
);
const arrival = fc.record({
  event: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...events) }, fc.constantFrom(...strange), text),
  payloads: fc.array(payload, { maxLength: 3 }),
});

/** Names that a stock client would not send. */
const reserved = new Set(["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]);

const stillAlive = async (server: TestServer, person: Person): Promise<void> => {
  const device = await server.device(person);
  expect(await device.ask("userLoggedIn", { userId: person.id })).toMatchObject({ success: true });
};

test("every event with any payload gets a typed answer, logged in or not", async () => {
  // No time passes: whoever does not log in would be sent away while this goes on.
  const server = await startTestServer({ timer: createFakeTime().timer });
  const ada = await server.signUp("Ada");
  const [member, guest] = [await server.device(ada), await server.device(null)];
  await fc.assert(
    fc.asyncProperty(arrival, fc.boolean(), async ({ event, payloads }, loggedIn) => {
      fc.pre(!reserved.has(event));
      const device = loggedIn ? member : guest;
      device.tell(event, ...payloads);
      const answer = (await device.ask(event, ...payloads)) as { success: boolean; code?: string; message?: string };
      if (answer.success) expect(loggedIn).toBe(true);
      else {
        expect(answer.code).toMatch(/^(INVALID|UNAUTHORIZED|NOT_FOUND|CONFLICT)$/);
        expect(answer.message).toMatch(/./);
      }
    }),
    { numRuns: 500, seed: 20 },
  );
  expect(member.socket.connected).toBe(true);
  expect(guest.socket.connected).toBe(true);
  await stillAlive(server, ada);
});

/** A WebSocket that has joined the default namespace and speaks Socket.IO's protocol by hand. */
const rawSocket = async (server: TestServer, token: string | null) => {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=websocket`);
  const heard: string[] = [];
  const closed = new Promise<void>((resolve) => socket.addEventListener("close", () => resolve()));
  const joined = new Promise<void>((resolve) => {
    socket.addEventListener("message", ({ data }) => {
      heard.push(String(data));
      if (String(data).startsWith("0")) socket.send(`40${token === null ? "" : JSON.stringify({ token })}`);
      if (String(data).startsWith("40")) resolve();
    });
  });
  await joined;
  return { socket, heard, closed };
};

const breaches = [
  "4",
  "49",
  "4x",
  "42{}",
  "42null",
  '42["disconnect"]',
  "42[",
  "42[{}]",
  "40null",
  "40",
  "44",
  "47",
  "9",
  "2",
  "",
  '450-["sendMessage",{}]',
  '4511-["sendMessage",{}]',
  '451-["sendMessage",{"_placeholder":true,"num":0}]',
  '451-/,7["sendMessage",{"_placeholder":true,"num":0}]',
  '461-1[{"_placeholder":true,"num":0}]',
];

test.each(breaches)("a breach of the protocol closes the socket: %j", async (frame) => {
  const server = await startTestServer();
  const ada = await server.signUp("Ada");
  const { socket, closed } = await rawSocket(server, ada.token);
  socket.send(frame);
  await closed;
  await stillAlive(server, ada);
});

test.each([
  "42",
  "425",
  "42[7]",
  '42["sendMessage"]',
  '421["sendMessage"]',
  '42["error",{}]',
  '429007199254740993["typing",1,2,3]',
  "43",
  '4399["late"]',
  '42/unknown,["sendMessage"]',
  `42["sendMessage",${"[".repeat(20_000)}${"]".repeat(20_000)}]`,
  '42["sendMessage",{"__proto__":{"to":"x"},"constructor":{"prototype":1}}]',
])("an odd packet is survived: %j", async (frame) => {
  const server = await startTestServer();
  const ada = await server.signUp("Ada");
  const { socket, closed, heard } = await rawSocket(server, ada.token);
  socket.send(frame);
  const answered = new Promise<void>((resolve) => {
    socket.addEventListener("message", () => heard.some((each) => each.startsWith("4333[")) && resolve());
  });
  socket.send(`4233["userLoggedIn",{"userId":"${ada.id}"}]`);
  // Either it goes on, or it was closed for it; the server lives.
  await Promise.race([answered, closed]);
  await stillAlive(server, ada);
});

test("an attachment never reaches a use case", async () => {
  let calls = 0;
  const server = await startTestServer({
    wrap: (chat) => ({
      ...chat,
      countCall: async () => {
        calls += 1;
      },
      typing: async () => {
        calls += 1;
      },
      sendMessage: () => {
        calls += 1;
        return Promise.reject(new Error("not to be called"));
      },
    }),
  });
  const ada = await server.signUp("Ada");
  for (const frame of [
    '451-["typing",{"_placeholder":true,"num":0}]',
    '451-1["getMessages",{"_placeholder":true,"num":0}]',
  ]) {
    const { socket, closed } = await rawSocket(server, ada.token);
    socket.send(frame);
    socket.send(new Uint8Array([1, 2, 3]));
    await closed;
  }
  const stray = await rawSocket(server, ada.token);
  stray.socket.send(new Uint8Array([1, 2, 3]));
  await stray.closed;
  expect(calls).toBe(0);
  await stillAlive(server, ada);
});

test("an event is answered once, and one whose sender has left is not", async () => {
  const server = await startTestServer();
  const ada = await server.signUp("Ada");
  const { socket, heard, closed } = await rawSocket(server, ada.token);
  const answered = (id: number): Promise<void> =>
    new Promise((resolve) => {
      socket.addEventListener("message", ({ data }) => String(data).startsWith(`43${id}[`) && resolve());
    });
  const first = answered(55);
  socket.send('4255["sendMessage",{}]');
  await first;
  const fence = answered(56);
  socket.send('4256["nothing"]');
  await fence;
  expect(heard.filter((packet) => packet.startsWith('42["messageResponse"'))).toEqual([]);
  expect(heard.filter((packet) => packet.startsWith("4355"))).toHaveLength(1);
  socket.send('4257["userStatusUpdate",{"status":"BUSY"}]');
  socket.send("41");
  socket.close();
  await closed;
  await stillAlive(server, ada);
});

test("a flood of events on one socket is bounded", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let inside = 0;
  const server = await startTestServer({
    wrap: (chat) => ({
      ...chat,
      countCall: async () => {
        inside += 1;
        await held;
      },
    }),
  });
  const ada = await server.signUp("Ada");
  const device = await server.device(ada);
  const answers = Array.from({ length: 1_100 }, () => device.ask("markRead", { peer: ada.id, seq: 0 }));
  const refused = await Promise.all(answers.slice(1_000));
  expect(refused).toEqual(refused.map(() => expect.objectContaining({ success: false, code: "LIMITED" })));
  expect(inside).toBe(1_000);
  release();
  const done = await Promise.all(answers.slice(0, 1_000));
  expect(done).toEqual(done.map(() => ({ success: true })));
});

test("a connection that breaks while its upgrade is refused harms nobody", async () => {
  const server = await startTestServer();
  const ada = await server.signUp("Ada");
  server.server.prependListener("upgrade", (_request, socket) => {
    socket.once("finish", () => socket.emit("error", new Error("read ECONNRESET")));
  });
  const lines = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", "Host: x", "Connection: Upgrade"];
  const foreign = [...lines, "Upgrade: websocket", "Origin: http://evil.example", "", ""].join("\r\n");
  const answer = await new Promise<string>((resolve) => {
    const socket = connectTcp(server.port, "127.0.0.1", () => socket.write(foreign));
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk;
    });
    socket.once("close", () => resolve(heard));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  await stillAlive(server, ada);
});

test("what a use case throws reaches nobody but the log", async () => {
  const logged: unknown[] = [];
  const log = (fields: object): void => void logged.push(fields);
  const server = await startTestServer({
    logger: { debug: () => undefined, info: () => undefined, warn: log, error: log },
    wrap: (chat) => ({
      ...chat,
      typing: () => {
        throw new Error("secret driver text");
      },
      markRead: () => Promise.reject("secret string"),
    }),
  });
  const ada = await server.signUp("Ada");
  const device = await server.device(ada);
  const internal = { success: false, message: "Something went wrong", code: "INTERNAL" };
  expect(await device.ask("typing", { to: ada.id })).toEqual(internal);
  expect(await device.ask("markRead", { peer: ada.id, seq: 1 })).toEqual(internal);
  expect(logged).toEqual([
    { err: new Error("secret driver text"), event: "typing" },
    { err: "secret string", event: "markRead" },
  ]);
});
