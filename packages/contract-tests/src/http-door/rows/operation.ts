import { newUser, type Row, refusal, type Step } from "../row.ts";

const safe = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

export const operationRows: readonly Row[] = [
  {
    id: "health",
    title: "GET /healthz and /readyz answer without a token",
    steps: () =>
      ["/healthz", "/readyz", "/api/healthz", "/api/readyz"].map((path) => ({
        method: "GET",
        path,
        status: 200,
        answer: { status: "ok" },
        answerHeaders: safe,
      })),
  },
  {
    id: "me",
    title: "GET /me answers the caller, HEAD the same without a body",
    steps: ({ ada }) => [
      { method: "GET", path: "/me", token: ada.token, status: 200, answer: newUser(ada), answerHeaders: safe },
      {
        method: "HEAD",
        path: "/me",
        token: ada.token,
        status: 200,
        answerHeaders: { ...safe, "content-length": String(JSON.stringify(newUser(ada)).length) },
      },
    ],
  },
  {
    id: "method",
    title: "another method on a path of the API is 404 with what is allowed",
    steps: ({ ada }) => [
      {
        method: "DELETE",
        path: "/users",
        token: ada.token,
        ...refusal(404, "NOT_FOUND"),
        answerHeaders: { allow: "GET, HEAD, OPTIONS" },
      },
      { method: "GET", path: "/signup", ...refusal(404, "NOT_FOUND"), answerHeaders: { allow: "POST, OPTIONS" } },
    ],
  },
  {
    id: "limited",
    title: "sign-ups beyond the limit of an address are 429 with a time to come back; another address is not touched",
    steps: () => {
      const signUp = (count: number, address: string): Step => ({
        method: "POST",
        path: "/signup",
        headers: { "x-forwarded-for": address },
        body: { email: `${count}@example.org`, password: "password", username: `Number ${count}` },
        status: 201,
        answer: { token: /./ },
      });
      return [
        ...Array.from({ length: 20 }, (_, count) => signUp(count, "198.51.100.1")),
        {
          ...signUp(20, "192.0.2.1, 198.51.100.1"),
          status: 429,
          answer: { message: /./, code: "LIMITED", retryAfterMs: 3_600_000 },
          answerHeaders: { "retry-after": "3600" },
        },
        signUp(20, "198.51.100.2"),
      ];
    },
  },
];
