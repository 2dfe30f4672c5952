import { aToken, messageOf, newUser, nobodysId, type Row, refusal, type Step, sending } from "../row.ts";

/** Every documented path and each of its documented answers. */
const documented: readonly Row[] = [
  {
    id: "signup",
    title: "POST /signup creates an account and answers a token that is good at once",
    steps: () => [
      {
        method: "POST",
        path: "/signup",
        body: { email: "dee@example.org", password: "password", username: "Dee" },
        status: 201,
        answer: { token: aToken },
      },
    ],
  },
  {
    id: "signup-taken",
    title: "POST /signup refuses an e-mail address that is taken, in any case of its letters",
    steps: ({ ada }) => [
      {
        method: "POST",
        path: "/signup",
        body: { email: ` ${ada.email.toUpperCase()} `, password: "password", username: "Ada" },
        ...refusal(409, "EMAIL_TAKEN"),
      },
    ],
  },
  {
    id: "signin",
    title: "POST /signin answers the user and a token",
    steps: ({ ada }) => [
      {
        method: "POST",
        path: "/signin",
        body: { email: ada.email, password: ada.password },
        status: 200,
        answer: { ...newUser(ada), status: "ONLINE", connected: true, token: aToken },
      },
    ],
  },
  {
    id: "signin-wrong",
    title: "POST /signin answers the same to a wrong password and to an unknown address",
    steps: ({ ada }) => {
      const step = (email: string): Step => ({
        method: "POST",
        path: "/signin",
        body: { email, password: "not the password" },
        ...refusal(400, "INVALID_CREDENTIALS", "Invalid credentials"),
      });
      return [step(ada.email), step("nobody@example.org")];
    },
  },
  {
    id: "users",
    title: "GET /users lists everybody but the caller",
    steps: ({ ada, ben, cy }) => [
      {
        method: "GET",
        path: "/users",
        token: ada.token,
        status: 200,
        answer: { users: [newUser(ben), newUser(cy)], nextCursor: null },
      },
    ],
  },
  {
    id: "status",
    title: "PATCH /user/update/status makes a person BUSY and AVAILABLE, and others see it",
    steps: ({ ada, ben, cy }) => {
      const set = (body: object): Step => ({
        method: "PATCH",
        path: "/user/update/status",
        token: ada.token,
        body,
        status: 200,
        answer: { message: "Status updated" },
      });
      const seen = (fields: object): Step => ({
        method: "GET",
        path: "/users",
        token: ben.token,
        status: 200,
        answer: { users: [{ ...newUser(ada), ...fields }, newUser(cy)], nextCursor: null },
      });
      return [
        set({ status: "BUSY", until: "2030-01-01T12:00:00+01:00", note: "flying" }),
        seen({
          status: "BUSY",
          busySince: "2030-01-01T00:00:00.000Z",
          busyUntil: "2030-01-01T11:00:00.000Z",
          busyNote: "flying",
        }),
        set({ status: "AVAILABLE" }),
        seen({ prevstatus: "BUSY" }),
      ];
    },
  },
  {
    id: "message",
    title: "POST /user/message stores a message, and GET /messages answers both directions, oldest first",
    steps: ({ ada, ben }) => {
      const history: Step = {
        method: "GET",
        path: `/messages?receiverId=${ben.id}`,
        token: ada.token,
        status: 200,
        answer: {
          messages: [messageOf(ada, ben, "Hello", 1), messageOf(ben, ada, "😀 $ne __proto__", 2)],
          hasMore: false,
          lastSeq: 2,
          lastRev: 0,
          readSeq: 0,
          peerReadSeq: 0,
          epoch: /./,
        },
      };
      return [
        sending(ada, ben, "Hello", 1),
        sending(ben, ada, "😀 $ne __proto__", 2),
        history,
        { ...history, path: `/messages?receiverId=${ada.id}`, token: ben.token },
      ];
    },
  },
  {
    id: "message-unknown",
    title: "POST /user/message to nobody, or to what is no id, is 404",
    steps: ({ ada }) =>
      [nobodysId, "ben", "__proto__", "$ne", `${nobodysId} `].map((to) => ({
        method: "POST",
        path: "/user/message",
        token: ada.token,
        body: { to, message: "Hello" },
        ...refusal(404, "NOT_FOUND", "User not found"),
      })),
  },
  {
    id: "messages-receiver",
    title: "GET /messages names a receiverId that is missing or ill-formed",
    steps: ({ ada }) =>
      ["", "?receiverId=", "?receiverId=ben", "?receiverId[$ne]=x", `?receiverId=${nobodysId}0`].map((query) => ({
        method: "GET",
        path: `/messages${query}`,
        token: ada.token,
        ...refusal(400, "INVALID", /receiverId/, "receiverId"),
      })),
  },
  {
    id: "messages-nobody",
    title: "GET /messages with somebody one never wrote to is empty",
    steps: ({ ada }) => [
      {
        method: "GET",
        path: `/messages?receiverId=${nobodysId}`,
        token: ada.token,
        status: 200,
        answer: { messages: [], hasMore: false, lastSeq: 0, lastRev: 0, readSeq: 0, peerReadSeq: 0, epoch: /./ },
      },
    ],
  },
];

const underApi = ({ id, title, ...row }: Row): Row => ({
  ...row,
  id: `${id}-api`,
  title: `under /api: ${title}`,
  steps: (world) =>
    row.steps(world).map((step) => ({
      ...step,
      path: typeof step.path === "function" ? step.path : `/api${step.path}`,
    })),
});

/** Each at both spellings. */
export const documentedRows: readonly Row[] = documented.flatMap((row) => [row, underApi(row)]);
