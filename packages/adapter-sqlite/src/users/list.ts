import { type Id, isId, type UserPage, type UserQuery } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { badCursor, type Place, readCursor, writeCursor } from "../cursor.ts";
import { afterAllText } from "../database.ts";
import { type UserRow, userFrom } from "../rows/user.ts";

/** All texts that begin with the prefix are from `from` on and before `to`, in the order of their bytes in UTF-8. */
interface TextRange {
  readonly from: string;
  readonly to: string | Uint8Array;
}

const lastCodePoint = 0x10ffff;

/** The range of a prefix. Its end is the prefix with the last character that has a successor replaced by it. */
const rangeOf = (prefix: string): TextRange => {
  const characters = [...prefix.toWellFormed()];
  const from = characters.join("");
  while (characters.length > 0) {
    const last = characters.pop()?.codePointAt(0) ?? lastCodePoint;
    // The code points between these two are halves of surrogate pairs.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    if (last < lastCodePoint) return { from, to: characters.join("") + String.fromCodePoint(next) };
  }
  return { from, to: afterAllText };
};

interface Entry {
  readonly row: UserRow;
  readonly place: Place;
}

interface Search {
  readonly except: Id;
  /** How many entries are wanted. */
  readonly count: number;
}

/** How many people whom the search by name has shown already the search by e-mail passes over in one page. */
const mostPassedOver = 1_000;

const endOf = (entries: readonly Entry[]): string | null => {
  const last = entries.at(-1);
  return last === undefined ? null : writeCursor(last.place);
};

const toPage = (entries: readonly Entry[], limit: number): UserPage => {
  const shown = entries.slice(0, limit);
  return {
    users: shown.map((entry) => userFrom(entry.row)),
    nextCursor: entries.length > limit ? endOf(shown) : null,
  };
};

/**
 * The list of users. Three orders, each along one index: everybody by id; with a prefix, those whose name begins with it by name, and then, with
 * `inEmails`, those whose address alone does by address.
 */
export const createUserList = ({ prepare }: Access): ((query: UserQuery) => UserPage) => {
  const everybody = prepare<UserRow>("SELECT * FROM users WHERE id > ? AND id <> ? ORDER BY id LIMIT ?");
  const named = prepare<UserRow>(
    `SELECT * FROM users WHERE (username_key, id) > (?, ?) AND username_key < ? AND id <> ?
     ORDER BY username_key, id LIMIT ?`,
  );
  const addressed = prepare<UserRow & { readonly is_named: number }>(
    `SELECT *, username_key >= :from AND username_key < :to AS is_named FROM users
     WHERE email_key > :after AND email_key >= :from AND email_key < :to AND id <> :except ORDER BY email_key LIMIT :count`,
  );

  const byId = ({ except, count }: Search, place: Place | null): readonly Entry[] => {
    const [kind, id = ""] = place ?? ["id"];
    if (kind !== "id" || (place !== null && !isId(id))) throw badCursor();
    return everybody.all(id, except, count).map((row) => ({ row, place: ["id", row.id] }));
  };

  const byName = ({ except, count }: Search, range: TextRange, after: Place): readonly Entry[] => {
    const [, key = "", id = ""] = after;
    return named
      .all(key, id, range.to, except, count)
      .map((row) => ({ row, place: ["name", row.username_key, row.id] }));
  };

  /** Passes over a bounded number of people, so that a page may be short, or even empty, and still not be the last. */
  const byAddress = (
    search: Search,
    range: TextRange,
    after: string,
  ): { entries: Entry[]; stoppedAt: Place | null } => {
    const entries: Entry[] = [];
    let last = after;
    for (let seen = 0; seen < mostPassedOver + search.count; seen += search.count) {
      const { except, count } = search;
      const rows = addressed.all({ ...range, after: last, except, count });
      for (const row of rows) {
        if (row.is_named === 0) entries.push({ row, place: ["address", row.email_key] });
        last = row.email_key;
        if (entries.length === count) return { entries, stoppedAt: null };
      }
      if (rows.length < count) return { entries, stoppedAt: null };
    }
    return { entries, stoppedAt: ["address", last] };
  };

  const startOf = (range: TextRange, place: Place | null, inEmails: boolean): Place => {
    if (place === null) return ["name", range.from, ""];
    const [kind, key = "", id = ""] = place;
    const isName = kind === "name" && place.length === 3 && isId(id);
    const isAddress = kind === "address" && place.length === 2 && inEmails;
    if (!(isName || isAddress) || !key.startsWith(range.from)) throw badCursor();
    return place;
  };

  return ({ except, limit, cursor, prefix, inEmails }) => {
    const place = cursor === null ? null : readCursor(cursor);
    // One more than is shown tells whether there are more.
    const search = { except, count: limit + 1 };
    if (prefix === null) return toPage(byId(search, place), limit);
    const range = rangeOf(prefix);
    const start = startOf(range, place, inEmails);
    const names = start[0] === "name" ? byName(search, range, start) : [];
    if (names.length > limit || !inEmails) return toPage(names, limit);
    const after = start[0] === "address" ? (start[1] ?? "") : "";
    const rest = byAddress({ except, count: search.count - names.length }, range, after);
    const page = toPage([...names, ...rest.entries], limit);
    return rest.stoppedAt === null ? page : { ...page, nextCursor: writeCursor(rest.stoppedAt) };
  };
};
