/** Somebody with an account. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Calls the API as this person; resolves with the body of the answer, rejects with it when it is no success. */
  readonly call: (method: string, path: string, body?: object) => Promise<Record<string, never>>;
  readonly write: (to: Actor, message: string) => Promise<string>;
}

const request = async (url: string, method: string, body: object | undefined, token?: string) => {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer of the API, whose shape each caller knows
  const answer = (await response.json()) as any;
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
};

/** Creates an account. */
export const signUp = async (url: string, name: string): Promise<Actor> => {
  const email = `${name.split(" ")[0]?.toLowerCase()}@example.org`;
  const password = `the password of ${name}`;
  const { token } = await request(`${url}/signup`, "POST", { email, password, username: name });
  const call: Actor["call"] = (method, path, body) => request(url + path, method, body, token);
  const me = await call("GET", "/me");
  return {
    id: String(me["id"]),
    name,
    email,
    password,
    call,
    write: async (to, message) => {
      const { sent } = await request(`${url}/user/message`, "POST", { to: to.id, message }, token);
      return sent._id;
    },
  };
};
