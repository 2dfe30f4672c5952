import type { Chat } from "@standin/core";

/** One of the people of the table, signed up. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly token: string;
}

/** What every row finds: three people who have nothing to do with each other yet. */
export interface World {
  readonly ada: Person;
  readonly ben: Person;
  readonly cy: Person;
  /** Origin of the server's own pages. */
  readonly origin: string;
}

/**
 * What an answer must be: an exact value, but that a regular expression stands for a string it matches.
 * A function is given the bodies of the steps before.
 */
export type Expected = unknown;

/** One request of a row, and its answer. */
export interface Step {
  readonly method: string;
  readonly path: string | ((earlier: readonly unknown[]) => string);
  /** Sent as bearer token. */
  readonly token?: string;
  /** A list is the header so many times. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly bytes?: Uint8Array;
  /** Without a declared length. */
  readonly chunked?: boolean;
  readonly status: number;
  /** The body; absent: it must be empty. */
  readonly answer?: Expected | ((earlier: readonly unknown[]) => Expected);
  /** Headers that must be there; null: that must not. */
  readonly answerHeaders?: Readonly<Record<string, string | RegExp | null>>;
}

/** One line of the request table: a few requests, one after the other, to a server of their own. */
export interface Row {
  readonly id: string;
  readonly title: string;
  /** Done before the first request, past the door. `pass` lets so many milliseconds pass for the chat. */
  readonly arrange?: (chat: Chat, world: World, pass: (ms: number) => Promise<void>) => Promise<void>;
  readonly steps: (world: World) => readonly Step[];
}

/** What a refusal says: code, sentence, and the paths of the fields that are wrong. */
export const refusal = (
  status: number,
  code: string,
  message: string | RegExp = /./,
  ...paths: readonly string[]
): Pick<Step, "status" | "answer"> => ({
  status,
  answer: {
    message,
    code,
    ...(paths.length > 0 && { errors: paths.map((path) => ({ path, message: /./ })) }),
  },
});

/** A user whom nobody has heard of since they signed up. */
export const newUser = ({ id, username, email }: Person): Readonly<Record<string, unknown>> => ({
  id,
  username,
  email,
  status: "AVAILABLE",
  prevstatus: "AVAILABLE",
  connected: false,
  busySince: null,
  busyUntil: null,
  busyNote: null,
});

export const anId: RegExp = /^[0-9a-f]{24}$/;
export const anInstant: RegExp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** An id that is nobody's, and no message's. */
export const nobodysId: string = "f".repeat(24);

export const aToken: RegExp = /^[\w.~+/-]+$/;

/** A person's plain message, as its recipient sees it. */
export const messageOf = (sender: Person, recipient: Person, content: string, seq: number): object => ({
  _id: anId,
  sender: sender.id,
  recipient: recipient.id,
  content,
  timestamp: anInstant,
  seq,
  origin: "person",
});

/** A send that succeeds. */
export const sending = (from: Person, to: Person, content: string, seq: number, more: object = {}): Step => ({
  method: "POST",
  path: "/user/message",
  token: from.token,
  body: { to: to.id, message: content, ...more },
  status: 200,
  answer: { message: "Message sent", sent: { ...messageOf(from, to, content, seq), ...more } },
});
