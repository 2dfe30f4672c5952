import type { StandInSettings } from "@standin/client";
import { describe, expect, test } from "vitest";
import { linksOf } from "../src/assistant/links-of.ts";
import { patched, patchOf } from "../src/assistant/patch-of.ts";
import { charactersLeft } from "../src/conversation/message-size.ts";
import { initialsOf } from "../src/design/initials.ts";
import { linksIn } from "../src/design/links-in.ts";
import { parseRoute } from "../src/shell/parse-route.ts";
import { nextHours, toLocalInput, tomorrowMorning } from "../src/status/end-times.ts";

const id = "0123456789abcdef01234567";

test.each([
  ["Ada Lovelace", "AL"],
  ["  ada  ", "A"],
  ["Ada King Lovelace", "AL"],
  ["👩‍🚀 Valentina", "👩‍🚀V"],
  ["", "?"],
])("%j has the initials %j", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test.each([
  ["see https://a.example/x.", ["https://a.example/x"]],
  ["(http://a.example) and HTTPS://B.example/?q=1!", ["http://a.example", "HTTPS://B.example/?q=1"]],
  ["https://en.example/wiki/Stand_(in)", ["https://en.example/wiki/Stand_(in)"]],
  ["javascript:alert(1) ftp://a.example www.a.example", []],
  ['<a href="https://a.example">x</a>', ["https://a.example"]],
])("the links in %j", (text, links) => {
  const found = linksIn(text);
  expect(found.map(({ href }) => href)).toEqual(links);
  for (const { start, href } of found) expect(text.slice(start, start + href.length)).toBe(href);
});

test("characters are counted as the server counts them: by code point", () => {
  expect(charactersLeft("a".repeat(4_000))).toBe(0);
  expect(charactersLeft("😀".repeat(4_000))).toBe(0);
  expect(charactersLeft("😀".repeat(4_001))).toBe(-1);
  expect(charactersLeft("")).toBe(4_000);
});

test.each([
  ["", { name: "chats" }],
  ["#/", { name: "chats" }],
  [`#/with/${id}`, { name: "with", peer: id, message: null }],
  [`#/with/${id}/${id}`, { name: "with", peer: id, message: id }],
  ["#/with/somebody", { name: "chats" }],
  [`#/with/${id}/<script>`, { name: "with", peer: id, message: null }],
  ["#/briefing", { name: "briefing" }],
  ["#/constructor", { name: "chats" }],
])("the address %j shows %j", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test("the hours offered are full, still to come, and of today", () => {
  const at = (hours: number, minutes = 0) => +new Date(2026, 2, 2, hours, minutes);
  expect(nextHours(at(13, 19), 3)).toEqual([at(14), at(15), at(16)]);
  expect(nextHours(at(13, 45), 2)).toEqual([at(15), at(16)]);
  expect(nextHours(at(22, 10), 3)).toEqual([at(23)]);
  expect(nextHours(at(23, 10), 3)).toEqual([]);
  expect(tomorrowMorning(at(23, 10))).toBe(+new Date(2026, 2, 3, 9));
  expect(toLocalInput(at(9, 5))).toBe("2026-03-02T09:05");
});

test("links that the assistant may give", () => {
  expect(linksOf("https://a.example\n\n https://b.example ")).toEqual(["https://a.example", "https://b.example"]);
  expect(linksOf("http://a.example")).toBeNull();
  expect(linksOf("nonsense")).toBeNull();
  expect(linksOf("https://a.example\n".repeat(6))).toBeNull();
});

describe("the patch of the assistant's settings", () => {
  const settings: StandInSettings = {
    mode: "answer",
    newPeople: null,
    people: { [id]: { mode: "off" } },
    noticeText: null,
    facts: { text: "a", backAt: null, delegate: null, links: [] },
    shareUntil: true,
    waitSeconds: 0,
    answersPerPeriod: 3,
  };

  test("is empty when nothing changed", () => {
    expect(patchOf(settings, structuredClone(settings))).toEqual({});
  });

  test("has what changed and nothing else, so that another device's changes stay", () => {
    const after = { ...settings, waitSeconds: 30, facts: { ...settings.facts, links: ["https://a.example"] } };
    expect(patchOf(settings, after)).toEqual({ waitSeconds: 30, facts: { links: ["https://a.example"] } });
  });

  test("removes and adds people by their entry", () => {
    const other = "f".repeat(24);
    expect(patchOf(settings, { ...settings, people: { [other]: { mode: "notice" } } })).toEqual({
      people: { [id]: null, [other]: { mode: "notice" } },
    });
  });

  test("makes of other settings what was changed, and leaves the rest as it is there", () => {
    const other = "f".repeat(24);
    const edited: StandInSettings = { ...settings, people: {}, facts: { ...settings.facts, text: "b" } };
    const elsewhere: StandInSettings = {
      ...settings,
      waitSeconds: 60,
      people: { ...settings.people, [other]: { mode: "notice" } },
      facts: { ...settings.facts, links: ["https://a.example"] },
    };
    expect(patched(settings, patchOf(settings, edited))).toEqual(edited);
    expect(patched(elsewhere, patchOf(settings, edited))).toEqual({
      ...elsewhere,
      people: { [other]: { mode: "notice" } },
      facts: { ...elsewhere.facts, text: "b" },
    });
  });
});
