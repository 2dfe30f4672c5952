import { describe, expect, test } from "vitest";
import { createTestChat, home, password } from "./test-chat.ts";

const elsewhere = { address: "198.51.100.7" };

describe("sign-up", () => {
  test.each([
    [{ email: "nobody", password, username: "A" }, "email"],
    [{ email: `${"a".repeat(250)}@x.org`, password, username: "A" }, "email"],
    [{ email: "a@x.org", password: "short", username: "A" }, "password"],
    [{ email: "a@x.org", password: "ü".repeat(129), username: "A" }, "password"],
    [{ email: "a@x.org", password, username: " \u200b " }, "username"],
    [{ email: "a@x.org", password, username: "x".repeat(51) }, "username"],
    [{ email: "a@x.org", password, username: "abc\u202ecba" }, "username"],
    [{ email: "a@x.org", password, username: "a\u0000b" }, "username"],
    [{ email: "a@x.org", password, username: "Bob’s  Assistant" }, "username"],
    [{ email: { $ne: null }, password, username: "A" }, "email"],
  ])("%j is refused by the name of the field", async (input, path) => {
    const { chat, ports } = await createTestChat();
    await expect(chat.signUp(input as never, home)).rejects.toMatchObject({ code: "INVALID", errors: [{ path }] });
    expect(
      (await ports.users.list({ except: "", limit: 10, cursor: null, prefix: null, inEmails: false })).users,
    ).toEqual([]);
  });

  test.each([
    "Bob's assistant",
    "Bob’s assistant",
    "BOB´S ASSISTANT",
    "Bob`s assistant",
    "Bob's\u200bassistant",
    "Bob's\u00a0assistant",
    "Bob'\u2060s assis\u00adtant",
    "Ｂｏｂ＇ｓ　ａｓｓｉｓｔａｎｔ",
    "Bobʼs Assístant",
    "Bob's аѕѕіѕtаnt",
    "Bob's \u3164assistant",
    "Bob's assistant 🤖",
    "Bob's - assistant.",
    "Bob's assistant 2",
  ])("a name like a stand-in's is refused, however it is spelt: %j", async (username) => {
    const { chat } = await createTestChat();
    const message = `username must not end in "'s assistant": so the assistants of busy people are called`;
    await expect(chat.signUp({ email: "a@x.org", password, username }, home)).rejects.toMatchObject({
      code: "INVALID",
      message,
      errors: [{ path: "username", message }],
    });
  });

  test.each(["Assistant", "Sales assistant", "Bob's assistants' friend", "O'Brien", "Assistant's Bob"])(
    "a name that is not like one is taken: %j",
    async (username) => {
      const { chat } = await createTestChat();
      expect((await chat.signUp({ email: "a@x.org", password, username }, home)).user.username).toBe(username);
    },
  );

  test("addresses are unique in any case, and shown as entered", async () => {
    const { chat } = await createTestChat();
    const { user } = await chat.signUp({ email: " Ada@Example.org ", password, username: "Ada" }, home);
    expect(user.email).toBe("Ada@Example.org");
    await expect(chat.signUp({ email: "ada@example.ORG", password, username: "Eve" }, home)).rejects.toMatchObject({
      code: "EMAIL_TAKEN",
    });
    expect((await chat.signIn({ email: "ADA@example.org", password }, home)).user.id).toBe(user.id);
  });

  test("usernames are normalised and counted in code points", async () => {
    const { chat } = await createTestChat();
    const { user } = await chat.signUp({ email: "z@x.org", password, username: "Zoe\u0308" }, home);
    expect(user.username).toBe("Zoë");
    await expect(chat.signUp({ email: "e@x.org", password, username: "👋".repeat(50) }, home)).resolves.toBeDefined();
  });

  test("at most 20 an hour from one address", async () => {
    const { chat, time } = await createTestChat({ rateLimits: "default" });
    const up = (index: number) => chat.signUp({ email: `${index}@x.org`, password, username: "A" }, home);
    for (let index = 0; index < 20; index += 1) await up(index);
    await expect(up(20)).rejects.toMatchObject({ code: "LIMITED", retryable: true });
    await time.advance(60 * 60 * 1000 + 1);
    await expect(up(20)).resolves.toBeDefined();
  });
});

describe("sign-in", () => {
  test("says the same of a wrong password and of an unknown address", async () => {
    const { chat, signUp } = await createTestChat();
    const ada = await signUp("Ada");
    for (const input of [
      { email: ada.email, password: "wrong password" },
      { email: "nobody@example.org", password },
      { email: "x".repeat(10_000), password },
      { email: ada.email, password: "x".repeat(10_000) },
      { email: ada.email, password: "" },
    ]) {
      await expect(chat.signIn(input, home)).rejects.toMatchObject({ code: "INVALID_CREDENTIALS", errors: [] });
    }
  });

  test("ten wrong passwords stop the eleventh try, also a racing or a right one, and only from there", async () => {
    const { chat, signUp } = await createTestChat({ rateLimits: "default" });
    const ada = await signUp("Ada");
    const guesses = await Promise.allSettled(
      Array.from({ length: 30 }, () => chat.signIn({ email: ada.email, password: "wrong password" }, elsewhere)),
    );
    const codes = guesses.map((guess) => (guess.status === "rejected" ? guess.reason.code : "in"));
    expect(codes.filter((code) => code === "INVALID_CREDENTIALS")).toHaveLength(10);
    expect(codes.filter((code) => code === "LIMITED")).toHaveLength(20);
    await expect(chat.signIn({ email: ada.email, password }, elsewhere)).rejects.toMatchObject({ code: "LIMITED" });
    await expect(chat.signIn({ email: ada.email, password }, home)).resolves.toBeDefined();
  });

  test("nobody can lock a person out: from where they once signed in, they still can", async () => {
    const { chat, signUp } = await createTestChat({ rateLimits: "default" });
    const ada = await signUp("Ada");
    for (let host = 0; host < 15; host += 1) {
      for (let guess = 0; guess < 10; guess += 1) {
        await chat
          .signIn({ email: ada.email, password: "wrong password" }, { address: `203.0.113.${host}` })
          .catch(() => {});
      }
    }
    await expect(chat.signIn({ email: ada.email, password }, elsewhere)).rejects.toMatchObject({ code: "LIMITED" });
    await expect(chat.signIn({ email: ada.email, password }, home)).resolves.toBeDefined();
  });

  test("signing in rightly uses nothing up", async () => {
    const { chat, signUp } = await createTestChat({ rateLimits: "default" });
    const ada = await signUp("Ada");
    for (let index = 0; index < 60; index += 1) await chat.signIn({ email: ada.email, password }, elsewhere);
  });
});

describe("tokens", () => {
  test("are good until their session ends or expires", async () => {
    const { chat, signUp, time } = await createTestChat({ tokenTtlMs: 60_000 });
    const ada = await signUp("Ada");
    const second = await chat.signIn({ email: ada.email, password }, home);
    await chat.signOut(ada.caller, {});
    await expect(chat.authenticate(ada.token)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(chat.authenticate(second.token)).resolves.toMatchObject({ userId: ada.id });
    time.set(time.clock.now() + 60_000);
    await expect(chat.authenticate(second.token)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(chat.authenticate("nonsense")).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a new password revokes all others", async () => {
    const { chat, signUp } = await createTestChat();
    const ada = await signUp("Ada");
    const second = await chat.signIn({ email: ada.email, password }, home);
    await expect(
      chat.changePassword(ada.caller, { current: "wrong password", next: "new password" }, home),
    ).rejects.toMatchObject({
      code: "INVALID_CREDENTIALS",
    });
    await expect(chat.changePassword(ada.caller, { current: "no", next: "new password" }, home)).rejects.toMatchObject({
      code: "INVALID_CREDENTIALS",
    });
    await chat.changePassword(ada.caller, { current: password, next: "new password" }, home);
    await expect(chat.authenticate(ada.token)).resolves.toBeDefined();
    await expect(chat.authenticate(second.token)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(chat.signIn({ email: ada.email, password }, home)).rejects.toMatchObject({
      code: "INVALID_CREDENTIALS",
    });
    await expect(chat.signIn({ email: ada.email, password: "new password" }, home)).resolves.toBeDefined();
  });
});

describe("the operator", () => {
  test("resets a password and ends all sessions", async () => {
    const { chat, signUp } = await createTestChat();
    const ada = await signUp("Ada");
    const next = await chat.operator.resetPassword(` ${ada.email.toUpperCase()} `);
    await expect(chat.authenticate(ada.token)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(chat.signIn({ email: ada.email, password: next }, home)).resolves.toBeDefined();
    await expect(chat.operator.resetPassword("nobody@example.org")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("deletes a user: sessions end, the address is free, the messages stay with the other", async () => {
    const { chat, signUp, send, history } = await createTestChat();
    const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
    await send(ada, bob, "remember me");
    await chat.operator.deleteUser(ada.email);
    await expect(chat.authenticate(ada.token)).rejects.toMatchObject({ code: "UNAUTHORIZED", cause: "user-gone" });
    expect((await history(bob, ada)).map(({ content }) => content)).toEqual(["remember me"]);
    const { conversations } = await chat.listConversations(bob.caller, {});
    expect(conversations).toMatchObject([{ user: { id: ada.id, username: "deleted user", email: null }, unread: 1 }]);
    await expect(send(bob, ada, "gone?")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(signUp("Ada")).resolves.toBeDefined();
  });
});

describe("the directory", () => {
  test("finds by the beginning of the name in any case, and pages", async () => {
    const { chat, signUp } = await createTestChat();
    const ada = await signUp("Ada");
    for (const name of ["Élodie", "Elmo", "Elsa", "Zed"]) await signUp(name);
    const names = async (input: object) =>
      (await chat.listUsers(ada.caller, input)).users.map(({ username }) => username);
    expect((await names({ q: "EL" })).sort()).toEqual(["Elmo", "Elsa"]);
    expect(await names({ q: "éL" })).toEqual(["Élodie"]);
    expect(await names({ q: "ada" })).toEqual([]);
    const first = await chat.listUsers(ada.caller, { limit: 3 });
    const second = await chat.listUsers(ada.caller, { limit: 3, cursor: first.nextCursor ?? "" });
    expect([...first.users, ...second.users]).toHaveLength(4);
    expect(second.nextCursor).toBeNull();
    for (const limit of [0, 1001, 1.5, Number.NaN]) {
      await expect(chat.listUsers(ada.caller, { limit })).rejects.toMatchObject({
        code: "INVALID",
        errors: [{ path: "limit" }],
      });
    }
    await expect(chat.listUsers(ada.caller, { q: "" })).rejects.toMatchObject({ errors: [{ path: "q" }] });
  });

  test("hides the addresses of others where the host wants it", async () => {
    const { chat, signUp } = await createTestChat({ directoryEmails: "hidden" });
    const [ada, bob] = [await signUp("Ada"), await signUp("Bob")];
    expect((await chat.listUsers(ada.caller, {})).users).toMatchObject([{ id: bob.id, email: null }]);
    expect((await chat.listUsers(ada.caller, { q: "bob@" })).users).toEqual([]);
    expect(await chat.me(ada.caller)).toMatchObject({ email: ada.email });
  });
});
