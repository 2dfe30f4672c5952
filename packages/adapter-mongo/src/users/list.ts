import { isId, type UserPage, type UserQuery } from "@standin/core/ports";
import type { Collection, Filter } from "mongodb";
import { findList } from "../access.ts";
import { badCursor, type Place, readCursor, writeCursor } from "../cursor.ts";
import { type UserDocument, userFrom } from "../documents/user.ts";
import type { TimeLimit } from "../time-limit.ts";
import { toObjectId } from "../values.ts";

/** The texts that begin with a prefix, as a range: strings are compared by the bytes of their UTF-8, which is the order of code points. */
interface TextRange {
  readonly $gte: string;
  readonly $lt?: string;
}

const lastCodePoint = 0x10ffff;

/** The range of a prefix. Its end is the prefix with the last character that has a successor replaced by it. */
const rangeOf = (prefix: string): TextRange => {
  const characters = [...prefix.toWellFormed()];
  const $gte = characters.join("");
  while (characters.length > 0) {
    const last = characters.pop()?.codePointAt(0) ?? lastCodePoint;
    // The code points between these two are halves of surrogate pairs.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    if (last < lastCodePoint) return { $gte, $lt: characters.join("") + String.fromCodePoint(next) };
  }
  return { $gte };
};

interface Entry {
  readonly user: UserDocument;
  readonly place: Place;
}

interface Search {
  readonly except: string;
  /** How many entries are wanted. */
  readonly count: number;
  readonly time: TimeLimit;
}

/** How many people whom the search by name has shown already the search by e-mail passes over in one page. */
const mostPassedOver = 1_000;

const toPage = (entries: readonly Entry[], limit: number): UserPage => {
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = entries.length > limit && last !== undefined;
  return { users: shown.map(({ user }) => userFrom(user)), nextCursor: hasMore ? writeCursor(last.place) : null };
};

const startOf = (range: TextRange, place: Place | null, inEmails: boolean): Place => {
  if (place === null) return ["name"];
  const [kind, key = "", id = ""] = place;
  const isName = kind === "name" && place.length === 3 && isId(id);
  const isAddress = kind === "address" && place.length === 2 && inEmails;
  if (!(isName || isAddress) || !key.startsWith(range.$gte)) throw badCursor();
  return place;
};

/**
 * The list of users. Three orders, each along one index: everybody by id; with a prefix, those whose name begins with it by name, and then, with
 * `inEmails`, those whose address alone does by address.
 */
export const createUserList = (
  users: Collection<UserDocument>,
): ((query: UserQuery, time: TimeLimit) => Promise<UserPage>) => {
  /** Finds one more than `count`, should the one that is left out be among them: leaving out is done here, so that each search is one range. */
  const search = async (
    filter: Filter<UserDocument>,
    sort: Record<string, 1>,
    { except, count, time }: Search,
  ): Promise<UserDocument[]> => {
    const found = await findList(users, filter, { sort, limit: count + 1, time });
    return found.filter(({ _id }) => _id.toHexString() !== except).slice(0, count);
  };

  const byId = async (wanted: Search, place: Place | null): Promise<readonly Entry[]> => {
    const [kind, id = ""] = place ?? ["id"];
    if (kind !== "id" || (place !== null && !isId(id))) throw badCursor();
    const filter = place === null ? {} : { _id: { $gt: toObjectId(id) } };
    const found = await search(filter, { _id: 1 }, wanted);
    return found.map((user) => ({ user, place: ["id", user._id.toHexString()] }));
  };

  const byName = async (wanted: Search, range: TextRange, after: Place): Promise<readonly Entry[]> => {
    const [, key, id = ""] = after;
    const sort = { usernameKey: 1, _id: 1 } as const;
    const beyond = key === undefined ? range : { ...range, $gt: key };
    // Those of the same name first, then those of later names.
    const same =
      key === undefined ? [] : await search({ usernameKey: { $eq: key }, _id: { $gt: toObjectId(id) } }, sort, wanted);
    const rest = { ...wanted, count: wanted.count - same.length };
    const found = rest.count < 1 ? same : [...same, ...(await search({ usernameKey: beyond }, sort, rest))];
    return found.map((user) => ({ user, place: ["name", user.usernameKey, user._id.toHexString()] }));
  };

  /** Passes over a bounded number of people, so that a page may be short, or even empty, and still not be the last. */
  const byAddress = async (
    wanted: Search,
    range: TextRange,
    after: string | undefined,
  ): Promise<{ readonly entries: readonly Entry[]; readonly stoppedAt: Place | null }> => {
    const { except, count, time } = wanted;
    const { $gte } = range;
    const entries: Entry[] = [];
    let last = after;
    for (let seen = 0; seen < mostPassedOver + count; seen += count) {
      const emailKey = last === undefined ? range : { ...range, $gt: last };
      const found = await findList(users, { emailKey }, { sort: { emailKey: 1 }, limit: count, time });
      for (const user of found) {
        last = user.emailKey;
        const isNamed = user.usernameKey.startsWith($gte);
        if (!isNamed && user._id.toHexString() !== except) entries.push({ user, place: ["address", last] });
        if (entries.length === count) return { entries, stoppedAt: null };
      }
      if (found.length < count) return { entries, stoppedAt: null };
    }
    return { entries, stoppedAt: last === undefined ? null : ["address", last] };
  };

  return async ({ except, limit, cursor, prefix, inEmails }, time) => {
    const place = cursor === null ? null : readCursor(cursor);
    // One more than is shown tells whether there are more.
    const wanted = { except, count: limit + 1, time };
    if (prefix === null) return toPage(await byId(wanted, place), limit);
    const range = rangeOf(prefix);
    const start = startOf(range, place, inEmails);
    const names = start[0] === "name" ? await byName(wanted, range, start) : [];
    if (names.length > limit || !inEmails) return toPage(names, limit);
    const after = start[0] === "address" ? start[1] : undefined;
    const rest = await byAddress({ ...wanted, count: wanted.count - names.length }, range, after);
    const page = toPage([...names, ...rest.entries], limit);
    return rest.stoppedAt === null ? page : { ...page, nextCursor: writeCursor(rest.stoppedAt) };
  };
};
