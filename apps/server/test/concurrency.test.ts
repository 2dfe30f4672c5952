import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Device } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, history, type Json, type Person, send, signIn, signUp, wholeHistory } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess } from "./server-process.ts";
import { describeServers, stores } from "./servers.ts";

cleanUpAfterwards();

const numbers = (to: number): number[] => Array.from({ length: to }, (_, index) => index + 1);

describeServers(stores, ({ store, start }) => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await start({ env: { RATE_LIMITS: "off" } });
  });
  afterAll(async () => {
    await server?.stop();
  });

  test("eight writers at once in one conversation: no hole, no double, and one order for everybody", {
    retry: 0,
  }, async () => {
    const { url } = server;
    const [ann, bob] = [await signUp(url, "ann"), await signUp(url, "bob")];
    const device = async (person: Person) => connect(url, (await signIn(url, person)).body.token);
    const listeners = [await device(ann), await device(bob)];
    // In one conversation MongoDB commits one message after the other, each with its own write to the disk.
    const each = store === "mongodb" ? 20 : 60;
    // So many of each socket are under way together. Who waits for more than 2 s is refused, rightly: on a slow disk few may stand in the queue of MongoDB.
    const together = store === "mongodb" ? 4 : each;

    const overHttp = async (from: Person, to: Person, name: string) => {
      const sent: Json[] = [];
      for (const index of numbers(each)) sent.push(await send(url, from, to, `${name} ${index}`));
      return sent;
    };
    const overSocket = async (socket: Device, to: Person, name: string) => {
      const sent: Json[] = [];
      for (let first = 1; first <= each; first += together) {
        const indices = numbers(together).map((index) => first + index - 1);
        const answers = await Promise.all(
          indices.map((index) => socket.ask("sendMessage", { to: to.id, message: `${name} ${index}` })),
        );
        sent.push(...answers.map((answer) => answer.sent));
      }
      return sent;
    };
    const written = await Promise.all([
      overHttp(ann, bob, "ann http 1"),
      overHttp(ann, bob, "ann http 2"),
      overHttp(bob, ann, "bob http 1"),
      overHttp(bob, ann, "bob http 2"),
      overSocket(await device(ann), bob, "ann socket 1"),
      overSocket(await device(ann), bob, "ann socket 2"),
      overSocket(await device(bob), ann, "bob socket 1"),
      overSocket(await device(bob), ann, "bob socket 2"),
    ]);

    // Each writer saw its own messages in the order in which it sent them.
    for (const sent of written)
      expect(sent.map(({ seq }) => seq)).toEqual(sent.map(({ seq }) => seq).sort((a, b) => a - b));
    const messages = await wholeHistory(url, ann, bob);
    expect(messages.map(({ seq }) => seq)).toEqual(numbers(8 * each));
    expect(await wholeHistory(url, bob, ann)).toEqual(messages);
    const bySeq = (one: Json, other: Json) => one.seq - other.seq;
    expect(written.flat().sort(bySeq)).toEqual(messages);

    // Each person's other device heard every message once, in that order.
    for (const listener of listeners) {
      const heard = await eventually(
        async () => listener.heard.filter(({ event }) => event === "messageSent" || event === "incomingMessage"),
        ({ length }) => length >= messages.length,
      );
      expect(heard.map(({ payload }) => payload._id)).toEqual(messages.map(({ _id }) => _id));
    }
  });

  test("twenty equal sends at once, over both doors and several devices, are one message", { retry: 0 }, async () => {
    const { url } = server;
    const [ann, bob] = [await signUp(url, "ann"), await signUp(url, "bob")];
    const listener = await connect(url, bob.token);
    const devices = await Promise.all(numbers(4).map(async () => connect(url, (await signIn(url, ann)).body.token)));
    const payload = { to: bob.id, message: "only once", clientMsgId: "equal-1" };
    const answers = await Promise.all(
      numbers(20).map(async (index) => {
        const device = index % 2 === 0 ? devices[index % 4] : undefined;
        if (device !== undefined) return (await device.ask("sendMessage", payload)).sent;
        return (await call(url, "POST", "/user/message", { token: ann.token, body: payload })).body.sent;
      }),
    );
    const messages = await history(url, ann, bob);
    expect(messages).toHaveLength(1);
    expect(answers).toEqual(answers.map(() => messages[0]));
    await send(url, ann, bob, "after it");
    await listener.next("incomingMessage", ({ content }) => content === "after it");
    expect(listener.all("incomingMessage").map(({ content }) => content)).toEqual(["only once", "after it"]);
  });

  test("of twenty sign-ups with one e-mail address one succeeds", { retry: 0 }, async () => {
    const body = { email: "one@example.org", password: "long enough", username: "One" };
    const statuses = await Promise.all(
      numbers(20).map(async () => (await call(server.url, "POST", "/signup", { body })).status),
    );
    expect(statuses.filter((status) => status === 201)).toEqual([201]);
    expect(statuses.filter((status) => status !== 201 && status !== 409 && status !== 503)).toEqual([]);
  });
});
