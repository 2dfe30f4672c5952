import { type Caller, type Chat, ChatError, type Message, type UserView } from "@standin/core";
import type { DoorRequest } from "../src/dispatch/index.ts";

export const ada = "a".repeat(24);
export const ben = "b".repeat(24);

export const view: UserView = {
  id: ada,
  username: "Ada",
  email: "ada@example.org",
  status: "BUSY",
  prevstatus: "ONLINE",
  connected: true,
  busySince: 0,
  busyUntil: 86_400_000,
  busyNote: "flying",
};

export const message: Message = {
  id: "c".repeat(24),
  conversation: `${ada}:${ben}`,
  sender: ada,
  recipient: ben,
  content: "Hello",
  at: 1_000,
  seq: 1,
  origin: "person",
  clientMsgId: "m-1",
  period: null,
  blocked: false,
  messageOnly: false,
  counts: [1, 0],
  rev: null,
  inReplyTo: null,
  generator: null,
  notice: false,
  label: null,
  verdict: null,
  previousContent: null,
};

const caller: Caller = { userId: ada, username: "Ada", sessionId: "s", expiresAt: 10_000 };

/** A chat that knows one token, and on which every call that a test does not give is a mistake. */
export const chatDouble = (calls: Partial<Chat> = {}): Chat => {
  const known: Partial<Chat> = {
    authenticate: async (token) => {
      if (token !== "good") throw new ChatError("UNAUTHORIZED", token === "gone" ? { cause: "user-gone" } : {});
      return caller;
    },
    countCall: async () => {},
    ...calls,
  };
  return new Proxy(known as Chat, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (member === undefined) throw new Error(`unexpected call of ${String(name)}`);
      return member;
    },
  });
};

/** A request as a server on http://chat.example would receive it. */
export const request = (
  method: string,
  path: string,
  parts: Partial<Pick<DoorRequest, "body" | "remoteAddress" | "encrypted" | "query">> & {
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): DoorRequest => {
  const headers: Readonly<Record<string, string>> = { host: "chat.example", ...parts.headers };
  return {
    method,
    path,
    query: "",
    remoteAddress: "203.0.113.7",
    encrypted: false,
    body: () => null,
    ...parts,
    header: (name) => headers[name],
  };
};
