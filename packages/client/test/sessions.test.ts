import { type ClientStorage, createChatClient, memoryStorage } from "@standin/client";
import { describe, expect, test } from "vitest";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { gatedFetch } from "./gated-fetch.ts";
import { newClient, newPerson, until } from "./people.ts";

/** Everything that a storage keeps of somebody, the session included. */
const keptIn = async (storage: ClientStorage): Promise<readonly unknown[]> => storage.list("");

test("wrong passwords, taken addresses and bad fields have the server's codes and name the field", async () => {
  const { url } = await startChatServer();
  const { client, account } = await newPerson("Ada", { url });
  const other = newClient({ url });
  await expect(other.signIn({ ...account, password: "wrong" })).rejects.toMatchObject({
    name: "ClientError",
    code: "INVALID_CREDENTIALS",
    message: "Invalid credentials",
  });
  await expect(other.signUp(account)).rejects.toMatchObject({ code: "EMAIL_TAKEN" });
  await expect(other.signUp({ ...account, email: "new@example.org", password: "short" })).rejects.toMatchObject({
    code: "INVALID",
    errors: [{ path: "password" }],
  });
  await expect(client.setStatus({ status: "BUSY", until: "yesterday" })).rejects.toMatchObject({
    code: "INVALID",
    errors: [{ path: "until" }],
  });
  expect(other.me).toBeNull();
  expect(() => other.conversation("0".repeat(24))).toThrow(expect.objectContaining({ code: "SIGNED_OUT" }));
  await expect(other.listUsers()).rejects.toMatchObject({ code: "SIGNED_OUT" });
});

test("no server, a silent one, one that speaks another language, and a caller who has had enough", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const account = { email: "ada@example.org", password: "correct horse" };
  network.refuse();
  const refused = newClient({ url: network.url }).signIn(account);
  await expect(refused).rejects.toMatchObject({ code: "NETWORK", retryable: true });
  const client = newClient({ url: network.url, timing: { requestMs: 50 } });
  network.heal();
  network.mute();
  await expect(client.signIn(account)).rejects.toMatchObject({ code: "TIMEOUT", retryable: true });
  const enough = AbortSignal.abort(new Error("enough"));
  await expect(client.signIn(account, { signal: enough })).rejects.toThrow("enough");

  const answering = (answer: Response) => newClient({ url: server.url, fetch: async () => answer.clone() });
  const page = new Response("<html>", { headers: { "content-type": "text/html" } });
  await expect(answering(page).signIn(account)).rejects.toMatchObject({ code: "UNEXPECTED" });
  const gateway = new Response("<html>Bad gateway</html>", { status: 502 });
  await expect(answering(gateway).signIn(account)).rejects.toMatchObject({ code: "UNAVAILABLE", retryable: true });
  expect(() => createChatClient()).toThrow(/url/);
});

test("a session that is ended elsewhere says so, and what was unsent is there when its writer comes back", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const storage = memoryStorage();
  const ada = await newPerson("Ada", { url: network.url, storage });
  const bob = await newPerson("Bob", { url: server.url });
  const laptop = newClient({ url: server.url });
  await laptop.signIn(ada.account);

  const reasons: string[] = [];
  ada.client.on("signedOut", ({ reason }) => reasons.push(reason));
  network.refuse();
  await until("it notices", () => ada.client.connection === "connecting");
  const unsent = ada.client.conversation(bob.user.id).send("later");
  await until("it is kept", () => ada.client.unsent() === 1);
  expect(await laptop.signOut({ everywhere: true })).toEqual({ revoked: true });
  network.heal();

  await until("it hears of it", () => reasons.length > 0);
  expect(reasons).toEqual(["revoked"]);
  await expect(unsent).rejects.toMatchObject({ code: "SIGNED_OUT" });
  expect(ada.client).toMatchObject({ me: null, connection: "offline" });
  expect(await newClient({ url: network.url, storage }).resume()).toBeNull();

  await ada.client.signIn(ada.account);
  await until("it is sent", () => ada.client.unsent() === 0);
  await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 1);
});

test("a live connection closes when its session ends, and another person's may follow on the same device", async () => {
  const { url } = await startChatServer();
  const storage = memoryStorage();
  const ada = await newPerson("Ada", { url, storage });
  const bob = await newPerson("Bob", { url });
  await ada.client.conversation(bob.user.id).send("secret");
  const laptop = newClient({ url });
  await laptop.signIn(ada.account);
  await laptop.changePassword({ current: ada.account.password, next: "battery staple" });
  await until("the other session is over", () => ada.client.me === null);
  await laptop.synced();

  await ada.client.signIn(bob.account);
  await ada.client.synced();
  expect(ada.client.me).toMatchObject({ username: "Bob" });
  expect(ada.client.conversations()).toMatchObject([{ peer: ada.user.id, unread: 1 }]);
});

describe("sign-out", () => {
  test("removes all that the device keeps of the person, and a tab that is still open cannot bring it back", async () => {
    const server = await startChatServer();
    const network = await startFaultyNetwork(() => server.port);
    const storage = memoryStorage();
    const ada = await newPerson("Ada", { url: server.url, storage });
    const bob = await newPerson("Bob", { url: server.url });
    const tab = newClient({ url: network.url, storage });
    await tab.resume();
    await tab.synced();
    await ada.client.conversation(bob.user.id).send("kept on the device");
    await until("the tab has it", () => tab.conversation(bob.user.id).messages().length === 1);
    expect(JSON.stringify(await keptIn(storage))).toContain("kept on the device");

    expect(await ada.client.signOut()).toEqual({ revoked: true });
    expect(await keptIn(storage)).toEqual([]);
    void tab.conversations();
    await until("the tab knows", () => tab.me === null);
    await tab.close();
    expect(await keptIn(storage)).toEqual([]);
  });

  test("without the server: the device forgets all the same, and says that the session lives; everywhere needs the server", async () => {
    const server = await startChatServer();
    const network = await startFaultyNetwork(() => server.port);
    const storage = memoryStorage();
    const ada = await newPerson("Ada", { url: network.url, storage });
    network.refuse();
    await expect(ada.client.signOut({ everywhere: true })).rejects.toMatchObject({ code: "NETWORK" });
    expect(ada.client.me).toMatchObject({ username: "Ada" });
    expect(await ada.client.signOut()).toEqual({ revoked: false });
    expect(ada.client.me).toBeNull();
    expect(await keptIn(storage)).toEqual([]);
  });

  test("with keepData: the outbox waits for the same person, and nobody else sees it", async () => {
    const server = await startChatServer();
    const network = await startFaultyNetwork(() => server.port);
    const ada = await newPerson("Ada", { url: network.url });
    const bob = await newPerson("Bob", { url: server.url });
    network.refuse();
    await until("it notices", () => ada.client.connection === "connecting");
    void ada.client.conversation(bob.user.id).send("later");
    await until("it is kept", () => ada.client.unsent() === 1);
    await ada.client.signOut({ keepData: true });
    network.heal();
    await ada.client.signIn(bob.account);
    expect(ada.client.outbox()).toEqual([]);
    await ada.client.signIn(ada.account);
    await until("it is sent", () => ada.client.unsent() === 0);
    await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 1);
  });

  test("forgetDevice: nothing is kept any more, and the session goes on until the page is closed", async () => {
    const { url } = await startChatServer();
    const storage = memoryStorage();
    const ada = await newPerson("Ada", { url, storage });
    const bob = await newPerson("Bob", { url });
    await ada.client.forgetDevice();
    await ada.client.conversation(bob.user.id).send("in memory alone");
    expect(ada.client.me).toMatchObject({ username: "Ada" });
    await ada.client.close();
    expect(await keptIn(storage)).toEqual([]);
  });
});

test("a storage that fails: it is said, and everything goes on", async () => {
  const { url } = await startChatServer();
  const broken: ClientStorage = {
    read: () => Promise.reject(new Error("disk full")),
    list: () => Promise.reject(new Error("disk full")),
    write: () => Promise.reject(new Error("disk full")),
  };
  const client = newClient({ url, storage: broken });
  const errors: unknown[] = [];
  client.on("storageFailed", ({ error }) => errors.push(error));
  expect(await client.resume()).toBeNull();
  await client.signUp({ email: "ada@example.org", password: "correct horse", username: "Ada" });
  const bob = await newPerson("Bob", { url });
  expect(await client.conversation(bob.user.id).send("all the same")).toMatchObject({ seq: 1 });
  expect(errors[0]).toMatchObject({ message: "disk full" });
});

test("a server that stops sends its clients away gently, and they come back to the next one", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const ada = await newPerson("Ada", { url: network.url });
  const bob = await newPerson("Bob", { url: network.url });
  const states: string[] = [];
  ada.client.on("connection", ({ state }) => states.push(state));
  const drained = server.sockets.drain({ windowMs: 200 });
  const sent = ada.client.conversation(bob.user.id).send("in the middle of it");
  await drained;
  await server.restart();
  expect((await sent).seq).toBe(1);
  await until("both are back", () => [ada.client, bob.client].every(({ connection }) => connection === "online"));
  expect(states[0]).toBe("connecting");
  await until("Bob has it", () => bob.client.conversation(ada.user.id).messages().length === 1);
});

test("a listener that throws disturbs nobody else", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const uncaught: unknown[] = [];
  const catching = (error: unknown): void => void uncaught.push(error);
  // Instead of the runner, which takes an uncaught error for a failure of the test.
  const before = process.rawListeners("uncaughtException");
  process.removeAllListeners("uncaughtException").on("uncaughtException", catching);
  try {
    const heard: string[] = [];
    bob.client.on("message", () => {
      throw new Error("a listener's mistake");
    });
    const stop = bob.client.on("message", ({ message }) => heard.push(message.content));
    await ada.client.conversation(bob.user.id).send("one");
    await until("the other one hears it", () => heard.length === 1);
    stop();
    await ada.client.conversation(bob.user.id).send("two");
    await until("two are at hand", () => bob.client.conversation(ada.user.id).messages().length === 2);
    expect(heard).toEqual(["one"]);
    await until("they are reported", () => uncaught.length === 2);
    expect(uncaught[0]).toMatchObject({ message: "a listener's mistake" });
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of before) process.on("uncaughtException", listener as (error: unknown) => void);
  }
});

test("what is under way while one signs out does not make it a session that was ended elsewhere", async () => {
  const { url } = await startChatServer();
  const gate = gatedFetch();
  const ada = await newPerson("Ada", { url, fetch: gate.fetch });
  const reasons: string[] = [];
  ada.client.on("signedOut", ({ reason }) => reasons.push(reason));
  gate.close("/signout");
  const signedOut = ada.client.signOut();
  await until("the server has ended it", () => gate.waiting() === 1);
  await expect(ada.client.listUsers()).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  gate.open();
  expect(await signedOut).toEqual({ revoked: true });
  expect(reasons).toEqual(["requested"]);
});
