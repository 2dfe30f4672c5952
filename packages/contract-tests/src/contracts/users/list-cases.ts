import assert from "node:assert/strict";
import type { User, UserQuery, UserRepository } from "@standin/core/ports";
import { createDrafts, nobody, noon } from "../../drafts.ts";
import { rejectsWith } from "../../expectations.ts";
import type { UserCase } from "./user-case.ts";

const allPages = async (users: UserRepository, query: Omit<UserQuery, "cursor">): Promise<readonly User[]> => {
  const found: User[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    pages += 1;
    assert.ok(pages <= 100, "The list does not end");
    const page = await users.list({ ...query, cursor });
    assert.ok(page.users.length <= query.limit, "A page is longer than its limit");
    found.push(...page.users);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
};

const namesOf = (users: readonly User[]): string[] => users.map(({ username }) => username).sort();

/** How people are listed, searched and found by what was published of them. */
export const listCases: readonly UserCase[] = [
  {
    id: "list-once",
    title: "each user once over all pages, also while others sign up and change, and without `except`",
    invariants: ["UR-05"],
    async run({ port }) {
      const drafts = createDrafts();
      const early = Array.from({ length: 11 }, () => drafts.user());
      // Stored in another order than that of their ids.
      for (const user of early.toReversed()) await port.create(user);
      const except = early[4]?.id ?? "";
      const seen: string[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        pages += 1;
        assert.ok(pages <= 100, "The list does not end");
        const page = await port.list({ except, limit: 3, cursor, prefix: null, inEmails: false });
        assert.ok(page.users.length <= 3, "A page is longer than its limit");
        seen.push(...page.users.map(({ id }) => id));
        cursor = page.nextCursor;
        await port.create(drafts.user());
        const [shown] = page.users;
        if (shown !== undefined) await port.compareAndSet({ ...shown, period: 7 });
      } while (cursor !== null);
      assert.equal(new Set(seen).size, seen.length, "A user was listed twice");
      assert.ok(!seen.includes(except), "`except` was listed");
      for (const { id } of early) assert.ok(id === except || seen.includes(id), "A user was left out");
    },
  },
  {
    id: "list-last-page",
    title: "a page that ends exactly with the last user has no cursor",
    invariants: ["UR-05"],
    async run({ port }) {
      const drafts = createDrafts();
      const users = [drafts.user(), drafts.user(), drafts.user()];
      for (const user of users) await port.create(user);
      const query = { except: users[1]?.id ?? "", limit: 2, cursor: null, prefix: null, inEmails: false };
      const page = await port.list(query);
      assert.deepEqual(page.users.map(({ id }) => id).sort(), [users[0]?.id, users[2]?.id]);
      assert.equal(page.nextCursor, null);
      assert.deepEqual(await port.list({ ...query, prefix: "nobody" }), { users: [], nextCursor: null });
    },
  },
  {
    id: "list-prefix",
    title: "finds by the beginning of the username, and of the e-mail address where asked, each user once",
    invariants: ["UR-05"],
    async run({ port }) {
      const drafts = createDrafts();
      for (const [username, email] of [
        ["Ann", "x1@example.com"],
        ["Anna", "anna@example.com"],
        ["Joanna", "x3@example.com"],
        ["Zoë", "ANNE@example.com"],
        ["Élan", "x5@example.com"],
      ] as const)
        await port.create(drafts.user({ username, email }));
      const find = async (prefix: string, inEmails: boolean): Promise<string[]> =>
        namesOf(await allPages(port, { except: drafts.id(), limit: 1, prefix, inEmails }));
      assert.deepEqual(await find("ann", false), ["Ann", "Anna"]);
      assert.deepEqual(await find("ann", true), ["Ann", "Anna", "Zoë"]);
      assert.deepEqual(await find("zoë", false), ["Zoë"]);
      assert.deepEqual(await find("él", false), ["Élan"]);
      assert.deepEqual(await find("nna", true), []);
    },
  },
  {
    id: "list-prefix-literal",
    title: "takes every character of the prefix literally",
    invariants: ["UR-05"],
    async run({ port }) {
      const drafts = createDrafts();
      const names = ["%x", "_x", "a.c", "a*c", "[a]", "^a", "a\\b", "(a|b)", "a'b", '"a"', "abc"];
      for (const username of names) await port.create(drafts.user({ username, email: `n${drafts.id()}@example.com` }));
      for (const name of names) {
        const query = { except: drafts.id(), limit: 50, prefix: name, inEmails: true };
        assert.deepEqual(namesOf(await allPages(port, query)), [name]);
      }
      for (const prefix of ["%", "_", "a.", "a*", "[", "^", "a\\", "(", "a'", '"'])
        assert.equal((await allPages(port, { except: nobody, limit: 50, prefix, inEmails: true })).length, 1, prefix);
    },
  },
  {
    id: "list-bad-cursor",
    title: "a cursor that the store never gave is INVALID",
    invariants: ["UR-08"],
    async run({ port }) {
      const query = { except: nobody, limit: 5, prefix: null, inEmails: false };
      for (const cursor of ["", "nonsense", "0", "null", "{}", "%00", "a".repeat(2_000)])
        await rejectsWith("INVALID", port.list({ ...query, cursor }));
    },
  },
  {
    id: "published-as",
    title: "finds by published status, by id, after an id, within the limit, as it is now",
    invariants: ["UR-06"],
    async run({ port }) {
      const drafts = createDrafts();
      const published = (status: User["published"]["status"]): Partial<User> => ({
        published: { status, prevstatus: "AVAILABLE", busyUntil: null, busyNote: null },
      });
      const online = Array.from({ length: 4 }, () => drafts.user(published("ONLINE")));
      const busy = drafts.user(published("BUSY"));
      for (const user of [busy, ...online.toReversed()]) await port.create(user);
      const ids = online.map(({ id }) => id);
      const idsAs = async (after: string | null, limit: number): Promise<string[]> =>
        (await port.publishedAs("ONLINE", after, limit)).map(({ id }) => id);
      assert.deepEqual(await idsAs(null, 10), ids);
      assert.deepEqual(await idsAs(null, 3), ids.slice(0, 3));
      assert.deepEqual(await idsAs(ids[1] ?? "", 10), ids.slice(2));
      await port.compareAndSet({ ...busy, ...published("ONLINE") });
      for (const user of online.slice(0, 3)) await port.compareAndSet({ ...user, ...published("AVAILABLE") });
      assert.deepEqual((await idsAs(null, 10)).sort(), [busy.id, ids[3]].sort());
    },
  },
  {
    id: "published-busy-until",
    title: "finds those published as BUSY until now or earlier, earliest first, within the limit",
    invariants: ["UR-09"],
    async run({ port }) {
      const drafts = createDrafts();
      const busyUntil = (username: string, until: number | null, status: "BUSY" | "AVAILABLE" = "BUSY"): User =>
        drafts.user({ username, published: { status, prevstatus: "ONLINE", busyUntil: until, busyNote: null } });
      for (const user of [
        busyUntil("now", noon),
        busyUntil("open", null),
        busyUntil("first", noon - 2_000),
        busyUntil("later", noon + 1),
        busyUntil("second", noon - 1_000),
        busyUntil("not busy", null, "AVAILABLE"),
      ])
        await port.create(user);
      const names = async (limit: number): Promise<string[]> =>
        (await port.publishedBusyUntil(noon, limit)).map(({ username }) => username);
      assert.deepEqual(await names(10), ["first", "second", "now"]);
      assert.deepEqual(await names(2), ["first", "second"]);
    },
  },
];
