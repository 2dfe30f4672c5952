import { allowedOrigin } from "../door-host.ts";
import { newUser, type Row, refusal } from "../row.ts";

/** Origins that look like the server's own, or like the allowed one, and are neither. */
const foreignOrigins = (own: string): readonly string[] => {
  const { port } = new URL(own);
  return [
    "null",
    "https://evil.example",
    `http://localhost:${port}`,
    `https://127.0.0.1:${port}`,
    "http://127.0.0.1",
    `http://127.0.0.1:${Number(port) + 1}`,
    `http://127.0.0.1:${port}.evil.example`,
    `http://127.0.0.1:${port}@evil.example`,
    `http://evil.example/${own}`,
    `${own}/`,
    `${own} `.concat("https://evil.example"),
    `${own}, https://evil.example`,
    `http://[::1]:${port}`,
    `HTTP://127.0.0.1:${port}`,
    `ws://127.0.0.1:${port}`,
    `${allowedOrigin}.evil.example`,
    `${allowedOrigin}:8443`,
    allowedOrigin.replace("https", "http"),
    `https://evil.${new URL(allowedOrigin).host}`,
    "file://",
    "*",
  ];
};

const cors = { "access-control-allow-origin": allowedOrigin, vary: /\bOrigin\b/i };
const noCors = { "access-control-allow-origin": null };

export const originRows: readonly Row[] = [
  {
    id: "origin-own",
    title: "the server's own page is served",
    steps: ({ ada, origin }) => [
      {
        method: "GET",
        path: "/me",
        token: ada.token,
        headers: { origin },
        status: 200,
        answer: newUser(ada),
        answerHeaders: noCors,
      },
    ],
  },
  {
    id: "origin-foreign",
    title: "a page of any other origin is refused, whatever token it has, and so is its preflight",
    steps: ({ ada, ben, origin }) =>
      foreignOrigins(origin).flatMap((foreign) => [
        {
          method: "POST",
          path: "/user/message",
          token: ada.token,
          headers: { origin: foreign },
          body: { to: ben.id, message: "from another site" },
          ...refusal(403, "FORBIDDEN"),
          answerHeaders: noCors,
        },
        {
          method: "OPTIONS",
          path: "/user/message",
          headers: { origin: foreign, "access-control-request-method": "POST" },
          ...refusal(403, "FORBIDDEN"),
          answerHeaders: noCors,
        },
      ]),
  },
  {
    id: "origin-allowed",
    title: "a page of an allowed origin is served and may read the answer, a refusal as well",
    steps: ({ ada }) => [
      {
        method: "GET",
        path: "/me",
        token: ada.token,
        headers: { origin: allowedOrigin },
        status: 200,
        answer: newUser(ada),
        answerHeaders: cors,
      },
      {
        method: "GET",
        path: "/me",
        headers: { origin: allowedOrigin },
        ...refusal(401, "UNAUTHORIZED", "You are not authorized"),
        answerHeaders: cors,
      },
    ],
  },
  {
    id: "origin-preflight",
    title: "the preflight of an allowed origin is answered",
    steps: ({ ben }) => [
      {
        method: "OPTIONS",
        path: `/blocks/${ben.id}`,
        headers: { origin: allowedOrigin, "access-control-request-method": "PUT" },
        status: 204,
        answerHeaders: {
          ...cors,
          "access-control-allow-methods": "PUT, DELETE",
          "access-control-allow-headers": "authorization, content-type",
        },
      },
    ],
  },
  {
    id: "origin-proxy",
    title: "behind a trusted proxy the own origin is the one that the proxy was asked for",
    steps: ({ ada, origin }) => {
      const forwarded = { "x-forwarded-proto": "https", "x-forwarded-host": "chat.example" };
      const step = { method: "GET", path: "/me", token: ada.token };
      return [
        { ...step, headers: { ...forwarded, origin: "https://chat.example" }, status: 200, answer: newUser(ada) },
        { ...step, headers: { ...forwarded, origin }, ...refusal(403, "FORBIDDEN") },
      ];
    },
  },
];
