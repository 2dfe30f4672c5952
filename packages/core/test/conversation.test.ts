import { ChatError } from "@standin/core/ports";
import { describe, expect, test } from "vitest";
import { createTestChat } from "./test-chat.ts";

const setUp = async (policy = {}) => {
  const world = await createTestChat(policy);
  return { ...world, ada: await world.signUp("Ada"), bob: await world.signUp("Bob"), eve: await world.signUp("Eve") };
};

describe("sending", () => {
  test.each([
    [{ to: "", message: "x" }, "to"],
    [{ message: "x" }, "to"],
    [{ to: { $ne: null }, message: "x" }, "to"],
    [{ to: "BOB", message: "" }, "message"],
    [{ to: "BOB", message: " \n\t " }, "message"],
    [{ to: "BOB", message: "x".repeat(4001) }, "message"],
    [{ to: "BOB", message: 17 }, "message"],
    [{ to: "BOB", message: "x", clientMsgId: "no spaces" }, "clientMsgId"],
    [{ to: "BOB", message: "x", clientMsgId: "" }, "clientMsgId"],
    [{ to: "BOB", message: "x", clientMsgId: "x".repeat(65) }, "clientMsgId"],
  ])("%j is refused by the name of the field, and nothing is stored", async (input, path) => {
    const { chat, ada, bob, history } = await setUp();
    const sent = { ...input, ...("to" in input && input.to === "BOB" ? { to: bob.id } : {}) };
    await expect(chat.sendMessage(ada.caller, sent as never)).rejects.toMatchObject({
      code: "INVALID",
      errors: [{ path }],
    });
    expect(await history(ada, bob)).toEqual([]);
  });

  test("4,000 characters are counted in code points, and kept to the last one", async () => {
    const { ada, bob, send, history } = await setUp();
    const text = "👋".repeat(4000);
    await send(ada, bob, text);
    expect((await history(bob, ada))[0]?.content).toBe(text);
  });

  test.each(["nobody", "0".repeat(24), "__proto__"])("to %s: User not found", async (to) => {
    const { chat, ada } = await setUp();
    await expect(chat.sendMessage(ada.caller, { to, message: "x" })).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: "User not found",
    });
  });

  test("what a client says of origin, sender or place is ignored", async () => {
    const { chat, ada, bob, eve } = await setUp();
    const forged = { to: bob.id, message: "x", sender: eve.id, origin: "standin", seq: 99, at: 0, blocked: true };
    expect(await chat.sendMessage(ada.caller, forged)).toMatchObject({
      sender: ada.id,
      origin: "person",
      seq: 1,
      blocked: false,
      messageOnly: false,
    });
  });

  test("twenty equal sends at once are one message, announced once", async () => {
    const { ada, bob, send, history, events } = await setUp();
    const sent = await Promise.all(Array.from({ length: 20 }, () => send(ada, bob, "once", "id-1")));
    expect(new Set(sent.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1);
    expect(await history(ada, bob)).toHaveLength(1);
    expect(events.filter(({ type }) => type === "message-stored")).toHaveLength(1);
    await expect(send(ada, bob, "other text", "id-1")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(send(ada, (await setUp()).bob, "once", "id-1")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(send(bob, ada, "once", "id-1")).resolves.toMatchObject({ seq: 2 });
  });

  test("what a store kept without saying so is announced by the repetition that finds it there, once", async () => {
    let isSilent = false;
    const world = await createTestChat({}, ({ messages }) => ({
      messages: {
        ...messages,
        async append(draft, job) {
          const result = await messages.append(draft, job);
          if (isSilent) throw new ChatError("UNAVAILABLE");
          return result;
        },
      },
    }));
    const { send, events } = world;
    const [ada, bob] = [await world.signUp("Ada"), await world.signUp("Bob")];
    const announced = (): readonly string[] =>
      events.flatMap((event) => (event.type === "message-stored" ? [event.message.content] : []));
    const sendInSilence = async (text: string, id: string): Promise<void> => {
      isSilent = true;
      await expect(send(ada, bob, text, id)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      isSilent = false;
    };
    await sendInSilence("unheard", "id-1");
    expect(announced()).toEqual([]);
    await Promise.all([send(ada, bob, "unheard", "id-1"), send(ada, bob, "unheard", "id-1")]);
    expect(announced()).toEqual(["unheard"]);
    // What was announced before the store fell silent is no news afterwards.
    await send(ada, bob, "heard", "id-2");
    await sendInSilence("heard", "id-2");
    await send(ada, bob, "heard", "id-2");
    expect(announced()).toEqual(["unheard", "heard"]);
  });

  test("a burst of 60, then 20 a second", async () => {
    const { ada, bob, send, time } = await setUp({ rateLimits: "default" });
    for (let index = 0; index < 60; index += 1) await send(ada, bob, "x");
    await expect(send(ada, bob, "x")).rejects.toMatchObject({ code: "LIMITED" });
    await time.advance(1000);
    for (let index = 0; index < 20; index += 1) await send(ada, bob, "x");
    await expect(send(ada, bob, "x")).rejects.toMatchObject({ code: "LIMITED" });
  });
});

describe("reading", () => {
  test("pages by number, oldest first, from either end", async () => {
    const { chat, ada, bob, send } = await setUp();
    for (let index = 1; index <= 7; index += 1) await send(index % 2 ? ada : bob, index % 2 ? bob : ada, `m${index}`);
    const read = async (input: object) => {
      const page = await chat.readMessages(ada.caller, { peer: bob.id, ...input });
      return { seqs: page.messages.map(({ seq }) => seq), more: page.hasMore, lastSeq: page.lastSeq };
    };
    expect(await read({})).toEqual({ seqs: [1, 2, 3, 4, 5, 6, 7], more: false, lastSeq: 7 });
    expect(await read({ limit: 3 })).toEqual({ seqs: [5, 6, 7], more: true, lastSeq: 7 });
    expect(await read({ before: 5, limit: 3 })).toEqual({ seqs: [2, 3, 4], more: true, lastSeq: 7 });
    expect(await read({ before: 2 })).toEqual({ seqs: [1], more: false, lastSeq: 7 });
    expect(await read({ after: 2, limit: 3 })).toEqual({ seqs: [3, 4, 5], more: true, lastSeq: 7 });
    expect(await read({ after: 7 })).toEqual({ seqs: [], more: false, lastSeq: 7 });
    for (const [input, path] of [
      [{ before: 3, after: 1 }, "after"],
      [{ before: -1 }, "before"],
      [{ after: 1.5 }, "after"],
      [{ limit: 0 }, "limit"],
      [{ peer: "x" }, "receiverId"],
    ] as const) {
      await expect(chat.readMessages(ada.caller, { peer: bob.id, ...input })).rejects.toMatchObject({
        code: "INVALID",
        errors: [{ path }],
      });
    }
  });

  test("a change of a message is found by its rev", async () => {
    const { chat, ports, ada, bob, send, time } = await setUp();
    await chat.changeStatus(bob.caller, { status: "BUSY" });
    await send(ada, bob, "hello?");
    await time.advance(5_000);
    const { messages, lastRev } = await chat.readMessages(ada.caller, { peer: bob.id });
    expect(lastRev).toBe(0);
    await ports.messages.amend(messages[1]?.id ?? "", { verdict: "withdrawn", content: "" });
    const changed = await chat.readMessages(ada.caller, { peer: bob.id, changedAfter: 0 });
    expect(changed).toMatchObject({
      lastRev: 1,
      hasMore: false,
      messages: [{ seq: 2, rev: 1, content: "", previousContent: null }],
    });
    const own = await chat.readMessages(bob.caller, { peer: ada.id, changedAfter: 0 });
    expect(own.messages[0]?.previousContent).toContain("automatic reply");
  });

  test("unread counts, read positions, and the order of conversations", async () => {
    const { chat, ada, bob, eve, send, time, events } = await setUp();
    await send(bob, ada, "1");
    await send(bob, ada, "2");
    await send(eve, ada, "3");
    time.set(time.clock.now() - 60 * 60 * 1000);
    await send(bob, ada, "4");
    const list = async () =>
      (await chat.listConversations(ada.caller, {})).conversations.map(({ user, unread, readSeq, lastSeq }) => [
        user.username,
        unread,
        readSeq,
        lastSeq,
      ]);
    expect(await list()).toEqual([
      ["Bob", 3, 0, 3],
      ["Eve", 1, 0, 1],
    ]);
    expect(await chat.markRead(ada.caller, { peer: bob.id, seq: 2 })).toEqual({ readSeq: 2, unread: 1 });
    expect(await chat.markRead(ada.caller, { peer: bob.id, seq: 1 })).toEqual({ readSeq: 2, unread: 1 });
    expect(await chat.markRead(ada.caller, { peer: bob.id, seq: 99 })).toEqual({ readSeq: 3, unread: 0 });
    await time.advance(1);
    expect(events.filter(({ type }) => type === "messages-read")).toMatchObject([{ seq: 2 }, { seq: 3 }]);
    expect(await chat.readMessages(bob.caller, { peer: ada.id })).toMatchObject({ peerReadSeq: 3, readSeq: 0 });
    const paged = await chat.listConversations(ada.caller, { limit: 1 });
    const rest = await chat.listConversations(ada.caller, { limit: 1, cursor: paged.nextCursor ?? "" });
    expect([paged, rest].map(({ conversations }) => conversations[0]?.user.username)).toEqual(["Bob", "Eve"]);
    expect(rest.nextCursor).toBeNull();
  });

  test("a stranger sees nothing of a conversation", async () => {
    const { chat, ada, bob, eve, send } = await setUp();
    await send(ada, bob, "secret");
    expect((await chat.readMessages(eve.caller, { peer: ada.id })).messages).toEqual([]);
    expect((await chat.readMessages(eve.caller, { peer: bob.id })).messages).toEqual([]);
    expect((await chat.listConversations(eve.caller, {})).conversations).toEqual([]);
  });

  test("another's client ids are not shown", async () => {
    const { ada, bob, send, history } = await setUp();
    await send(ada, bob, "x", "mine");
    expect((await history(ada, bob))[0]?.clientMsgId).toBe("mine");
    expect((await history(bob, ada))[0]?.clientMsgId).toBeNull();
  });
});

describe("blocks", () => {
  test("what a blocked person writes is stored and acknowledged, not pushed as news, and they cannot tell", async () => {
    const { chat, ada, bob, send, history } = await setUp();
    await send(bob, ada, "before");
    await chat.markRead(ada.caller, { peer: bob.id, seq: 1 });
    await chat.block(ada.caller, bob.id);
    await chat.block(ada.caller, bob.id);
    const sent = await send(bob, ada, "after");
    expect(sent).toMatchObject({ seq: 2 });
    expect((await history(bob, ada)).map(({ blocked }) => blocked)).toEqual([false, false]);
    expect((await history(ada, bob)).map(({ blocked }) => blocked)).toEqual([false, true]);
    const { conversations } = await chat.listConversations(ada.caller, {});
    expect(conversations).toMatchObject([{ unread: 0, lastSeq: 2, lastMessage: { content: "before" } }]);
    await chat.markRead(ada.caller, { peer: bob.id, seq: 2 });
    expect((await chat.readMessages(bob.caller, { peer: ada.id })).peerReadSeq).toBe(1);
    expect((await chat.listBlocks(ada.caller)).map(({ id }) => id)).toEqual([bob.id]);
    expect(await chat.listBlocks(bob.caller)).toEqual([]);
    await chat.unblock(ada.caller, bob.id);
    await chat.unblock(ada.caller, bob.id);
    expect((await chat.readMessages(bob.caller, { peer: ada.id })).peerReadSeq).toBe(2);
    expect((await history(ada, bob)).map(({ blocked }) => blocked)).toEqual([false, true]);
    await send(bob, ada, "again");
    expect((await chat.listConversations(ada.caller, {})).conversations).toMatchObject([
      { unread: 1, lastMessage: { content: "again" } },
    ]);
  });

  test("typing and reading of a blocked person have no effect on the other side", async () => {
    const { chat, ada, bob, send, events, time } = await setUp();
    await send(ada, bob, "hello");
    await chat.block(ada.caller, bob.id);
    await chat.typing(bob.caller, { to: ada.id });
    await chat.markRead(bob.caller, { peer: ada.id, seq: 1 });
    await time.advance(1);
    expect(events.some(({ type }) => type === "typing")).toBe(false);
    expect(events).toContainEqual(expect.objectContaining({ type: "messages-read", reader: bob.id, hidden: true }));
    expect((await chat.readMessages(ada.caller, { peer: bob.id })).peerReadSeq).toBe(0);
  });

  test("oneself, nobody and nonsense cannot be blocked", async () => {
    const { chat, ada } = await setUp();
    await expect(chat.block(ada.caller, ada.id)).rejects.toMatchObject({ code: "INVALID" });
    await expect(chat.block(ada.caller, "0".repeat(24))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(chat.block(ada.caller, "x")).rejects.toMatchObject({ code: "INVALID" });
  });
});
