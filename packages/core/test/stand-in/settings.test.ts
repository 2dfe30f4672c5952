import { createScriptedResponder } from "@standin/contract-tests";
import { defaultSettings, type SettingsPatch } from "@standin/core";
import { describe, expect, test } from "vitest";
import { createBusyWorld } from "./busy-world.ts";

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe("settings", () => {
  test("are the defaults until something is set, and merge as RFC 7396 says", async () => {
    const { chat, owner, writer } = await createBusyWorld();
    const change = (patch: SettingsPatch) => chat.standIn.changeSettings(owner.caller, patch);
    expect(await chat.standIn.settings(owner.caller)).toEqual(defaultSettings);
    const facts = { text: "On a train", backAt: "2031-05-01T15:00:00Z", links: ["https://a.example/x"] };
    await change({ mode: "notice", people: { [writer.id]: { mode: "off" } }, facts, waitSeconds: 600 });
    const merged = await change({ people: { [owner.id]: { mode: "answer" } }, facts: { text: null }, mode: null });
    expect(merged).toEqual({
      ...defaultSettings,
      people: new Map([
        [writer.id, "off"],
        [owner.id, "answer"],
      ]),
      facts: { text: null, backAt: Date.UTC(2031, 4, 1, 15), delegate: null, links: ["https://a.example/x"] },
      waitSeconds: 600,
    });
    expect(await chat.standIn.settings(owner.caller)).toEqual(merged);
    await change({ people: { [writer.id]: null }, facts: null });
    expect(await change({ people: { [owner.id]: { mode: null } }, waitSeconds: null })).toEqual(defaultSettings);
  });

  test.each<[string, unknown, readonly string[]]>([
    ["a mode that is none", { mode: "loud" }, ["mode"]],
    ["an unknown field", { colour: "red" }, ["colour"]],
    ["an unknown field of the facts", { facts: { age: 7 } }, ["facts.age"]],
    ["too long a text", { noticeText: "x".repeat(501) }, ["noticeText"]],
    [
      "too many seconds, and a fraction",
      { waitSeconds: 601, answersPerPeriod: 1.5 },
      ["waitSeconds", "answersPerPeriod"],
    ],
    ["no answers at all", { answersPerPeriod: 0 }, ["answersPerPeriod"]],
    ["a link without https", { facts: { links: ["https://a.example", "http://b.example"] } }, ["facts.links.1"]],
    [
      "six links",
      { facts: { links: Array.from({ length: 6 }, (_, index) => `https://a.example/${index}`) } },
      ["facts.links"],
    ],
    [
      "a link with a password",
      { facts: { links: ["https://a.example", "https://me:pw@b.example/"] } },
      ["facts.links.1"],
    ],
    [
      "a link that is none",
      { facts: { links: ["https://", "https://a b/", "javascript:alert(1)"] } },
      ["facts.links.0", "facts.links.1", "facts.links.2"],
    ],
    ["an instant that is none", { facts: { backAt: "tomorrow" } }, ["facts.backAt"]],
    ["a delegate who is nobody", { facts: { delegate: "0".repeat(24) } }, ["facts.delegate"]],
    ["a person who is none", { people: { __proto: { mode: "off" } } }, ["people.__proto"]],
    [
      "a person's mode that is none",
      { people: { ["a".repeat(24)]: { mode: "x", extra: 1 } } },
      [`people.${"a".repeat(24)}.extra`, `people.${"a".repeat(24)}.mode`],
    ],
    ["a list instead of an object", [], ["settings"]],
    ["facts that are a text", { facts: "x" }, ["facts"]],
    ["a yes that is a text", { shareUntil: "yes" }, ["shareUntil"]],
  ])("%s is refused by name, and nothing changes", async (_, patch, paths) => {
    const { chat, owner } = await createBusyWorld();
    const patched = { waitSeconds: 7, ...(Array.isArray(patch) ? {} : (patch as object)) };
    const call = chat.standIn.changeSettings(owner.caller, (Array.isArray(patch) ? patch : patched) as SettingsPatch);
    const error = await rejection(call);
    expect(error).toMatchObject({ code: "INVALID" });
    expect((error as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(paths);
    expect(await chat.standIn.settings(owner.caller)).toEqual(defaultSettings);
  });

  test("oneself is nobody to turn to", async () => {
    const { chat, owner } = await createBusyWorld();
    const call = chat.standIn.changeSettings(owner.caller, { facts: { delegate: owner.id } });
    const errors = [{ path: "facts.delegate", message: "facts.delegate must be somebody else" }];
    await expect(call).rejects.toMatchObject({ code: "INVALID", errors });
    expect(await chat.standIn.settings(owner.caller)).toEqual(defaultSettings);
  });

  test.each([
    "https://a.example",
    "https://a.example:8443/x/",
    "https://a.example/a%20b?c=d&e=%C3%BC#f",
    "https://bücher.example/ü",
    "https://xn--bcher-kva.example/",
    "https://[2001:db8::1]:8443/x",
    "https://en.wikipedia.org/wiki/Foo_(bar)",
    "https://en.wikipedia.org/wiki/Yahoo!",
    "https://a.example/?q='x'",
    "https://a.example/#a.",
  ])("%s is a link, kept as given, and stands as it is in what is said", async (link) => {
    const says = `Look at ${link} first.`;
    const { chat, owner, ask, said } = await createBusyWorld([createScriptedResponder([says])]);
    await chat.standIn.changeSettings(owner.caller, { facts: { links: [link] } });
    expect((await chat.standIn.settings(owner.caller)).facts.links).toEqual([link]);
    await ask();
    expect((await said())[0]?.content).toContain(says);
  });

  test("a link that could not stand in a text is kept as the URL Standard writes it", async () => {
    const { chat, owner } = await createBusyWorld();
    const links = [" https://a.example/a b", 'https://a.example/"x"', "https://a.example/\u202ex"];
    const { facts } = await chat.standIn.changeSettings(owner.caller, { facts: { links } });
    const kept = ["https://a.example/a%20b", "https://a.example/%22x%22", "https://a.example/%E2%80%AEx"];
    expect(facts.links).toEqual(kept);
  });

  test.each(["answer", "suggest"] as const)(
    "%s: the longest of everything is said whole, but for links that a message has no room for",
    async (mode) => {
      const { chat, owner, writer, ask, history, signUp } = await createBusyWorld();
      const delegate = await signUp("D".repeat(50));
      const links = Array.from({ length: 5 }, (_, index) => `https://a.example/${index}${"x".repeat(1_400)}`);
      const facts = { text: "t".repeat(1_000), delegate: delegate.id, backAt: "2031-05-01T15:00:00Z", links };
      await chat.changeStatus(owner.caller, { status: "BUSY", note: "n".repeat(200) });
      await chat.standIn.changeSettings(owner.caller, { mode, noticeText: "o".repeat(500), facts });
      const { id } = await ask();
      for (const draft of (await chat.standIn.suggestions(owner.caller, {})).suggestions)
        await chat.standIn.sendSuggestion(owner.caller, draft.id);
      const [, { content, inReplyTo } = expect.unreachable()] = await history(writer, owner);
      expect(inReplyTo).toBe(id);
      for (const whole of ["o".repeat(500), facts.text, "n".repeat(200), "D".repeat(50), "2031-05-01", links[0]])
        expect(content).toContain(whole);
      expect(content.length).toBeLessThanOrEqual(4_000);
      expect(content).toMatch(/x{1400}$/);
    },
  );

  test("of changes at once none is lost", async () => {
    const { chat, owner } = await createBusyWorld();
    const patches: SettingsPatch[] = [
      { waitSeconds: 5 },
      { shareUntil: false },
      { answersPerPeriod: 9 },
      { mode: "suggest" },
    ];
    await Promise.all(patches.map((patch) => chat.standIn.changeSettings(owner.caller, patch)));
    const merged = { ...defaultSettings, waitSeconds: 5, shareUntil: false, answersPerPeriod: 9, mode: "suggest" };
    expect(await chat.standIn.settings(owner.caller)).toEqual(merged);
  });
});
