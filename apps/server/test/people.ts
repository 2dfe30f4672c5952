import { eventually } from "./eventually.ts";

/** The answer to one request. */
export interface Answer<Body = Json> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

// biome-ignore lint/suspicious/noExplicitAny: what a server answers is whatever it answers; the tests look.
export type Json = any;

export interface CallOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request with a JSON body; a string or bytes go as they are. */
export const call = async (
  url: string,
  method: string,
  path: string,
  { token, body, headers = {} }: CallOptions = {},
): Promise<Answer> => {
  const raw = typeof body === "string" || body instanceof Uint8Array;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as NonNullable<RequestInit["body"]>) : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith("{") ? JSON.parse(text) : text,
    headers: response.headers,
  };
};

/** Somebody with an account and the token of its sign-up. */
export interface Person {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
}

let count = 0;

/** Creates an account; names and addresses never repeat within a test file. */
export const signUp = async (url: string, name = "person"): Promise<Person> => {
  count += 1;
  const [username, email, password] = [
    `${name} ${count}`,
    `${name.replaceAll(" ", ".")}.${count}@example.org`,
    `password of ${name}`,
  ];
  const { status, body } = await call(url, "POST", "/signup", { body: { email, password, username } });
  if (status !== 201) throw new Error(`sign-up answered ${status}: ${JSON.stringify(body)}`);
  const me = await call(url, "GET", "/me", { token: body.token });
  if (me.status !== 200) throw new Error(`/me answered ${me.status}: ${JSON.stringify(me.body)}`);
  return { id: me.body.id, username, email, password, token: body.token };
};

/** Opens another session, as another device would; the whole answer of POST /signin. */
export const signIn = (url: string, { email, password }: Pick<Person, "email" | "password">): Promise<Answer> =>
  call(url, "POST", "/signin", { body: { email, password } });

/** Sends a message over HTTP; the stored message, or an error. */
export const send = async (url: string, from: Person, to: Person, message: string, clientMsgId?: string) => {
  const body = { to: to.id, message, ...(clientMsgId === undefined ? {} : { clientMsgId }) };
  const answer = await call(url, "POST", "/user/message", { token: from.token, body });
  if (answer.status !== 200) throw new Error(`send answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body.sent as Json;
};

/** The newest messages of a conversation, as `who` sees it. */
export const history = async (url: string, who: Person, other: Person): Promise<readonly Json[]> =>
  (await call(url, "GET", `/messages?receiverId=${other.id}`, { token: who.token })).body.messages;

/** Every message of a conversation, page by page. A page that is refused for now, by a store that was just away or is slow, is asked for again. */
export const wholeHistory = async (url: string, who: Person, other: Person): Promise<readonly Json[]> => {
  const messages: Json[] = [];
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0;
    const path = `/messages?receiverId=${other.id}&after=${after}&limit=1000`;
    const { status, body } = await eventually(
      () => call(url, "GET", path, { token: who.token }),
      (answer) => answer.status !== 503,
    );
    if (status !== 200) throw new Error(`the history answered ${status}: ${JSON.stringify(body)}`);
    messages.push(...body.messages);
    if (!body.hasMore) return messages;
  }
};

export const setStatus = (url: string, who: Person, body: object): Promise<Answer> =>
  call(url, "PATCH", "/user/update/status", { token: who.token, body });

/** How `who` sees the status of `other`. */
export const seenBy = async (url: string, who: Person, other: Person): Promise<Json> => {
  const { body } = await call(url, "GET", "/users", { token: who.token });
  return body.users.find((user: Json) => user.id === other.id);
};
