import { describe, expect, test } from "vitest";
import { de } from "../src/texts/de.ts";
import { en } from "../src/texts/en.ts";
import { plural } from "../src/texts/plural.ts";

type Leaf = string | ((value: never) => string);

/** Every sentence of a language by its path. */
const leaves = (texts: object, path = ""): readonly (readonly [string, Leaf])[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "object" ? leaves(value, `${path}${key}.`) : [[path + key, value] as const],
  );

/** A sentence with something put in, which must be in it. */
const spoken = (leaf: Leaf, value: unknown): string =>
  typeof leaf === "string" ? leaf : (leaf as (...values: unknown[]) => string)(value, value);

const english = new Map(leaves(en));
const german = new Map(leaves(de));

describe.each([
  ["English", english],
  ["German", german],
])("%s", (_, texts) => {
  test("has every sentence, and none is empty", () => {
    expect([...texts.keys()]).toEqual([...english.keys()]);
    for (const [path, leaf] of texts) expect(spoken(leaf, 2), path).toMatch(/\S/);
  });

  test("every sentence that takes something says it", () => {
    for (const [path, leaf] of texts) {
      if (typeof leaf === "string") continue;
      // Numbers go through Intl, everything else is put in as it is.
      expect([spoken(leaf, 3).includes("3"), spoken(leaf, "Zoë").includes("Zoë")], path).toContain(true);
    }
  });

  test("no sentence has a hole in it", () => {
    for (const [path, leaf] of texts) expect(spoken(leaf, 2), path).not.toMatch(/undefined|NaN|\[object/);
  });
});

test("German is German: only names and words that both languages have are the same", () => {
  const same = [...german].filter(([path, leaf]) => spoken(leaf, 2) === spoken(english.get(path) ?? "", 2));
  expect(same.map(([path]) => path).sort()).toEqual([
    "conversation.said",
    "conversations.title",
    "nav.chats",
    "presence.online",
  ]);
});

test("plurals follow the language's rules, and numbers its way to write them", () => {
  const forms = { one: "# Nachricht", other: "# Nachrichten" };
  expect([0, 1, 2, 12_345].map((count) => plural("de", count, forms))).toEqual([
    "0 Nachrichten",
    "1 Nachricht",
    "2 Nachrichten",
    "12.345 Nachrichten",
  ]);
  expect(en.conversations.unread(1)).toBe("1 unread message");
  expect(en.conversations.unread(1_200)).toBe("1,200 unread messages");
});
