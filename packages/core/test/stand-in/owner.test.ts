import { createScriptedResponder } from "@standin/contract-tests";
import { describe, expect, test } from "vitest";
import { createBusyWorld, minute, second } from "./busy-world.ts";

const day = 24 * 60 * minute;
const model = () => createScriptedResponder(["At five."]);

describe("verdicts", () => {
  test("only the owner's own, only on a stand-in's message, and content with corrected alone", async () => {
    const world = await createBusyWorld([model()]);
    const message = await world.ask();
    const [answer] = await world.said();
    const { judge } = world.chat.standIn;
    const id = answer?.id ?? "";
    const confirmed = { verdict: "confirmed" } as const;
    await expect(judge(world.writer.caller, id, confirmed)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(judge(world.owner.caller, message.id, confirmed)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(judge(world.owner.caller, "nonsense", confirmed)).rejects.toMatchObject({ code: "INVALID" });
    await expect(judge(world.owner.caller, id, { ...confirmed, content: "x" })).rejects.toMatchObject({
      errors: [{ path: "content" }],
    });
    await expect(judge(world.owner.caller, id, { verdict: "corrected" })).rejects.toMatchObject({
      errors: [{ path: "content" }],
    });
    await expect(judge(world.owner.caller, id, { verdict: "great" as "confirmed" })).rejects.toMatchObject({
      errors: [{ path: "verdict" }],
    });
  });
});

describe("decisions", () => {
  test("each message to a BUSY person, newest first, in pages, with what was said and by what", async () => {
    const world = await createBusyWorld([model()]);
    const first = await world.ask("1");
    const second = await world.ask("2");
    const [, answer] = await world.said();
    const page = await world.chat.standIn.decisions(world.owner.caller, { limit: 1 });
    expect(page.decisions).toEqual([
      {
        at: second.at,
        peer: world.writer.id,
        trigger: second.id,
        decision: "answered",
        answer: answer?.id,
        generator: { provider: "gemini", model: "scripted" },
        detail: null,
      },
    ]);
    const rest = await world.chat.standIn.decisions(world.owner.caller, { cursor: page.nextCursor ?? "" });
    expect(rest).toMatchObject({ decisions: [{ trigger: first.id }], nextCursor: null });
    expect((await world.chat.standIn.decisions(world.writer.caller, {})).decisions).toEqual([]);
  });
});

describe("R29 briefing", () => {
  test("a time of one's own choice, at most 90 days back, and pages of it", async () => {
    const world = await createBusyWorld();
    await world.ask("1");
    const middle = new Date(world.time.clock.now()).toISOString();
    const others = [];
    for (const name of ["Ann", "Ben", "Cid"]) {
      const person = await world.signUp(name);
      others.push(person);
      await world.time.advance(minute);
      await world.send(person, world.owner, name);
    }
    const briefing = (input: object) => world.chat.standIn.briefing(world.owner.caller, input);
    const names = async (input: object) => (await briefing(input)).people.map(({ user }) => user.username);
    expect(await names({})).toEqual(["Cid", "Ben", "Ann", "Will"]);
    expect(await names({ since: middle })).toEqual(["Cid", "Ben", "Ann"]);
    const first = await briefing({ limit: 3 });
    expect(first.people).toHaveLength(3);
    expect(await names({ cursor: first.nextCursor, limit: 3 })).toEqual(["Will"]);
    for (const since of ["yesterday", new Date(world.time.clock.now() + day).toISOString(), "2001-01-01T00:00:00Z"])
      await expect(briefing({ since })).rejects.toMatchObject({ errors: [{ path: "since" }] });
    for (const cursor of ["nonsense", "0..0.", `${world.time.clock.now() + day}..0.`])
      await expect(briefing({ cursor })).rejects.toMatchObject({ errors: [{ path: "cursor" }] });
  });

  test("whoever never was BUSY has missed nothing; an end that passed unseen is the end", async () => {
    const world = await createBusyWorld();
    expect((await world.chat.standIn.briefing(world.writer.caller, {})).people).toEqual([]);
    const until = world.time.clock.now() + minute;
    await world.chat.changeStatus(world.owner.caller, { status: "BUSY", until: new Date(until).toISOString() });
    expect((await world.chat.standIn.briefing(world.owner.caller, {})).until).toBeNull();
    await world.chat.stop();
    await world.time.advance(2 * minute);
    expect((await world.again().standIn.briefing(world.owner.caller, {})).until).toBe(until);
  });

  test("the counts are right in a long conversation", async () => {
    const world = await createBusyWorld();
    await world.chat.changeStatus(world.owner.caller, { status: "AVAILABLE" });
    for (let index = 0; index < 40; index += 1) {
      await world.send(world.writer, world.owner, `before ${index}`);
      if (index % 3 === 0) await world.send(world.owner, world.writer, `mine ${index}`);
      await world.time.advance(second);
    }
    await world.chat.changeStatus(world.owner.caller, { status: "BUSY" });
    for (let index = 0; index < 33; index += 1) await world.ask(`${index}`, second);
    const { people } = await world.chat.standIn.briefing(world.owner.caller, {});
    expect(people).toMatchObject([{ messages: 33, first: { content: "0" }, last: { content: "32" } }]);
  });
});

describe("preview", () => {
  test("says what would be said, stores nothing, and costs a call", async () => {
    const responder = model();
    const world = await createBusyWorld([responder], { dailyBudget: 2 });
    await world.chat.changeStatus(world.owner.caller, { status: "AVAILABLE" });
    const preview = (input: object) => world.chat.standIn.preview(world.owner.caller, { message: "When?", ...input });
    expect(await preview({})).toEqual({
      decision: "answered",
      text: "Olga's assistant: This is an automatic reply: Olga is busy. Your message was stored and is waiting to be read. At five.",
      generator: { provider: "gemini", model: "scripted" },
    });
    expect(responder.calls[0]?.request.turns).toEqual([{ from: "writer", text: "When?" }]);
    expect(await preview({ from: world.writer.id })).toMatchObject({
      decision: "budget",
      generator: { provider: "template" },
    });
    expect(await world.history(world.writer, world.owner)).toEqual([]);
    expect(await world.decisions()).toEqual([]);
    expect(await preview({ from: world.owner.id })).toEqual({ decision: "self", text: null, generator: null });
    await world.chat.standIn.changeSettings(world.owner.caller, { people: { [world.writer.id]: { mode: "off" } } });
    expect(await preview({ from: world.writer.id })).toEqual({ decision: "off", text: null, generator: null });
    await world.chat.standIn.changeSettings(world.owner.caller, { mode: "suggest" });
    expect(await preview({})).toMatchObject({ text: "I am busy and will read your message later." });
    await expect(preview({ from: "0".repeat(24) })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(preview({ message: "" })).rejects.toMatchObject({ errors: [{ path: "message" }] });
  });

  test("10 a minute", async () => {
    const world = await createBusyWorld([], { rateLimits: "default" });
    const preview = () => world.chat.standIn.preview(world.owner.caller, { message: "When?" });
    for (let index = 0; index < 10; index += 1) await preview();
    await expect(preview()).rejects.toMatchObject({ code: "LIMITED" });
  });
});
