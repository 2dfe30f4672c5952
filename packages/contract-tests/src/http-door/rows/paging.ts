import { messageOf, newUser, type Row, refusal, type Step, sending, type World } from "../row.ts";

const texts = ["one", "two", "three", "four", "five"];

const history = (world: World, query: string, seqs: readonly number[], hasMore: boolean): Step => {
  const { ada, ben } = world;
  return {
    method: "GET",
    path: `/messages?receiverId=${ben.id}${query}`,
    token: ada.token,
    status: 200,
    answer: {
      messages: seqs.map((seq) => messageOf(ada, ben, texts[seq - 1] ?? "", seq)),
      hasMore,
      lastSeq: 5,
      lastRev: 0,
      readSeq: 0,
      peerReadSeq: 0,
      epoch: /./,
    },
  };
};

const badLimits = ["0", "1001", "-1", "1.5", "1e2", "%2B1", "%201", "", "abc", "0x10", "99999999999999999999", "١"];

/** `limit` is the same everywhere. */
const limitRow = (path: (world: World) => string, id: string): Row => ({
  id: `limit-${id}`,
  title: `${id}: a limit that is no whole number from 1 to 1,000 in decimal digits, or is given twice, is refused by name`,
  steps: (world) => {
    const base = path(world);
    const ask = (query: string): Step => ({
      method: "GET",
      path: `${base}${base.includes("?") ? "&" : "?"}${query}`,
      token: world.ada.token,
      ...refusal(400, "INVALID", /limit/, "limit"),
    });
    return [...badLimits.map((limit) => ask(`limit=${limit}`)), ask("limit=1&limit=1")];
  },
});

const field = (value: unknown, name: string): string => String(Reflect.get(value as object, name));

export const pagingRows: readonly Row[] = [
  {
    id: "messages-pages",
    title: "GET /messages pages by seq, oldest first within the page",
    steps: (world) => {
      const { ada, ben } = world;
      return [
        ...texts.map((text, index) => sending(ada, ben, text, index + 1)),
        history(world, "", [1, 2, 3, 4, 5], false),
        history(world, "&limit=2", [4, 5], true),
        history(world, "&before=4&limit=2", [2, 3], true),
        history(world, "&before=3", [1, 2], false),
        history(world, "&after=1&limit=2", [2, 3], true),
        history(world, "&after=3", [4, 5], false),
        history(world, "&after=0", [1, 2, 3, 4, 5], false),
        history(world, "&changedAfter=0", [], false),
        history(world, "&unknown=1&unknown=2", [1, 2, 3, 4, 5], false),
      ];
    },
  },
  {
    id: "messages-positions",
    title: "GET /messages refuses positions that are no numbers, or that do not go together",
    steps: ({ ada, ben }) => {
      const ask = (query: string, path: string): Step => ({
        method: "GET",
        path: `/messages?receiverId=${ben.id}&${query}`,
        token: ada.token,
        ...refusal(400, "INVALID", new RegExp(path), path),
      });
      return [
        ...["before", "after", "changedAfter"].flatMap((name) =>
          ["", "x", "-1", "1.5", "99999999999999999999"].map((value) => ask(`${name}=${value}`, name)),
        ),
        ask("before=2&before=3", "before"),
        ask(`receiverId=${ada.id}`, "receiverId"),
        ask("before=3&after=1", "after"),
        ask("after=3&changedAfter=1", "changedAfter"),
      ];
    },
  },
  limitRow(({ ben }) => `/messages?receiverId=${ben.id}`, "messages"),
  limitRow(() => "/users", "users"),
  limitRow(() => "/conversations", "conversations"),
  ...["decisions", "briefing", "suggestions"].map((list) => limitRow(() => `/standin/${list}`, list)),
  {
    id: "users-pages",
    title: "GET /users pages by an opaque cursor, and finds by the beginning of a name or address",
    steps: ({ ada, ben, cy }) => {
      const step = { method: "GET", token: ada.token, status: 200 };
      const find = (q: string, users: readonly unknown[]): Step => ({
        ...step,
        path: `/users?q=${encodeURIComponent(q)}`,
        answer: { users, nextCursor: null },
      });
      return [
        { ...step, path: "/users?limit=1", answer: { users: [newUser(ben)], nextCursor: /./ } },
        {
          ...step,
          path: ([first]) => `/users?limit=1&cursor=${encodeURIComponent(field(first, "nextCursor"))}`,
          answer: { users: [newUser(cy)], nextCursor: null },
        },
        find("bE", [newUser(ben)]),
        find("cy@", [newUser(cy)]),
        find(".*", []),
        { ...step, path: "/users?q=", ...refusal(400, "INVALID", /q/, "q") },
        { ...step, path: `/users?q=${"x".repeat(51)}`, ...refusal(400, "INVALID", /q/, "q") },
        { ...step, path: "/users?cursor=made-up", ...refusal(400, "INVALID", /cursor/i, "cursor") },
      ];
    },
  },
  {
    id: "conversations",
    title:
      "GET /conversations lists them newest first, with what is unread, and POST /messages/read moves the position",
    steps: ({ ada, ben, cy }) => {
      const conversation = (unread: number): object => ({
        user: newUser(ada),
        lastSeq: 2,
        lastRev: 0,
        readSeq: 2 - unread,
        unread,
        lastMessage: messageOf(ada, ben, "two", 2),
      });
      const list = (conversations: readonly object[]): Step => ({
        method: "GET",
        path: "/conversations",
        token: ben.token,
        status: 200,
        answer: { conversations, epoch: /./, nextCursor: null },
      });
      const read = (seq: number, answer: object): Step => ({
        method: "POST",
        path: "/messages/read",
        token: ben.token,
        body: { receiverId: ada.id, seq },
        status: 200,
        answer,
      });
      const withCy = {
        user: newUser(cy),
        lastSeq: 1,
        lastRev: 0,
        readSeq: 0,
        unread: 0,
        lastMessage: messageOf(ben, cy, "Hi", 1),
      };
      return [
        list([]),
        sending(ben, cy, "Hi", 1),
        sending(ada, ben, "one", 1),
        sending(ada, ben, "two", 2),
        list([conversation(2), withCy]),
        read(1, { readSeq: 1, unread: 1 }),
        read(0, { readSeq: 1, unread: 1 }),
        list([conversation(1), withCy]),
        read(99, { readSeq: 2, unread: 0 }),
        { ...read(0, {}), body: { receiverId: "x", seq: 1 }, ...refusal(400, "INVALID", /receiverId/, "receiverId") },
        ...[-1, 1.5, "1", null].map((seq) => ({
          ...read(0, {}),
          body: { receiverId: ada.id, seq },
          ...refusal(400, "INVALID", /seq/, "seq"),
        })),
      ];
    },
  },
];
