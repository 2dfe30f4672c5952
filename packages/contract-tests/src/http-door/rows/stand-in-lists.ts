import { anInstant, messageOf, newUser, nobodysId, type Person, type Row, refusal, type Step } from "../row.ts";
import { answerOf, callerOf, declare, untilAnswered, valueAt, write } from "../stand-in-scene.ts";

const get = ({ token }: Person, path: string, answer: Step["answer"]): Step => ({
  method: "GET",
  path,
  token,
  status: 200,
  answer,
});

const badCursor = ({ token }: Person, path: string): Step => ({
  method: "GET",
  path: `${path}?cursor=made-up`,
  token,
  ...refusal(400, "INVALID", /cursor/, "cursor"),
});

const nextOf = (path: string, answer: unknown): string =>
  `${path}&cursor=${encodeURIComponent(valueAt(answer, "nextCursor"))}`;

const start = Date.UTC(2030, 0);
const iso = (ms: number): string => new Date(start + ms).toISOString();
const minute = 60_000;

const decisions = "/standin/decisions";
const briefing = "/standin/briefing";
const suggestions = "/standin/suggestions";

/** What an owner finds on return: decisions, the briefing, and drafts. */
export const standInListRows: readonly Row[] = [
  {
    id: "standin-decisions",
    title: "GET /standin/decisions says what became of each message and why, newest first, to its owner alone",
    arrange: async (chat, { ada, ben, cy }, pass) => {
      await chat.standIn.changeSettings(await callerOf(chat, ben), { people: { [cy.id]: { mode: "off" } } });
      await write(chat, ada, ben, "before");
      await declare(chat, ben, "BUSY");
      await write(chat, ada, ben, "one");
      await write(chat, ada, ben, "two");
      await pass(untilAnswered);
      await write(chat, cy, ben, "three");
    },
    steps: ({ ada, ben, cy }) => {
      const record = (peer: Person, decision: string, at: number): object => ({
        at: iso(at),
        peer: peer.id,
        trigger: /^[0-9a-f]{24}$/,
        decision,
        answer: null,
        generator: null,
        detail: null,
      });
      const [off, merged] = [record(cy, "off", untilAnswered), record(ada, "merged", 0)];
      const notice = {
        ...record(ada, "notice", 0),
        answer: /^[0-9a-f]{24}$/,
        generator: { provider: "template" },
      };
      return [
        get(ben, decisions, { decisions: [off, notice, merged], nextCursor: null }),
        {
          ...get(ben, `/messages?receiverId=${ada.id}`, ([listed]: readonly unknown[]) => ({
            messages: [
              messageOf(ada, ben, "before", 1),
              { ...messageOf(ada, ben, "one", 2), _id: valueAt(listed, "decisions", 2, "trigger") },
              { ...messageOf(ada, ben, "two", 3), _id: valueAt(listed, "decisions", 1, "trigger") },
              {
                ...answerOf(ben, ada, 4),
                _id: valueAt(listed, "decisions", 1, "answer"),
                inReplyTo: valueAt(listed, "decisions", 1, "trigger"),
              },
            ],
            hasMore: false,
            lastSeq: 4,
            lastRev: 0,
            readSeq: 0,
            peerReadSeq: 0,
            epoch: /./,
          })),
        },
        get(ben, `${decisions}?limit=2`, { decisions: [off, notice], nextCursor: /./ }),
        {
          ...get(ben, "", { decisions: [merged], nextCursor: null }),
          path: (earlier) => nextOf(`${decisions}?limit=2`, earlier.at(-1)),
        },
        badCursor(ben, decisions),
        ...[ada, cy].map((other) => get(other, decisions, { decisions: [], nextCursor: null })),
      ];
    },
  },
  {
    id: "standin-briefing",
    title:
      "GET /standin/briefing tells who wrote in the last period, urgent people first, and what was said for the caller",
    arrange: async (chat, { ada, ben, cy }, pass) => {
      await write(chat, ada, ben, "before");
      await pass(minute);
      await declare(chat, ben, "BUSY");
      await chat.standIn.request(await callerOf(chat, cy), { to: ben.id, urgent: true });
      await write(chat, cy, ben, "It burns");
      await write(chat, ada, ben, "one");
      await write(chat, ada, ben, "two");
      await pass(minute);
      await chat.markRead(await callerOf(chat, ben), { peer: ada.id, seq: 2 });
      await declare(chat, ben, "AVAILABLE");
      await pass(minute);
      await write(chat, ada, ben, "after");
    },
    steps: ({ ada, ben, cy }) => {
      const [since, until] = [iso(minute), iso(2 * minute)];
      const entryOf = (user: Person, more: object): object => ({ user: newUser(user), urgent: false, ...more });
      const cys = entryOf(cy, {
        urgent: true,
        messages: 1,
        unread: 1,
        first: messageOf(cy, ben, "It burns", 1),
        last: messageOf(cy, ben, "It burns", 1),
        answers: [answerOf(ben, cy, 2)],
      });
      const adas = entryOf(ada, {
        messages: 2,
        unread: 2,
        first: messageOf(ada, ben, "one", 2),
        last: messageOf(ada, ben, "two", 3),
        answers: [answerOf(ben, ada, 4)],
      });
      const page = (people: readonly object[], nextCursor: RegExp | null = null): object => ({
        since,
        until,
        people,
        nextCursor,
      });
      const sinceThen = encodeURIComponent("2030-01-01T01:02:30+01:00");
      return [
        get(ben, briefing, page([cys, adas])),
        get(ben, `${briefing}?limit=1`, page([cys], /./)),
        {
          ...get(ben, "", page([adas], null)),
          path: (earlier) => nextOf(`${briefing}?limit=2`, earlier.at(-1)),
        },
        get(ben, `${briefing}?since=${sinceThen}`, {
          since: iso(2.5 * minute),
          until: null,
          people: [
            entryOf(ada, {
              messages: 1,
              unread: 2,
              first: messageOf(ada, ben, "after", 5),
              last: messageOf(ada, ben, "after", 5),
              answers: [],
            }),
          ],
          nextCursor: null,
        }),
        { method: "PUT", path: `/blocks/${cy.id}`, token: ben.token, status: 200, answer: { message: /./ } },
        get(ben, briefing, page([adas])),
        // Whoever was never BUSY has missed nothing.
        get(ada, briefing, { since: anInstant, until: null, people: [], nextCursor: null }),
      ];
    },
  },
  {
    id: "standin-briefing-since",
    title: "GET /standin/briefing refuses a time that is none, is to come, or is more than 90 days back",
    steps: ({ ada }) => [
      ...[
        "",
        "yesterday",
        "2029-12-31",
        "2029-12-31T00:00:00",
        "2029-11-31T00:00:00Z",
        "1893456000000",
        "2030-01-01T00:00:00.001Z",
        "2029-10-02T23:59:59.999Z",
        `2030-01-01T00:00:00.${"0".repeat(60)}Z`,
      ].map((since) => ({
        method: "GET",
        path: `${briefing}?since=${encodeURIComponent(since)}`,
        token: ada.token,
        ...refusal(400, "INVALID", /since/, "since"),
      })),
      badCursor(ada, briefing),
      get(ada, `${briefing}?since=2029-10-03T00:00:00Z`, {
        since: "2029-10-03T00:00:00.000Z",
        until: null,
        people: [],
        nextCursor: null,
      }),
    ],
  },
  {
    id: "standin-suggestions",
    title: "a draft is its owner's to see, to send once and to throw away; the writer hears of it when it is sent",
    arrange: async (chat, { ada, ben, cy }, pass) => {
      await chat.standIn.changeSettings(await callerOf(chat, ben), { mode: "suggest" });
      await declare(chat, ben, "BUSY");
      await write(chat, ada, ben, "one");
      await pass(untilAnswered);
      await write(chat, cy, ben, "two");
      await pass(untilAnswered);
    },
    steps: ({ ada, ben, cy }) => {
      const draftFor = (peer: Person): object => ({
        id: /^[0-9a-f]{24}$/,
        peer: peer.id,
        inReplyTo: /^[0-9a-f]{24}$/,
        text: /./,
        generator: { provider: "template" },
        at: anInstant,
      });
      const list = (...drafts: readonly object[]): Step =>
        get(ben, suggestions, { suggestions: drafts, nextCursor: null });
      const idOf = (earlier: readonly unknown[], index: number): string =>
        valueAt(earlier[0], "suggestions", index, "id");
      const change = (method: "POST" | "DELETE", index: number, { token }: Person): Step => ({
        method,
        path: (earlier) => `${suggestions}/${idOf(earlier, index)}${method === "POST" ? "/send" : ""}`,
        token,
        status: 200,
        answer: { message: /./ },
      });
      const notFound = refusal(404, "NOT_FOUND", "Suggestion not found");
      const sent = (earlier: readonly unknown[]): object => ({
        message: "Message sent",
        sent: {
          ...messageOf(ben, ada, valueAt(earlier[0], "suggestions", 1, "text"), 2),
          _id: idOf(earlier, 1),
          inReplyTo: valueAt(earlier[0], "suggestions", 1, "inReplyTo"),
          generator: { provider: "template" },
        },
      });
      const anywhere = (method: string, id: string): Step => ({
        method,
        path: `${suggestions}/${id}${method === "POST" ? "/send" : ""}`,
        token: ben.token,
        ...refusal(400, "INVALID", /id/, "id"),
      });
      return [
        list(draftFor(cy), draftFor(ada)),
        get(ben, `${suggestions}?limit=1`, { suggestions: [draftFor(cy)], nextCursor: /./ }),
        {
          ...get(ben, "", { suggestions: [draftFor(ada)], nextCursor: null }),
          path: (earlier) => nextOf(`${suggestions}?limit=1`, earlier.at(-1)),
        },
        badCursor(ben, suggestions),
        get(ada, suggestions, { suggestions: [], nextCursor: null }),
        ...[ada, cy].flatMap((other) =>
          (["POST", "DELETE"] as const).map((method) => ({ ...change(method, 1, other), ...notFound })),
        ),
        ...["POST", "DELETE"].flatMap((method) => [
          { ...anywhere(method, nobodysId), ...notFound },
          anywhere(method, "x"),
          anywhere(method, "%2F"),
        ]),
        { ...change("POST", 1, ben), answer: sent },
        { ...change("POST", 1, ben), answer: sent },
        list(draftFor(cy)),
        {
          ...get(ada, `/messages?receiverId=${ben.id}`, (earlier: readonly unknown[]) => ({
            messages: [messageOf(ada, ben, "one", 1), Reflect.get(sent(earlier), "sent")],
            hasMore: false,
            lastSeq: 2,
            lastRev: 0,
            readSeq: 0,
            peerReadSeq: 0,
            epoch: /./,
          })),
        },
        change("DELETE", 1, ben),
        change("DELETE", 0, ben),
        change("DELETE", 0, ben),
        { ...change("POST", 0, ben), ...notFound },
        list(),
      ];
    },
  },
];
