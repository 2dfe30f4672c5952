import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Device } from "./devices.ts";
import { eventually } from "./eventually.ts";
import { call, history, type Json, type Person, send, signIn, signUp, wholeHistory } from "./people.ts";
import { cleanUpAfterwards, type ServerProcess } from "./server-process.ts";
import { describeServers, stores } from "./servers.ts";

cleanUpAfterwards();

/** Every send of these tests, repeated for as long as it is refused for now: who waits for more than 2 s, on a slow disk, is refused rightly. */
const repeating = () => {
  /** The ids of what was refused: it may have been stored all the same, and then is pushed only when it is repeated. */
  const refused = new Set<string>();
  const send = async (clientMsgId: string, attempt: () => Promise<Json>): Promise<Json> => {
    const taken = async (): Promise<Json> => {
      const answer = await attempt();
      if (answer.code === "UNAVAILABLE") refused.add(clientMsgId);
      return answer;
    };
    return (await eventually(taken, ({ code }) => code !== "UNAVAILABLE")).sent;
  };
  return { refused, send };
};

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
    const [ann1, ann2, bob1, bob2] = [await device(ann), await device(ann), await device(bob), await device(bob)];
    // In one conversation MongoDB commits one message after the other, each with its own write to the disk.
    const each = store === "mongodb" ? 20 : 60;
    // So many of each socket are under way together; on a slow disk few may stand in the queue of MongoDB.
    const together = store === "mongodb" ? 4 : each;
    const { refused, send } = repeating();

    const overHttp = async (from: Person, to: Person, name: string) => {
      const sent: Json[] = [];
      for (const index of numbers(each)) {
        const body = { to: to.id, message: `${name} ${index}`, clientMsgId: `${name}-${index}` };
        const attempt = async () => (await call(url, "POST", "/user/message", { token: from.token, body })).body;
        sent.push(await send(body.clientMsgId, attempt));
      }
      return sent;
    };
    const overSocket = async (socket: Device, to: Person, name: string) => {
      const sent: Json[] = [];
      for (let first = 1; first <= each; first += together) {
        const answers = numbers(together).map((number) => {
          const index = first + number - 1;
          const body = { to: to.id, message: `${name} ${index}`, clientMsgId: `${name}-${index}` };
          return send(body.clientMsgId, () => socket.ask("sendMessage", body));
        });
        sent.push(...(await Promise.all(answers)));
      }
      return sent;
    };
    const written = await Promise.all([
      overHttp(ann, bob, "ann-http-1"),
      overHttp(ann, bob, "ann-http-2"),
      overHttp(bob, ann, "bob-http-1"),
      overHttp(bob, ann, "bob-http-2"),
      overSocket(ann1, bob, "ann-socket-1"),
      overSocket(ann2, bob, "ann-socket-2"),
      overSocket(bob1, ann, "bob-socket-1"),
      overSocket(bob2, ann, "bob-socket-2"),
    ]);

    // Each writer saw its own messages in the order in which it sent them.
    for (const sent of written)
      expect(sent.map(({ seq }) => seq)).toEqual(sent.map(({ seq }) => seq).sort((a, b) => a - b));
    const stored = written.flat().sort((one: Json, other: Json) => one.seq - other.seq);
    expect(stored.map(({ seq }) => seq)).toEqual(numbers(8 * each));
    /** Who chose the id of a message sees it, and nobody else. */
    const asSeenBy = ({ id }: Person) =>
      stored.map(({ clientMsgId, ...message }) => (message.sender === id ? { clientMsgId, ...message } : message));
    expect(await wholeHistory(url, ann, bob)).toEqual(asSeenBy(ann));
    expect(await wholeHistory(url, bob, ann)).toEqual(asSeenBy(bob));

    // Each person's other device heard every message once, and in that order but for what was refused first.
    const certain = stored.filter(({ clientMsgId }) => !refused.has(clientMsgId)).map(({ _id }) => _id);
    const all = stored.map(({ _id }) => _id).sort();
    for (const listener of listeners) {
      const heard = await eventually(
        async () =>
          listener.heard
            .filter(({ event }) => event === "messageSent" || event === "incomingMessage")
            .map(({ payload }) => payload._id),
        ({ length }) => length >= all.length,
      );
      expect([...heard].sort()).toEqual(all);
      expect(heard.filter((id) => certain.includes(id))).toEqual(certain);
    }
  });

  test("twenty equal sends at once, over both doors and several devices, are one message", { retry: 0 }, async () => {
    const { url } = server;
    const [ann, bob] = [await signUp(url, "ann"), await signUp(url, "bob")];
    const listener = await connect(url, bob.token);
    const devices = await Promise.all(numbers(4).map(async () => connect(url, (await signIn(url, ann)).body.token)));
    const payload = { to: bob.id, message: "only once", clientMsgId: "equal-1" };
    const repeated = repeating();
    const overHttp = async () => (await call(url, "POST", "/user/message", { token: ann.token, body: payload })).body;
    const answers = await Promise.all(
      numbers(20).map((index) => {
        const device = index % 2 === 0 ? devices[(index / 2) % 4] : undefined;
        return repeated.send("equal-1", device === undefined ? overHttp : () => device.ask("sendMessage", payload));
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
