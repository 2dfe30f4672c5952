import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { variableNames } from "../../apps/server/src/configuration/variables.ts";
import { defaultSettings, promptOf, standInModes } from "../../packages/core/src/domain/index.ts";

// docs/stand-in.md is read when somebody wants to know why. What the code can say, it explains: no word more, none less.

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const guide = read("docs/stand-in.md");

/** The first column of the table whose first column is called so, and whether each row says anything. */
const explained = (head: string): string[] => {
  const lines = guide.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  expect(start, `a table of ${head}`).toBeGreaterThan(-1);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith("|"));
  return lines.slice(start + 2, end).map((line) => {
    const [, name, meaning] = /^\| `([^`]+)` \| (?:[^|]*\| )*?([^|]{3,}) \|/.exec(line) ?? [];
    if (name === undefined || meaning === undefined) throw new Error(`explains nothing: ${line}`);
    return name;
  });
};

/** The members of a union of strings in the sources. */
const membersOf = (path: string, type: string): string[] => {
  const [, union = ""] = new RegExp(`^export type ${type} =([^;]+);`, "m").exec(read(path)) ?? [];
  const members = [...union.matchAll(/"([^"]+)"/g)].map(([, member = ""]) => member);
  expect(members.length, type).toBeGreaterThan(3);
  return members;
};

/** Every path of an object, down to what is no object. */
const pathsOf = (value: object, above = ""): string[] =>
  Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner) && !(inner instanceof Map)
      ? pathsOf(inner, `${above}${name}.`)
      : [`${above}${name}`],
  );

test.each([
  ["`decision`", "packages/core/src/domain/stand-in.ts", "Decision"],
  ["`detail`", "packages/core/src/errors/responder-error.ts", "ResponderFailure"],
  ["verdict", "packages/core/src/domain/message.ts", "Verdict"],
])("the table of each %s has every one that the code has, once, and no other", (head, path, type) => {
  expect(explained(head).sort()).toEqual(membersOf(path, type).sort());
});

test("every mode and every setting is explained, once, and no other", () => {
  expect(explained("mode")).toEqual(standInModes);
  expect(explained("field")).toEqual(pathsOf(defaultSettings));
});

test("what a model is sent is listed, field by field", () => {
  const request = {
    purpose: "answer",
    ownerName: "Bob",
    writerName: "Ann",
    busyUntil: null,
    busyNote: null,
    facts: { text: null, backAt: null, links: [], hasDelegate: false },
    turns: [],
  } as const;
  expect(explained("in the data")).toEqual(pathsOf(JSON.parse(promptOf(request).data)));
});

test("every variable that it speaks of exists", () => {
  const spoken = new Set(guide.match(/\b(?:AI|GEMINI|OPENAI)_[A-Z_]+\b/g));
  expect(spoken.size).toBeGreaterThan(5);
  expect([...spoken].filter((name) => !variableNames.some((known) => known === name))).toEqual([]);
});
