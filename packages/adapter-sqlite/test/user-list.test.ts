import { usernameKey } from "@standin/core/ports";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { SqliteStore } from "../src/index.ts";
import { newId, openStore, rejection, user } from "./fixtures.ts";

const nobody = newId();

const signUp = (store: SqliteStore, username: string, emailKey: string): Promise<void> =>
  store.users.create(user({ username, usernameKey: usernameKey(username), email: emailKey, emailKey }));

/** The names of all users that the search finds, page by page. */
const search = async (store: SqliteStore, prefix: string | null, inEmails: boolean, limit = 2): Promise<string[]> => {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await store.users.list({ except: nobody, limit, cursor, prefix, inEmails });
    names.push(...page.users.map(({ username }) => username));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return names;
};

test("a prefix is taken literally, up to the last character that Unicode has", async () => {
  const store = await openStore();
  const names = ["a", "a%", "a%b", "a_", "a\u{10ffff}", "a\u{10ffff}z", "\u{10ffff}", "b", "\ud7ff1", "\ue000"];
  await Promise.all(names.map((name, index) => signUp(store, name, `${index}@example.org`)));
  expect(await search(store, "a%", false)).toEqual(["a%", "a%b"]);
  expect(await search(store, "a_", false)).toEqual(["a_"]);
  expect(await search(store, "a", false)).toEqual(["a", "a%", "a%b", "a_", "a\u{10ffff}", "a\u{10ffff}z"]);
  expect(await search(store, "a\u{10ffff}", false)).toEqual(["a\u{10ffff}", "a\u{10ffff}z"]);
  expect(await search(store, "\u{10ffff}", false)).toEqual(["\u{10ffff}"]);
  expect(await search(store, "\ud7ff", false)).toEqual(["\ud7ff1"]);
});

test("a search finds exactly those whose name begins with the prefix, whatever the characters", async () => {
  const store = await openStore();
  // Few characters, from all lengths of UTF-8 and both ends of its gaps, so that prefixes are often shared.
  const text = fc.string({
    unit: fc.constantFrom("a", "b", "%", "é", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"),
    maxLength: 4,
  });
  const names = fc.sample(text, { numRuns: 400, seed: 1 });
  await Promise.all(names.map((name, index) => signUp(store, name, `${index}@example.org`)));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 50 }), async (prefix, limit) => {
      const expected = names.filter((name) => name.startsWith(prefix));
      expect((await search(store, prefix, false, limit)).sort()).toEqual(expected.sort());
    }),
  );
});

test("who matches by name and by address comes once, whatever the page size", async () => {
  const store = await openStore();
  await signUp(store, "Sam", "sam@example.org");
  await signUp(store, "Samira", "other@example.org");
  await signUp(store, "Kim", "samson@example.org");
  await signUp(store, "Sam", "sam.too@example.org");
  for (const limit of [1, 2, 3, 4, 5]) {
    expect((await search(store, "sam", true, limit)).sort()).toEqual(["Kim", "Sam", "Sam", "Samira"]);
    expect((await search(store, "sam", false, limit)).sort()).toEqual(["Sam", "Sam", "Samira"]);
  }
});

test("a search passes over few people in one page, and still finds the last one", async () => {
  const store = await openStore();
  const people = Array.from({ length: 2_500 }, (_, index) => `sam${String(index).padStart(4, "0")}`);
  await Promise.all(people.map((name) => signUp(store, name, `${name}@example.org`)));
  await signUp(store, "Kim", "samuel@example.org");
  expect(await search(store, "sam", true, 1_000)).toEqual([...people, "Kim"]);
});

test("a cursor of another list, of another query, or of nobody is INVALID", async () => {
  const store = await openStore();
  await Promise.all(["ann", "anton", "bea"].map((name) => signUp(store, name, `${name}@example.org`)));
  const list = { except: nobody, limit: 1, inEmails: true };
  const { nextCursor: ofSearch } = await store.users.list({ ...list, prefix: "an", cursor: null });
  const { nextCursor: ofAll } = await store.users.list({ ...list, prefix: null, cursor: null });
  const refused = { code: "INVALID", errors: [{ path: "cursor", message: expect.any(String) }] };
  for (const [prefix, cursor] of [
    [null, ofSearch],
    ["an", ofAll],
    ["b", ofSearch],
    [null, `${ofAll}=`],
    [null, "nonsense"],
    [null, ""],
  ] as const) {
    expect(await rejection(store.users.list({ ...list, prefix, cursor }))).toMatchObject(refused);
  }
  expect(await rejection(store.messages.conversations(nobody, { limit: 1, cursor: ofAll }))).toMatchObject(refused);
});
