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
