import { once } from "node:events";
import { connect as connectTcp } from "node:net";
import { expect, test } from "vitest";
import { connect } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, type Json, type Person, signIn, signUp, wholeHistory } from "./people.ts";
import { cleanUpAfterwards, startServer } from "./server-process.ts";

cleanUpAfterwards();

/** One text frame, as clients send them; masked with zeros. */
const frame = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const length = bytes.length < 126 ? [0x80 | bytes.length] : [0xfe, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), bytes]);
};

/** A WebSocket client by hand that joins with the token, and from then on reads nothing. */
const joinAndStopReading = async (url: string, { token }: Pick<Person, "token">) => {
  const { hostname, port } = new URL(url);
  const wire = connectTcp(Number(port), hostname);
  wire.on("error", () => {});
  let heard = "";
  const hears = async (text: string): Promise<void> => {
    while (!heard.includes(text)) heard += String((await once(wire, "data"))[0]);
  };
  wire.write(
    [
      "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
      `Host: ${hostname}:${port}`,
      ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"],
      ...["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""],
    ].join("\r\n"),
  );
  await hears("pingInterval");
  wire.write(frame(`40${JSON.stringify({ token })}`));
  await hears('40{"sid"');
  wire.pause();
  const emit = (...event: readonly unknown[]) => void wire.write(frame(`42${JSON.stringify(event)}`));
  return { emit, destroy: () => wire.destroy() };
};

// Promise A11.
test("a reader that stops reading is cut off; the person's other device and the writer notice nothing", async () => {
  const server = await startServer({ env: { RATE_LIMITS: "off" } });
  const [ann, bob] = [await signUp(server.url, "ann"), await signUp(server.url, "bob")];
  const [writer, reader] = [await connect(server.url, ann.token), await connect(server.url, bob.token)];
  const slow = await joinAndStopReading(server.url, { token: (await signIn(server.url, bob)).body.token });
  const isCutOff = () => server.output().stderr.includes("does not keep up");

  const sent: Json[] = [];
  const write = async (count: number): Promise<void> => {
    for (let number = 1; number <= count; number += 1)
      sent.push((await writer.ask("sendMessage", { to: bob.id, message: "\u{1f600}".repeat(4_000) })).sent);
  };
  await write(40);
  // Each answer has more than half a MiB, and far more of them than the system's buffers hold: first they fill, then the queue of the socket does.
  await eventually(
    async () => {
      if (!isCutOff()) slow.emit("getMessages", { from: ann.id, to: bob.id });
      return isCutOff();
    },
    (cutOff) => cutOff,
  );
  // The other two are all that is left, though the system still holds what was sent before.
  await eventually(
    () => call(server.url, "GET", "/metrics"),
    ({ body }) => /^standin_connections{state="open"} 2$/m.test(body),
  );

  await write(1);
  await reader.next("incomingMessage", ({ _id }) => _id === sent.at(-1)._id);
  expect(reader.all("incomingMessage").map(({ _id }) => _id)).toEqual(sent.map(({ _id }) => _id));
  expect([reader.socket.connected, writer.socket.connected]).toEqual([true, true]);
  // Where it was cut off, it catches up from the history.
  expect(await wholeHistory(server.url, bob, ann)).toHaveLength(sent.length);
  slow.destroy();
  expect((await server.stop()).code).toBe(0);
});
