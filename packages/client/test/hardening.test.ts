import { type ChatClient, type ClientEventName, type ClientStorage, memoryStorage } from "@standin/client";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { patientStorage } from "../src/storage/patient-storage.ts";
import { startChatServer } from "./chat-server.ts";
import { startFaultyNetwork } from "./faulty-network.ts";
import { gatedFetch } from "./gated-fetch.ts";
import { newClient, newPerson, until } from "./people.ts";

const events: readonly ClientEventName[] = [
  "message",
  "messageChanged",
  "conversation",
  "outbox",
  "user",
  "typing",
  "standinTyping",
  "standinSuggestion",
  "standinUrgent",
  "connection",
  "synced",
  "afresh",
];

/** Everything that a client tells from now on. */
const toldBy = (client: ChatClient): readonly string[] => {
  const told: string[] = [];
  for (const event of events) client.on(event, (payload) => told.push(`${event} ${JSON.stringify(payload)}`));
  return told;
};

/** Lets everything happen that is about to, the answers of the server included. */
const settle = async (client: ChatClient): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await client.listUsers().catch(() => {});
};

/** A storage that never answers, until it is let. */
const silentStorage = () => {
  const inner = memoryStorage();
  let go = (): void => {};
  const open = new Promise<void>((resolve) => {
    go = resolve;
  });
  const storage: ClientStorage = {
    read: (key) => open.then(() => inner.read(key)),
    list: (prefix) => open.then(() => inner.list(prefix)),
    write: (change, whileKey) => open.then(() => inner.write(change, whileKey)),
  };
  return { storage, inner, answer: () => go() };
};

describe("one after the other", () => {
  test("of two sign-ins at once the last one counts, and nothing of the other is left", async () => {
    const { url, chat } = await startChatServer();
    const ada = await newPerson("Ada", { url });
    const bob = await newPerson("Bob", { url });
    const storage = memoryStorage();
    const gate = gatedFetch();
    const tokens: string[] = [];
    const client = newClient({
      url,
      storage,
      fetch: async (input, init) => {
        const answer = await gate.fetch(input, init);
        if (String(input).endsWith("/signin"))
          tokens.push(((await answer.clone().json()) as { readonly token: string }).token);
        return answer;
      },
    });
    gate.close("/signin");
    const first = client.signIn(ada.account);
    await until("the first is answered", () => gate.waiting() === 1);
    const second = client.signIn(bob.account);
    await until("both are", () => gate.waiting() === 2);
    const told = toldBy(client);
    gate.open();
    await expect(first).rejects.toMatchObject({ name: "ClientError", code: "REPLACED" });
    expect(await second).toMatchObject({ username: "Bob" });
    await client.synced();
    expect(client.me).toMatchObject({ username: "Bob" });
    expect(told.filter((each) => each.startsWith("connection")).length).toBe(2);
    const kept = JSON.stringify(await storage.list(""));
    expect(kept).toContain(bob.user.id);
    expect(kept).not.toContain(ada.account.email);
    const isTaken = (token: string) =>
      chat.authenticate(token).then(
        () => true,
        () => false,
      );
    await expect.poll(() => Promise.all(tokens.map(isTaken)), { timeout: 60_000 }).toEqual([false, true]);
  });

  test("a sign-out while a sign-in is under way: nobody is signed in", async () => {
    const { url } = await startChatServer();
    const ada = await newPerson("Ada", { url });
    const bob = await newPerson("Bob", { url });
    const gate = gatedFetch();
    const storage = memoryStorage();
    const client = newClient({ url, storage, fetch: gate.fetch });
    await client.signIn(ada.account);
    gate.close("/signin");
    const late = client.signIn(bob.account);
    await until("it is answered", () => gate.waiting() === 1);
    await client.signOut();
    gate.open();
    await expect(late).rejects.toMatchObject({ code: "REPLACED" });
    expect(client).toMatchObject({ me: null, connection: "offline" });
    expect(await storage.list("")).toEqual([]);
  });

  test("to resume twice at once is to resume once", async () => {
    const { url } = await startChatServer();
    const storage = memoryStorage();
    const ada = await newPerson("Ada", { url, storage });
    await ada.client.close();
    const again = newClient({ url, storage });
    const told = toldBy(again);
    expect(await Promise.all([again.resume(), again.resume()])).toMatchObject([
      { id: ada.user.id },
      { id: ada.user.id },
    ]);
    await again.synced();
    expect(told.filter((each) => each.includes('"connecting"'))).toHaveLength(1);
  });
});

describe("after the end of a session", () => {
  test("nothing of its person appears, whatever was under way", async () => {
    const server = await startChatServer();
    const storage = memoryStorage();
    const gate = gatedFetch();
    const ada = await newPerson("Ada", { url: server.url, storage, fetch: gate.fetch });
    const bob = await newPerson("Bob", { url: server.url });
    await ada.client.conversation(bob.user.id).send("secret");
    const conversation = ada.client.conversation(bob.user.id);
    await settle(ada.client);

    gate.close("/standin/");
    const underWay = [ada.client.standin.settings(), ada.client.standin.briefing()].map((call) =>
      call.catch((error: unknown) => error),
    );
    await until("both are answered", () => gate.waiting() === 2);
    const told: string[] = [];
    ada.client.on("signedOut", () => {
      for (const event of events) ada.client.on(event, (payload) => told.push(`${event} ${JSON.stringify(payload)}`));
    });
    await ada.client.signOut();
    void bob.client.conversation(ada.user.id).send("too late");
    gate.open();
    for (const answer of await Promise.all(underWay)) expect(answer).toMatchObject({ code: "SIGNED_OUT" });
    await settle(bob.client);
    expect(told).toEqual([]);
    expect(ada.client).toMatchObject({ me: null, connection: "offline" });
    expect(ada.client.conversations()).toEqual([]);
    expect(await ada.client.lastSeen("settings")).toBeNull();
    expect(await storage.list("")).toEqual([]);
    await expect(conversation.send("as a ghost")).rejects.toMatchObject({ code: "SIGNED_OUT" });
  });

  test("what its person's objects ask for is not asked for as somebody else", async () => {
    const { url } = await startChatServer();
    const storage = memoryStorage();
    const ada = await newPerson("Ada", { url });
    const bob = await newPerson("Bob", { url });
    const eve = await newPerson("Eve", { url });
    await eve.client.conversation(ada.user.id).send("for Ada");
    await eve.client.conversation(bob.user.id).send("not for Ada");
    const client = newClient({ url, storage });
    await client.signIn(ada.account);
    await client.synced();
    const stale = client.conversation(eve.user.id);
    expect(stale.hasOlder).toBe(true);
    await client.signIn(bob.account);
    await client.synced();
    for (const call of [() => stale.load(), () => stale.older(), () => stale.send("as Ada")])
      await expect(call()).rejects.toMatchObject({ code: "SIGNED_OUT" });
    expect(stale.messages()).toEqual([]);
    expect(client.outbox()).toEqual([]);
    expect(JSON.stringify(await storage.list(`user/${ada.user.id}/`))).not.toContain("not for Ada");
  });

  test.each(["close", "signOut"] as const)("nothing waits for ever: %s", async (how) => {
    const server = await startChatServer();
    const network = await startFaultyNetwork(() => server.port);
    const storage = memoryStorage();
    const ada = await newPerson("Ada", { url: server.url, storage });
    const bob = await newPerson("Bob", { url: server.url });
    await ada.client.close();
    // A device that knows who is signed in, and has never heard of the server.
    await storage.write({ removeAll: ["user/"] });
    await storage.write({ put: new Map([[`user/${ada.user.id}/marker`, { epoch: null }]]) });
    network.refuse();
    const device = newClient({ url: network.url, storage, timing: { requestMs: 200 } });
    await device.resume();
    const conversation = device.conversation(bob.user.id);
    const waits = [device.synced(), conversation.load(), conversation.send("never")];
    const ended = Promise.all(waits.map((wait) => wait.catch((error: unknown) => error)));
    await device[how]();
    for (const error of await ended)
      expect(["SIGNED_OUT", "DISCARDED"]).toContain((error as { readonly code?: string }).code);
  });
});

describe("a storage that does not answer", () => {
  test("is waited for once, and trusted again when it has answered after all", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { storage, answer } = silentStorage();
    const patient = patientStorage(storage, 5_000);
    const first = patient.read("a").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await first).toMatchObject({ message: "The device's storage does not answer" });
    // No time passes any more.
    await expect(patient.write({ put: new Map([["a", "written all the same"]]) })).rejects.toThrow("does not answer");
    await expect(patient.list("")).rejects.toThrow("does not answer");
    answer();
    await vi.advanceTimersByTimeAsync(0);
    expect(await patient.read("a")).toBe("written all the same");
    expect(patient.isWorking).toBe(true);
  });

  test("is waited for once; all goes on in memory, and it is said", async () => {
    const { url } = await startChatServer();
    const bob = await newPerson("Bob", { url });
    const { storage } = silentStorage();
    const client = newClient({ url, storage, timing: { storageMs: 50 } });
    const errors: unknown[] = [];
    client.on("storageFailed", ({ error }) => errors.push(error));
    expect(client.keepsData).toBe(true);
    expect(await client.resume()).toBeNull();
    expect(client.keepsData).toBe(false);
    await client.signUp({ email: "ada@example.org", password: "correct horse", username: "Ada" });
    await client.synced();
    expect(await client.conversation(bob.user.id).send("all the same")).toMatchObject({ seq: 1 });
    await client.standin.settings();
    expect((await client.lastSeen("settings"))?.value).toMatchObject({ mode: "answer" });
    expect(errors[0]).toMatchObject({ message: expect.stringContaining("storage") });
    expect(await client.signOut()).toEqual({ revoked: true });
    expect(client).toMatchObject({ me: null, connection: "offline" });
  });

  test("does all that it was told once it answers, the removal at sign-out last", async () => {
    const { url } = await startChatServer();
    const bob = await newPerson("Bob", { url });
    const { storage, inner, answer } = silentStorage();
    const client = newClient({ url, storage, timing: { storageMs: 50 } });
    await client.signUp({ email: "ada@example.org", password: "correct horse", username: "Ada" });
    await client.synced();
    await client.conversation(bob.user.id).send("kept in the end");
    answer();
    await until("it is trusted again", () => {
      void client.conversation(bob.user.id).markRead();
      void client.lastSeen("settings");
      return client.keepsData;
    });
    await client.conversation(bob.user.id).send("and this");
    const kept = async (): Promise<string> => JSON.stringify(await inner.list(""));
    await expect.poll(kept, { timeout: 60_000 }).toContain("and this");
    await client.signOut();
    expect(await inner.list("")).toEqual([]);
  });
});

test("flush waits until the device has what is unsent, and says when it has not", async () => {
  const server = await startChatServer();
  const network = await startFaultyNetwork(() => server.port);
  const inner = memoryStorage();
  let before: Promise<void> | null = null;
  const storage: ClientStorage = {
    ...inner,
    write: async (change, whileKey) => {
      await before;
      return inner.write(change, whileKey);
    },
  };
  const bob = await newPerson("Bob", { url: server.url });
  const ada = await newPerson("Ada", { url: network.url, storage });
  const { client } = ada;
  network.refuse();
  await until("it notices", () => client.connection === "connecting");
  expect(await client.flush()).toBe(true);
  const kept = async (): Promise<string> => JSON.stringify(await inner.list(""));

  const held = Promise.withResolvers<void>();
  before = held.promise;
  void client.conversation(bob.user.id).send("written late");
  const told: boolean[] = [];
  const flushed = client.flush().then((value) => told.push(value));
  await settle(client);
  expect(told).toEqual([]);
  expect(await kept()).not.toContain("written late");
  held.resolve();
  await flushed;
  expect(told).toEqual([true]);
  expect(await kept()).toContain("written late");

  before = Promise.reject(new Error("the disk is full"));
  before.catch(() => {});
  void client.conversation(bob.user.id).send("never written");
  expect(await client.flush()).toBe(false);
  // What failed is not forgotten by what goes well afterwards.
  before = null;
  expect(await client.flush()).toBe(false);

  network.heal();
  await until("all is sent", () => client.unsent() === 0);
  expect(await client.flush()).toBe(true);
  await client.signOut();
  expect(await client.flush()).toBe(false);
});

test("a text that can never be sent is refused before it is queued", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const bob = await newPerson("Bob", { url });
  const conversation = ada.client.conversation(bob.user.id);
  for (const text of ["", " \n ", "x".repeat(4_001), "😀".repeat(4_001)])
    await expect(conversation.send(text)).rejects.toMatchObject({
      name: "ClientError",
      code: "INVALID",
      errors: [{ path: "message" }],
    });
  expect(ada.client.outbox()).toEqual([]);
  expect(conversation.timeline()).toEqual([]);
  expect(await conversation.send("😀".repeat(4_000))).toMatchObject({ seq: 1 });
});

test("a message to somebody who is gone fails by name, is kept, and can be tried again", async () => {
  const { url } = await startChatServer();
  const ada = await newPerson("Ada", { url });
  const gone = ada.client.conversation("0".repeat(24));
  await expect(gone.send("Are you there?")).rejects.toMatchObject({ code: "NOT_FOUND", retryable: false });
  expect(ada.client.outbox()).toMatchObject([
    { state: "failed", content: "Are you there?", error: { code: "NOT_FOUND" } },
  ]);
  const tried: string[] = [];
  ada.client.on("outbox", ({ entry }) => tried.push(entry.state));
  ada.client.retry(ada.client.outbox()[0]?.id ?? "");
  await until("it is tried and refused again", () => tried.join() === "waiting,failed");
  expect(ada.client.unsent()).toBe(1);
});

test("every call that waits for the server ends when its caller has had enough", async () => {
  const { url } = await startChatServer();
  const gate = gatedFetch();
  const bob = await newPerson("Bob", { url });
  const { client, account } = await newPerson("Ada", { url, fetch: gate.fetch });
  const someone = bob.user.id;
  const token = "e30";
  gate.close("/api/");
  const calls: Readonly<Record<string, (signal: AbortSignal) => Promise<unknown>>> = {
    signUp: (signal) => client.signUp({ ...account, email: "new@example.org" }, { signal }),
    signIn: (signal) => client.signIn(account, { signal }),
    useToken: (signal) => client.useToken(token, { signal }),
    signOut: (signal) => client.signOut({ signal }),
    changePassword: (signal) => client.changePassword({ current: "x".repeat(8), next: "y".repeat(8) }, { signal }),
    setStatus: (signal) => client.setStatus({ status: "BUSY" }, { signal }),
    listUsers: (signal) => client.listUsers({ signal }),
    listBlocks: (signal) => client.listBlocks({ signal }),
    block: (signal) => client.block(someone, { signal }),
    unblock: (signal) => client.unblock(someone, { signal }),
    settings: (signal) => client.standin.settings({ signal }),
    changeSettings: (signal) => client.standin.changeSettings({ mode: "off" }, { signal }),
    preview: (signal) => client.standin.preview({ message: "Hello" }, { signal }),
    decisions: (signal) => client.standin.decisions({ signal }),
    briefing: (signal) => client.standin.briefing({ signal }),
    suggestions: (signal) => client.standin.suggestions({ signal }),
    sendSuggestion: (signal) => client.standin.sendSuggestion(someone, { signal }),
    dismissSuggestion: (signal) => client.standin.dismissSuggestion(someone, { signal }),
    judge: (signal) => client.standin.judge(someone, { verdict: "confirmed" }, { signal }),
    request: (signal) => client.standin.request({ to: someone, urgent: true }, { signal }),
    load: (signal) => client.conversation(someone).load({ signal }),
  };
  for (const [name, call] of Object.entries(calls)) {
    const enough = new AbortController();
    const waiting = call(enough.signal);
    enough.abort(new Error(`enough of ${name}`));
    await expect(waiting, name).rejects.toThrow(`enough of ${name}`);
    await expect(call(AbortSignal.abort(new Error("too late"))), name).rejects.toThrow("too late");
  }
  expect(client.me).toMatchObject({ username: "Ada" });
});
