import { expect } from "vitest";
import type { CallOptions, Json, Person } from "./people.ts";

/** Whom and what the rows talk about. */
export interface World {
  readonly ann: Person;
  readonly bob: Person;
  /** The token was good until the account was deleted. */
  readonly gone: Person;
  readonly newcomer: string;
}

/** One row of the documented table, or one of its refusals. */
export interface Row {
  readonly title: string;
  readonly method: string;
  readonly path: (world: World) => string;
  readonly options?: (world: World) => CallOptions;
  readonly status: number;
  readonly body: (world: World) => Json;
}

const isId = expect.stringMatching(/^[0-9a-f]{24}$/);
const isInstant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const isToken = expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/);
const isText = expect.any(String);

const refusal = (message: string, code: string) => expect.objectContaining({ message, code });
const unauthorized = () => ({ message: "You are not authorized", code: "UNAUTHORIZED" });

const at =
  (path: string): Row["path"] =>
  () =>
    path;
const as =
  (who: "ann" | "bob" | "gone", body?: unknown): NonNullable<Row["options"]> =>
  (world) => ({ token: world[who].token, body });

/** Every row of the documented table and most of the additive one, with their refusals. In order: some look at what earlier ones did. */
export const rows: readonly Row[] = [
  {
    title: "sign-up",
    method: "POST",
    path: at("/signup"),
    options: ({ newcomer }) => ({ body: { email: newcomer, password: "long enough", username: "New" } }),
    status: 201,
    body: () => ({ token: isToken }),
  },
  {
    title: "sign-up with an e-mail address in use, in other letters",
    method: "POST",
    path: at("/signup"),
    options: ({ ann }) => ({ body: { email: ann.email.toUpperCase(), password: "long enough", username: "New" } }),
    status: 409,
    body: () => ({ message: isText, code: "EMAIL_TAKEN" }),
  },
  ...["email", "password", "username"].map(
    (field): Row => ({
      title: `sign-up without ${field}`,
      method: "POST",
      path: at("/signup"),
      options: () => ({
        body: { email: "x@example.org", password: "long enough", username: "New", [field]: undefined },
      }),
      status: 400,
      body: () => ({
        message: "Please provide an email, username, and password",
        code: "INVALID",
        errors: [{ path: field, message: isText }],
      }),
    }),
  ),
  {
    title: "sign-in",
    method: "POST",
    path: at("/signin"),
    options: ({ ann: { email, password } }) => ({ body: { email, password } }),
    status: 200,
    body: ({ ann }) => ({
      id: ann.id,
      username: ann.username,
      email: ann.email,
      status: "ONLINE",
      prevstatus: "AVAILABLE",
      token: isToken,
      connected: true,
      busySince: null,
      busyUntil: null,
      busyNote: null,
    }),
  },
  {
    title: "sign-in with a wrong password",
    method: "POST",
    path: at("/signin"),
    options: ({ ann: { email } }) => ({ body: { email, password: "something else" } }),
    status: 400,
    body: () => ({ message: "Invalid credentials", code: "INVALID_CREDENTIALS" }),
  },
  {
    title: "sign-in with an unknown e-mail address",
    method: "POST",
    path: at("/signin"),
    options: () => ({ body: { email: "nobody@example.org", password: "something else" } }),
    status: 400,
    body: () => ({ message: "Invalid credentials", code: "INVALID_CREDENTIALS" }),
  },
  {
    title: "users, without the caller",
    method: "GET",
    path: at("/users"),
    options: as("ann"),
    status: 200,
    body: ({ bob }) => ({
      users: expect.arrayContaining([
        {
          id: bob.id,
          username: bob.username,
          email: bob.email,
          status: "AVAILABLE",
          prevstatus: "AVAILABLE",
          connected: false,
          busySince: null,
          busyUntil: null,
          busyNote: null,
        },
      ]),
      nextCursor: null,
    }),
  },
  ...["AVAILABLE", "BUSY", "AVAILABLE"].map(
    (status): Row => ({
      title: `status ${status}`,
      method: "PATCH",
      path: at("/user/update/status"),
      options: as("bob", { status }),
      status: 200,
      body: () => ({ message: "Status updated" }),
    }),
  ),
  ...[{}, { status: "ONLINE" }, { status: "GONE" }, { status: null }].map(
    (body): Row => ({
      title: `status ${JSON.stringify(body)}`,
      method: "PATCH",
      path: at("/user/update/status"),
      options: as("bob", body),
      status: 400,
      body: () => refusal("Status is required and must be 'AVAILABLE' or 'BUSY'", "INVALID"),
    }),
  ),
  {
    title: "status of a user who is gone",
    method: "PATCH",
    path: at("/user/update/status"),
    options: as("gone", { status: "BUSY" }),
    status: 404,
    body: () => ({ message: "User not found", code: "NOT_FOUND" }),
  },
  {
    title: "a message",
    method: "POST",
    path: at("/user/message"),
    options: (world) => ({ token: world.ann.token, body: { to: world.bob.id, message: "Hello Bob" } }),
    status: 200,
    body: ({ ann, bob }) => ({
      message: "Message sent",
      sent: {
        _id: isId,
        sender: ann.id,
        recipient: bob.id,
        content: "Hello Bob",
        timestamp: isInstant,
        seq: expect.any(Number),
        origin: "person",
      },
    }),
  },
  ...[{}, { to: "x" }, { message: "x" }, { to: "", message: "x" }, { to: "x", message: "" }].map(
    (body): Row => ({
      title: `a message ${JSON.stringify(body)}`,
      method: "POST",
      path: at("/user/message"),
      options: as("ann", body),
      status: 400,
      body: () => refusal("to and message are required", "INVALID"),
    }),
  ),
  ...["0123456789abcdef01234567", "somebody"].map(
    (to): Row => ({
      title: `a message to ${to}, whom nobody knows`,
      method: "POST",
      path: at("/user/message"),
      options: as("ann", { to, message: "Hello?" }),
      status: 404,
      body: () => ({ message: "User not found", code: "NOT_FOUND" }),
    }),
  ),
  ...(["ann", "bob"] as const).map(
    (who): Row => ({
      title: `messages as ${who} reads them`,
      method: "GET",
      path: (world) => `/messages?receiverId=${who === "ann" ? world.bob.id : world.ann.id}`,
      options: as(who),
      status: 200,
      body: ({ ann, bob }) => ({
        messages: expect.arrayContaining([
          {
            _id: isId,
            sender: ann.id,
            recipient: bob.id,
            content: "first",
            timestamp: isInstant,
            seq: 1,
            origin: "person",
          },
          {
            _id: isId,
            sender: bob.id,
            recipient: ann.id,
            content: "second",
            timestamp: isInstant,
            seq: 2,
            origin: "person",
          },
        ]),
        hasMore: false,
        lastSeq: expect.any(Number),
        lastRev: 0,
        readSeq: expect.any(Number),
        peerReadSeq: expect.any(Number),
        epoch: isText,
      }),
    }),
  ),
  ...(
    [
      ["GET", "/users"],
      ["PATCH", "/user/update/status"],
      ["POST", "/user/message"],
      ["GET", "/messages?receiverId=0123456789abcdef01234567"],
      ["GET", "/me"],
      ["GET", "/conversations"],
    ] as const
  ).flatMap(([method, path]): Row[] => [
    { title: "without a token", method, path: at(path), status: 401, body: unauthorized },
    {
      title: "with a malformed token",
      method,
      path: at(path),
      options: () => ({ token: "a.b.c" }),
      status: 401,
      body: unauthorized,
    },
    {
      title: "with another scheme",
      method,
      path: at(path),
      options: ({ ann }) => ({ headers: { authorization: `Basic ${ann.token}` } }),
      status: 401,
      body: unauthorized,
    },
  ]),
  ...["/users", "/me", "/conversations", "/blocks"].map(
    (path): Row => ({
      title: "with the token of a user who is gone",
      method: "GET",
      path: at(path),
      options: as("gone"),
      status: 401,
      body: unauthorized,
    }),
  ),
  {
    title: "a path that does not exist",
    method: "GET",
    path: at("/nowhere"),
    status: 404,
    body: () => ({ message: "Not found", code: "NOT_FOUND" }),
  },
  {
    title: "a path that cannot be decoded",
    method: "GET",
    path: at("/blocks/%E0%A4%A"),
    options: as("ann"),
    status: 404,
    body: () => refusal("Not found", "NOT_FOUND"),
  },
  {
    title: "a method that does not exist",
    method: "DELETE",
    path: at("/users"),
    options: as("ann"),
    status: 404,
    body: () => ({ message: "Not found", code: "NOT_FOUND" }),
  },
  {
    title: "a page of another site",
    method: "GET",
    path: at("/users"),
    options: ({ ann }) => ({ token: ann.token, headers: { origin: "https://evil.example" } }),
    status: 403,
    body: () => ({ message: isText, code: "FORBIDDEN" }),
  },
  { title: "healthz", method: "GET", path: at("/healthz"), status: 200, body: () => ({ status: "ok" }) },
  { title: "readyz", method: "GET", path: at("/readyz"), status: 200, body: () => ({ status: "ok" }) },
  {
    title: "own user",
    method: "GET",
    path: at("/me"),
    options: as("bob"),
    status: 200,
    body: ({ bob }) => expect.objectContaining({ id: bob.id, email: bob.email, username: bob.username }),
  },
  {
    title: "conversations",
    method: "GET",
    path: at("/conversations"),
    options: as("bob"),
    status: 200,
    body: ({ ann }) => ({
      conversations: [
        {
          user: expect.objectContaining({ id: ann.id }),
          lastSeq: expect.any(Number),
          lastRev: 0,
          readSeq: 0,
          unread: expect.any(Number),
          lastMessage: expect.objectContaining({ sender: ann.id, content: "Hello Bob" }),
        },
      ],
      epoch: isText,
      nextCursor: null,
    }),
  },
  {
    title: "read position",
    method: "POST",
    path: at("/messages/read"),
    options: (world) => ({ token: world.ann.token, body: { receiverId: world.bob.id, seq: 2 } }),
    status: 200,
    body: () => ({ readSeq: 2, unread: 0 }),
  },
  {
    title: "block",
    method: "PUT",
    path: ({ ann }) => `/blocks/${ann.id}`,
    options: as("bob"),
    status: 200,
    body: () => ({ message: isText }),
  },
  {
    title: "blocks",
    method: "GET",
    path: at("/blocks"),
    options: as("bob"),
    status: 200,
    body: ({ ann }) => ({ blocks: [expect.objectContaining({ id: ann.id })] }),
  },
  {
    title: "unblock",
    method: "DELETE",
    path: ({ ann }) => `/blocks/${ann.id}`,
    options: as("bob"),
    status: 200,
    body: () => ({ message: isText }),
  },
];
