import type { Person } from "./people.ts";

/** Whom the inputs talk about. */
export interface World {
  readonly ann: Person;
  readonly bob: Person;
}

type Fields = Readonly<Record<string, unknown>>;

/** Values that no field takes. `__proto__` as a key of its own needs a parser: an object literal would set the prototype. */
const wrongForAll: readonly (readonly [string, unknown])[] = [
  ["a number", 42],
  ["a boolean", true],
  ["an array", ["x"]],
  ["an object with $", { $gt: "" }],
  ["an object with __proto__", JSON.parse('{"__proto__": {"admin": true}}')],
];
const wrongIfRequired: readonly (readonly [string, unknown])[] = [
  ["missing", undefined],
  ["null", null],
  ["an empty text", ""],
  ["white space", " \t\n"],
];

interface Field {
  readonly name: string;
  readonly required: boolean;
  /** Further values that this field does not take. */
  readonly wrong: readonly (readonly [string, unknown])[];
}

const field = (name: string, ...wrong: readonly (readonly [string, unknown])[]): Field => ({
  name,
  required: true,
  wrong,
});
const optional = (name: string, ...wrong: readonly (readonly [string, unknown])[]): Field => ({
  name,
  required: false,
  wrong,
});

const tooLong = (length: number): readonly [string, unknown] => [`${length} characters`, "x".repeat(length)];

const until: readonly (readonly [string, unknown])[] = [
  ["no time", "tomorrow"],
  ["the past", "2001-01-01T00:00:00Z"],
  ["too far", "2999-01-01T00:00:00Z"],
  tooLong(5_000),
];
const sending = [
  field("message", tooLong(4_001)),
  optional("clientMsgId", ["an empty text", ""], ["other characters", "a b"], tooLong(65)),
];
const busy = [
  field("status", ["another word", "AWAY"], ["small letters", "busy"], tooLong(10_000)),
  optional("until", ...until),
  optional("note", tooLong(201), ["control characters", "a\u0000b"]),
];

interface Target {
  readonly name: string;
  readonly good: (world: World) => Fields;
  readonly fields: readonly Field[];
}

/** A route and the fields of its body. */
export interface HttpTarget extends Target {
  readonly method: string;
  readonly path: string;
  readonly signedIn: boolean;
  /** Which codes a wrong field may get. */
  readonly codes: readonly string[];
}

export const httpTargets: readonly HttpTarget[] = [
  {
    name: "sign-up",
    method: "POST",
    path: "/signup",
    signedIn: false,
    codes: ["INVALID"],
    good: () => ({ email: "new@example.org", password: "long enough", username: "New" }),
    fields: [
      field("email", tooLong(255), ["no address", "someone"], ["two lines", "a@b.example\nc@d.example"]),
      field("password", ["7 bytes", "short67"], tooLong(257), ["257 bytes", `${"é".repeat(128)}x`]),
      field(
        "username",
        tooLong(51),
        ["control characters", "a\u0007b"],
        ["bidirectional characters", "a\u202eb"],
        ["the name of an assistant", "Bob's assistant"],
      ),
    ],
  },
  {
    name: "sign-in",
    method: "POST",
    path: "/signin",
    signedIn: false,
    codes: ["INVALID", "INVALID_CREDENTIALS"],
    good: ({ ann }) => ({ email: ann.email, password: ann.password }),
    fields: [field("email", tooLong(10_000)), field("password", tooLong(10_000))],
  },
  {
    name: "status",
    method: "PATCH",
    path: "/user/update/status",
    signedIn: true,
    codes: ["INVALID"],
    good: () => ({ status: "BUSY" }),
    fields: busy,
  },
  {
    name: "message",
    method: "POST",
    path: "/user/message",
    signedIn: true,
    codes: ["INVALID"],
    good: ({ bob }) => ({ to: bob.id, message: "hello" }),
    fields: sending,
  },
  {
    name: "message",
    method: "POST",
    path: "/user/message",
    signedIn: true,
    codes: ["INVALID", "NOT_FOUND"],
    good: ({ bob }) => ({ to: bob.id, message: "hello" }),
    fields: [field("to", tooLong(10_000), ["nobody", "0123456789abcdef01234567"])],
  },
  {
    name: "read position",
    method: "POST",
    path: "/messages/read",
    signedIn: true,
    codes: ["INVALID", "NOT_FOUND"],
    good: ({ bob }) => ({ receiverId: bob.id, seq: 1 }),
    fields: [field("receiverId", tooLong(1_000))],
  },
  {
    name: "new password",
    method: "POST",
    path: "/me/password",
    signedIn: true,
    codes: ["INVALID", "INVALID_CREDENTIALS"],
    good: ({ ann }) => ({ current: `not ${ann.password}`, next: "another password" }),
    fields: [field("current", tooLong(10_000)), field("next", ["7 bytes", "short67"], tooLong(257))],
  },
  {
    name: "preview",
    method: "POST",
    path: "/standin/preview",
    signedIn: true,
    codes: ["INVALID"],
    good: () => ({ message: "hello" }),
    fields: [
      field("message", tooLong(4_001)),
      optional("from", ["null", null], ["an empty text", ""], tooLong(10_000)),
    ],
  },
  {
    name: "request",
    method: "POST",
    path: "/standin/requests",
    signedIn: true,
    codes: ["INVALID", "NOT_FOUND"],
    good: ({ bob }) => ({ to: bob.id, urgent: true }),
    fields: [field("to", tooLong(10_000), ["nobody", "0123456789abcdef01234567"])],
  },
  {
    name: "verdict",
    method: "POST",
    path: "/standin/messages/0123456789abcdef01234567/verdict",
    signedIn: true,
    codes: ["INVALID"],
    good: () => ({ verdict: "corrected", content: "hello" }),
    fields: [
      field("verdict", tooLong(10_000)),
      optional("content", ["null", null], ["an empty text", ""], tooLong(4_001)),
    ],
  },
];

/** The name of the field, what is wrong with the value, and the value. */
export const casesOf = ({ name, required, wrong }: Field): (readonly [string, string, unknown])[] =>
  [...wrongForAll, ...(required ? wrongIfRequired : []), ...wrong].map(([what, value]) => [name, what, value] as const);

export interface SocketTarget extends Target {
  /** null: the answer comes to a callback only. */
  readonly answerEvent: "messageResponse" | "messages" | null;
  readonly codes: readonly string[];
}

export const socketTargets: readonly SocketTarget[] = [
  {
    name: "sendMessage",
    answerEvent: "messageResponse",
    codes: ["INVALID", "NOT_FOUND"],
    good: ({ bob }) => ({ to: bob.id, message: "hello" }),
    fields: [...sending, field("to", tooLong(10_000), ["nobody", "0123456789abcdef01234567"])],
  },
  {
    name: "getMessages",
    answerEvent: "messages",
    codes: ["INVALID", "NOT_FOUND", "UNAUTHORIZED"],
    good: ({ ann, bob }) => ({ from: ann.id, to: bob.id }),
    fields: [field("from", tooLong(1_000)), field("to", tooLong(1_000))],
  },
  {
    name: "userStatusUpdate",
    answerEvent: null,
    codes: ["INVALID"],
    good: () => ({ status: "BUSY" }),
    fields: busy,
  },
  {
    name: "userLoggedIn",
    answerEvent: null,
    codes: ["INVALID", "UNAUTHORIZED"],
    good: ({ ann }) => ({ userId: ann.id }),
    fields: [field("userId", tooLong(1_000))],
  },
  {
    name: "markRead",
    answerEvent: null,
    codes: ["INVALID", "NOT_FOUND"],
    good: ({ bob }) => ({ peer: bob.id, seq: 1 }),
    fields: [field("peer", tooLong(1_000))],
  },
  {
    name: "typing",
    answerEvent: null,
    codes: ["INVALID", "NOT_FOUND"],
    good: ({ bob }) => ({ to: bob.id }),
    fields: [field("to", tooLong(1_000))],
  },
];
