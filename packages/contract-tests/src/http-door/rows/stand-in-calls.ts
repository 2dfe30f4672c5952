import { messageOf, nobodysId, type Person, type Row, refusal, type Step, sending } from "../row.ts";
import { answerOf, callerOf, declare, untilAnswered, valueAt, write } from "../stand-in-scene.ts";

const preview = ({ token }: Person, body: object, answer: object): Step => ({
  method: "POST",
  path: "/standin/preview",
  token,
  body,
  status: 200,
  answer,
});

const request = ({ token }: Person, body: object): Step => ({
  method: "POST",
  path: "/standin/requests",
  token,
  body,
  status: 200,
  answer: { message: /./ },
});

const asked = { message: "Are you there?" };

const lastOfTwo = (answers: readonly unknown[]): string => valueAt(answers[0], "messages", 1, "_id");

const history = (reader: Person, peer: Person, messages: readonly object[], more: object): Step => ({
  method: "GET",
  path: `/messages?receiverId=${peer.id}`,
  token: reader.token,
  status: 200,
  answer: { messages, hasMore: false, lastSeq: 2, lastRev: 0, readSeq: 0, peerReadSeq: 0, epoch: /./, ...more },
});

/** What is asked of a stand-in: what it would say, to be silent or quick, and that its words be judged. */
export const standInCallRows: readonly Row[] = [
  {
    id: "standin-preview",
    title: "POST /standin/preview says what the assistant would do if the caller were BUSY, and leaves no trace",
    steps: ({ ada, ben, cy }) => {
      const notice = { decision: "notice", text: /^Ada's assistant: ./, generator: { provider: "template" } };
      const silent = (decision: string): object => ({ decision, text: null, generator: null });
      const mode = (settings: object): Step => ({
        method: "PATCH",
        path: "/standin/settings",
        token: ada.token,
        body: settings,
        status: 200,
        answer: {
          mode: "answer",
          newPeople: null,
          people: {},
          noticeText: null,
          facts: { text: null, backAt: null, delegate: null, links: [] },
          shareUntil: true,
          waitSeconds: 0,
          answersPerPeriod: 3,
          ...settings,
        },
      });
      return [
        preview(ada, asked, notice),
        preview(ada, { ...asked, from: ben.id }, notice),
        preview(ada, { ...asked, from: ada.id }, silent("self")),
        { ...preview(ada, { ...asked, from: nobodysId }, {}), ...refusal(404, "NOT_FOUND", "User not found") },
        mode({ mode: "off", people: { [ben.id]: { mode: "notice" } }, noticeText: "Call the office." }),
        preview(ada, asked, silent("off")),
        preview(ada, { ...asked, from: cy.id }, silent("off")),
        preview(ada, { ...asked, from: ben.id }, { ...notice, text: /Call the office\./ }),
        ...["/conversations", "/standin/decisions"].map(
          (path): Step => ({
            method: "GET",
            path,
            token: ada.token,
            status: 200,
            answer: {
              nextCursor: null,
              ...(path === "/conversations" ? { conversations: [], epoch: /./ } : { decisions: [] }),
            },
          }),
        ),
      ];
    },
  },
  {
    id: "standin-preview-limited",
    title: "previews beyond ten a minute are 429 with a time to come back; another person's are not touched",
    steps: ({ ada, ben }) => {
      const answer = { decision: "notice", text: /./, generator: { provider: "template" } };
      return [
        ...Array.from({ length: 10 }, () => preview(ada, asked, answer)),
        {
          ...preview(ada, asked, {}),
          status: 429,
          answer: { message: /./, code: "LIMITED", retryAfterMs: 60_000 },
          answerHeaders: { "retry-after": "60" },
        },
        preview(ben, asked, answer),
      ];
    },
  },
  {
    id: "standin-requests",
    title: "POST /standin/requests holds for the period: once for urgent, as often as one likes for messageOnly",
    arrange: (chat, { ben }) => declare(chat, ben, "BUSY"),
    steps: ({ ada, ben, cy }) => {
      const again = { ...request(ada, { to: ben.id, urgent: true }), ...refusal(429, "LIMITED") };
      return [
        request(ada, { to: ben.id, urgent: true }),
        { ...again, answer: { message: /./, code: "LIMITED", retryAfterMs: 3_600_000 } },
        request(ada, { to: ben.id, messageOnly: true }),
        request(ada, { to: ben.id, messageOnly: true }),
        request(cy, { to: ben.id, messageOnly: true, urgent: true }),
        sending(ada, ben, "Hello", 1),
        {
          method: "GET",
          path: "/standin/decisions",
          token: ben.token,
          status: 200,
          answer: ([, , , , , sent]: readonly unknown[]) => ({
            decisions: [
              {
                at: valueAt(sent, "sent", "timestamp"),
                peer: ada.id,
                trigger: valueAt(sent, "sent", "_id"),
                decision: "message-only",
                answer: null,
                generator: null,
                detail: null,
              },
            ],
            nextCursor: null,
          }),
        },
      ];
    },
  },
  {
    id: "standin-requests-invalid",
    title:
      "POST /standin/requests names what is wrong: no wish, a wish that is neither true nor false, oneself, nobody, nobody busy",
    arrange: (chat, { ben }) => declare(chat, ben, "BUSY"),
    steps: ({ ada, ben, cy }) => {
      const refused = (body: object, path: string): Step => ({
        ...request(ada, body),
        ...refusal(400, "INVALID", new RegExp(path), path),
      });
      return [
        refused({ to: ben.id }, "messageOnly"),
        refused({ to: ben.id, messageOnly: false, urgent: false }, "messageOnly"),
        ...["messageOnly", "urgent"].flatMap((wish) =>
          [null, 1, "true", {}].map((value) => refused({ to: ben.id, [wish]: value }, wish)),
        ),
        ...[undefined, null, 5, "", "ben", [ben.id]].map((to) => refused({ to, urgent: true }, "to")),
        refused({ to: ada.id, urgent: true }, "to"),
        { ...request(ada, { to: nobodysId, urgent: true }), ...refusal(404, "NOT_FOUND", "User not found") },
        { ...request(ada, { to: cy.id, urgent: true }), ...refusal(409, "CONFLICT") },
        { ...request(ada, { to: cy.id, messageOnly: true }), ...refusal(409, "CONFLICT") },
        // None of it counted as a wish.
        request(ada, { to: ben.id, urgent: true }),
      ];
    },
  },
  {
    id: "standin-requests-blocked",
    title: "a blocked person's requests are answered as anybody's",
    arrange: async (chat, { ada, ben }) => {
      await chat.block(await callerOf(chat, ben), ada.id);
      await declare(chat, ben, "BUSY");
    },
    steps: ({ ada, ben }) => [
      request(ada, { to: ben.id, messageOnly: true }),
      request(ada, { to: ben.id, urgent: true }),
      {
        ...request(ada, { to: ben.id, urgent: true }),
        status: 429,
        answer: { message: /./, code: "LIMITED", retryAfterMs: 3_600_000 },
      },
    ],
  },
  {
    id: "standin-verdict",
    title: "the owner confirms, corrects and withdraws what was said for them; each sees of it what they may",
    arrange: async (chat, { ada, ben }, pass) => {
      await declare(chat, ben, "BUSY");
      await write(chat, ada, ben, "Are you there?");
      await pass(untilAnswered);
    },
    steps: ({ ada, ben }) => {
      const trigger = messageOf(ada, ben, "Are you there?", 1);
      const answer = answerOf(ben, ada, 2);
      const judge = (body: object, updated: object): Step => ({
        method: "POST",
        path: (earlier) => `/standin/messages/${lastOfTwo(earlier)}/verdict`,
        token: ben.token,
        body,
        status: 200,
        answer: { message: /./, updated: { ...answer, ...updated } },
      });
      const before = /^Ben's assistant: ./;
      const corrected = {
        content: "At six, not at five",
        verdict: "corrected",
        previousContent: before,
      };
      const withdrawn = { content: "", verdict: "withdrawn", rev: 6 };
      const unread = { lastRev: 6 };
      return [
        history(ada, ben, [trigger, answer], {}),
        judge({ verdict: "confirmed" }, { verdict: "confirmed", rev: 1 }),
        judge({ verdict: "unconfirmed" }, { verdict: "unconfirmed", rev: 2 }),
        judge({ verdict: "corrected", content: "At five" }, { ...corrected, content: "At five", rev: 3 }),
        judge({ verdict: "confirmed" }, { verdict: "confirmed", rev: 4 }),
        judge({ verdict: "corrected", content: "At six, not at five" }, { ...corrected, rev: 5 }),
        history(ada, ben, [trigger, { ...answer, ...corrected, rev: 5 }], { lastRev: 5 }),
        judge({ verdict: "withdrawn" }, { ...withdrawn, previousContent: before }),
        history(ada, ben, [trigger, { ...answer, ...withdrawn }], unread),
        {
          ...history(ada, ben, [{ ...answer, ...withdrawn }], unread),
          path: `/messages?receiverId=${ben.id}&changedAfter=5`,
        },
        {
          ...history(ada, ben, [], unread),
          path: `/messages?receiverId=${ben.id}&changedAfter=6`,
        },
        history(ben, ada, [trigger, { ...answer, ...withdrawn, previousContent: before }], unread),
        ...["confirmed", "withdrawn"].map((verdict) => ({ ...judge({ verdict }, {}), ...refusal(409, "CONFLICT") })),
      ];
    },
  },
  {
    id: "standin-verdict-refused",
    title: "what is another's, no assistant's message or no verdict is refused, and the message stays as it was",
    arrange: async (chat, { ada, ben }, pass) => {
      await declare(chat, ben, "BUSY");
      await write(chat, ada, ben, "Are you there?");
      await pass(untilAnswered);
    },
    steps: ({ ada, ben, cy }) => {
      const both = [messageOf(ada, ben, "Are you there?", 1), answerOf(ben, ada, 2)];
      const judge = (token: string, body: object, id: (earlier: readonly unknown[]) => string = lastOfTwo): Step => ({
        method: "POST",
        path: (earlier) => `/standin/messages/${id(earlier)}/verdict`,
        token,
        body,
        ...refusal(404, "NOT_FOUND", "Message not found"),
      });
      const refused = (body: object, path: string): Step => ({
        ...judge(ben.token, body),
        ...refusal(400, "INVALID", new RegExp(path), path),
      });
      const confirmed = { verdict: "confirmed" };
      return [
        history(ada, ben, both, {}),
        judge(ada.token, confirmed),
        judge(cy.token, confirmed),
        judge(ben.token, confirmed, ([first]) => valueAt(first, "messages", 0, "_id")),
        judge(ada.token, confirmed, ([first]) => valueAt(first, "messages", 0, "_id")),
        judge(ben.token, confirmed, () => nobodysId),
        { ...judge(ben.token, confirmed, () => "x"), ...refusal(400, "INVALID", /id/, "id") },
        refused({ verdict: "corrected" }, "content"),
        ...["", " ", "x".repeat(4_001), 5, null].map((content) =>
          refused({ verdict: "corrected", content }, "content"),
        ),
        ...["confirmed", "withdrawn", "unconfirmed"].map((verdict) =>
          refused({ verdict, content: "At six" }, "content"),
        ),
        history(ada, ben, both, {}),
      ];
    },
  },
];
