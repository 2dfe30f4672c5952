import { routes } from "@standin/http-api";
import { expiredToken, forgedToken } from "../credentials.ts";
import { newUser, type Row, refusal, type Step, type World } from "../row.ts";

const badCredentials = ({ ada, ben }: World): readonly (Readonly<Record<string, string>> | undefined)[] => [
  undefined,
  ...[
    "",
    "Bearer",
    "Bearer ",
    ada.token,
    `Token ${ada.token}`,
    `Basic ${ada.token}`,
    `Bearer ${ada.token} ${ada.token}`,
    `Bearer ${ada.token.slice(0, -1)}`,
    `Bearer ${ada.token}x`,
    `Bearer ${forgedToken(ada.token, ben.id)}`,
    `Bearer ${expiredToken(ada.token)}`,
    "Bearer null",
  ].map((authorization) => ({ authorization })),
];

const unauthorized = refusal(401, "UNAUTHORIZED", "You are not authorized");

const closedRow = (method: string, path: string): Row => ({
  id: `closed-${method}-${path}`,
  title: `${method} ${path} opens to no missing, malformed, forged or expired token`,
  steps: (world) =>
    badCredentials(world).map((headers) => ({
      method,
      path: path.replace(/:\w+/, world.ben.id),
      ...(headers !== undefined && { headers }),
      ...unauthorized,
    })),
});

const signingOut = (everywhere: boolean): Row => ({
  id: everywhere ? "signout-everywhere" : "signout",
  title: everywhere ? "POST /signout everywhere revokes all tokens" : "POST /signout revokes this token and no other",
  steps: ({ ada }) => {
    const second: Step = {
      method: "POST",
      path: "/signin",
      body: { email: ada.email, password: ada.password },
      status: 200,
      answer: { ...newUser(ada), status: "ONLINE", connected: true, token: /./ },
    };
    const signOut: Step = {
      method: "POST",
      path: "/signout",
      token: ada.token,
      body: everywhere ? { everywhere } : {},
      status: 200,
      answer: { message: /./ },
    };
    const me: Step = { method: "GET", path: "/me", token: ada.token, ...unauthorized };
    return [second, signOut, me, { ...signOut, ...unauthorized }];
  },
});

export const authenticationRows: readonly Row[] = [
  ...routes.filter(({ auth }) => auth).map(({ method, path }) => closedRow(method, path)),
  {
    id: "scheme-case",
    title: "the word Bearer may be written in any case",
    steps: ({ ada }) =>
      ["bearer", "BEARER"].map((scheme) => ({
        method: "GET",
        path: "/me",
        headers: { authorization: `${scheme} ${ada.token}` },
        status: 200,
        answer: newUser(ada),
      })),
  },
  {
    id: "authorization-twice",
    title: "two Authorization headers say nothing, whatever is in them",
    steps: ({ ada, ben }) =>
      [ada.token, ben.token, "x"].map((other) => ({
        method: "GET",
        path: "/me",
        headers: { authorization: [`Bearer ${ada.token}`, `Bearer ${other}`] },
        ...unauthorized,
      })),
  },
  signingOut(false),
  signingOut(true),
  {
    id: "password",
    title: "POST /me/password asks for the current one, and signs in with the next",
    steps: ({ ada }) => {
      const change = (body: object): Pick<Step, "method" | "path" | "token" | "body"> => ({
        method: "POST",
        path: "/me/password",
        token: ada.token,
        body,
      });
      const signIn = (password: string): Pick<Step, "method" | "path" | "body"> => ({
        method: "POST",
        path: "/signin",
        body: { email: ada.email, password },
      });
      const refused = refusal(400, "INVALID_CREDENTIALS", "Invalid credentials");
      return [
        {
          ...change({ current: "not the password", next: "another password" }),
          ...refusal(400, "INVALID_CREDENTIALS"),
        },
        { ...change({ current: ada.password, next: "short" }), ...refusal(400, "INVALID", /next/, "next") },
        { ...change({ next: "another password" }), ...refusal(400, "INVALID", /current/, "current") },
        { ...change({ current: ada.password, next: "another password" }), status: 200, answer: { message: /./ } },
        { ...signIn(ada.password), ...refused },
        {
          ...signIn("another password"),
          status: 200,
          answer: { ...newUser(ada), status: "ONLINE", connected: true, token: /./ },
        },
        {
          method: "GET",
          path: "/me",
          token: ada.token,
          status: 200,
          answer: { ...newUser(ada), status: "ONLINE", connected: true },
        },
      ];
    },
  },
  {
    id: "user-gone",
    title: "a good token of a user who is gone is 404 for the status, 401 elsewhere",
    arrange: (chat, { ada }) => chat.operator.deleteUser(ada.email),
    steps: ({ ada }) => [
      {
        method: "PATCH",
        path: "/user/update/status",
        token: ada.token,
        body: { status: "BUSY" },
        ...refusal(404, "NOT_FOUND", "User not found"),
      },
      { method: "GET", path: "/users", token: ada.token, ...unauthorized },
    ],
  },
];
