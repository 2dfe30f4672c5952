import { type CallOrigin, ChatError, type SendInput } from "@standin/core";
import { describe, expect, test } from "vitest";
import { createDispatcher, type DoorOptions, type DoorRequest, type Seen } from "../src/dispatch/index.ts";
import { ben, chatDouble, message, request, view } from "./chat-double.ts";

const authorization = "Bearer good";

const ask = async (request: DoorRequest, options: Partial<DoorOptions> = {}) => {
  const response = await createDispatcher({ chat: chatDouble(), ...options }).handle(request);
  if (response === null) return null;
  const { status, headers, body } = response;
  return { status, headers, json: body === null ? null : JSON.parse(new TextDecoder().decode(body)) };
};

const parsed = (value: unknown) => () => ({ parsed: value });

test("a path that is none of the API's is the host's", async () => {
  expect(await ask(request("GET", "/elsewhere"))).toBeNull();
  expect(await ask(request("GET", "/api"))).toBeNull();
  expect(await ask(request("PUT", "/blocks/"))).toBeNull();
  expect(await ask(request("PUT", "/blocks/%zz"))).toBeNull();
});

test("a known path answers another method with 404 and what it allows", async () => {
  const response = await ask(request("DELETE", "/api/users", { headers: { authorization } }));
  expect(response).toMatchObject({
    status: 404,
    headers: { allow: "GET, HEAD, OPTIONS" },
    json: { message: "Not found", code: "NOT_FOUND" },
  });
});

test("HEAD is GET without its body", async () => {
  const chat = chatDouble({ me: async () => view });
  const get = await ask(request("GET", "/me", { headers: { authorization } }), { chat });
  const head = await ask(request("HEAD", "/me", { headers: { authorization } }), { chat });
  expect(get?.json).toMatchObject({ username: "Ada" });
  expect(head).toEqual({ ...get, json: null });
});

test("every answer tells browsers not to keep, sniff, frame or run it", async () => {
  const response = await ask(request("GET", "/healthz"));
  expect(response?.headers).toEqual({
    "content-type": "application/json; charset=utf-8",
    "content-length": "15",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
});

describe("the order of the checks", () => {
  test("a foreign origin is refused before anything is asked of the chat", async () => {
    const response = await ask(request("GET", "/me", { headers: { authorization, origin: "https://evil.example" } }), {
      chat: chatDouble({ authenticate: async () => expect.unreachable() }),
    });
    expect(response).toMatchObject({ status: 403, json: { code: "FORBIDDEN" } });
  });

  test("the token comes before the limit, the limit before the body", async () => {
    const untouched = { body: () => expect.unreachable() };
    const limited = chatDouble({
      countCall: async () => {
        throw new ChatError("LIMITED", { retryAfterMs: 1_200 });
      },
    });
    expect(await ask(request("PATCH", "/user/update/status", untouched), { chat: limited })).toMatchObject({
      status: 401,
      headers: { "www-authenticate": "Bearer" },
      json: { message: "You are not authorized", code: "UNAUTHORIZED" },
    });
    const headers = { authorization };
    expect(
      await ask(request("PATCH", "/user/update/status", { ...untouched, headers }), { chat: limited }),
    ).toMatchObject({ status: 429, headers: { "retry-after": "2" }, json: { code: "LIMITED", retryAfterMs: 1_200 } });
  });

  test("a body that is declared too large is not read", async () => {
    const response = await ask(
      request("POST", "/user/message", {
        headers: { authorization, "content-length": "65537" },
        body: () => expect.unreachable(),
      }),
    );
    expect(response).toMatchObject({ status: 413, json: { code: "TOO_LARGE" } });
  });
});

describe("bodies", () => {
  const send = (body: DoorRequest["body"]) => {
    const sent: SendInput[] = [];
    const chat = chatDouble({
      sendMessage: async (_, input) => {
        sent.push(input);
        return message;
      },
    });
    const asked = ask(request("POST", "/user/message", { headers: { authorization }, body }), { chat });
    return asked.then((response) => ({ response, sent }));
  };

  test("an undeclared body is read to the limit and no further", async () => {
    let taken = 0;
    const endless = async function* () {
      for (;;) {
        taken += 1;
        yield new Uint8Array(1_024);
      }
    };
    expect((await send(endless)).response).toMatchObject({ status: 413 });
    expect(taken).toBe(65);
  });

  test("64 KiB is not too large", async () => {
    const json = JSON.stringify({ to: ben, message: "Hello", padding: "" });
    const bytes = new TextEncoder().encode(json.replace('""', `"${"x".repeat(65_536 - json.length)}"`));
    expect(bytes.length).toBe(65_536);
    const { response, sent } = await send(() => bytes);
    expect(response?.status).toBe(200);
    expect(sent).toEqual([{ to: ben, message: "Hello" }]);
  });

  test("a client that goes away is no error of the server's", async () => {
    const cut = async function* () {
      yield new Uint8Array(1);
      throw new Error("ECONNRESET");
    };
    expect((await send(cut)).response).toMatchObject({ status: 400, json: { code: "INVALID" } });
  });

  test("fields that a client has no say in are not passed on", async () => {
    const hostile = JSON.parse(
      `{ "to": "${ben}", "message": "Hi", "sender": "x", "origin": "standin", "__proto__": { "clientMsgId": "y" }, "$where": "1" }`,
    );
    const { response, sent } = await send(parsed(hostile));
    expect(response).toMatchObject({ status: 200, json: { message: "Message sent", sent: { _id: message.id } } });
    expect(sent).toEqual([{ to: ben, message: "Hi" }]);
  });

  test.each([
    [() => new Uint8Array([0x22, 0xff, 0x22]), "The body is not valid UTF-8"],
    [() => new TextEncoder().encode("{"), "The body is not valid JSON"],
    [() => new TextEncoder().encode("[]"), "The body must be a JSON object"],
    [() => new TextEncoder().encode("null"), "The body must be a JSON object"],
    [parsed("text"), "The body must be a JSON object"],
    [() => null, "to and message are required"],
    [parsed({ to: ben }), "to and message are required"],
    [parsed({ to: { $ne: "" }, message: "Hi" }), "to and message are required"],
    [parsed({ to: "", message: "Hi" }), "to and message are required"],
    [parsed({ to: ben, message: "x".repeat(4_001) }), "message must have at most 4000 characters"],
    [parsed({ to: ben, message: "Hi", clientMsgId: 5 }), "clientMsgId must be a string"],
  ])("%# is refused in words: %s", async (body, sentence) => {
    const { response, sent } = await send(body);
    expect(response).toMatchObject({ status: 400, json: { message: sentence, code: "INVALID" } });
    expect(sent).toEqual([]);
  });

  test("characters are counted as people count them", async () => {
    const { response } = await send(parsed({ to: ben, message: "😀".repeat(4_000) }));
    expect(response?.status).toBe(200);
  });
});

describe("errors", () => {
  const failing = (error: unknown) => chatDouble({ ping: () => Promise.reject(error) });
  const logged: object[] = [];
  const note = (fields: object): void => {
    logged.push(fields);
  };
  const logger = { debug: note, info: note, warn: note, error: note };

  test("an unexpected one is reported to the operator and hidden from the caller", async () => {
    logged.length = 0;
    const error = new Error("connect ECONNREFUSED 10.0.0.7:27017");
    expect(await ask(request("GET", "/readyz"), { chat: failing(error), logger })).toMatchObject({
      status: 500,
      json: { message: "Something went wrong", code: "INTERNAL" },
    });
    expect(logged).toEqual([{ err: error, route: "ready" }]);
  });

  test("a store that is down is 503 with a time to come back", async () => {
    const error = new ChatError("UNAVAILABLE", { cause: new Error("SQLITE_IOERR") });
    expect(await ask(request("GET", "/readyz"), { chat: failing(error) })).toMatchObject({
      status: 503,
      headers: { "retry-after": "1" },
      json: {
        message: "The service is unavailable, please try again shortly",
        code: "UNAVAILABLE",
        retryAfterMs: 1_000,
      },
    });
  });

  test("a host that is not ready is not asked further; one that lives says so", async () => {
    const options = { chat: chatDouble(), ready: () => false };
    expect(await ask(request("GET", "/readyz"), options)).toMatchObject({
      status: 503,
      json: { message: "Not ready" },
    });
    expect(await ask(request("GET", "/healthz"), options)).toMatchObject({ status: 200, json: { status: "ok" } });
  });

  test("a good token of a user who is gone: 404 where documented, 401 elsewhere", async () => {
    const headers = { authorization: "Bearer gone" };
    expect(await ask(request("PATCH", "/user/update/status", { headers }))).toMatchObject({
      status: 404,
      json: { message: "User not found", code: "NOT_FOUND" },
    });
    expect(await ask(request("GET", "/me", { headers }))).toMatchObject({ status: 401 });
  });
});

describe("pages of other origins", () => {
  const options = { allowedOrigins: ["https://app.example"], chat: chatDouble({ me: async () => view }) };
  const from = (origin: string) => ({ headers: { authorization, origin } });

  test("an allowed one may read the answer, and refusals as well", async () => {
    const cors = { "access-control-allow-origin": "https://app.example", vary: "Origin" };
    const exposed = { "access-control-expose-headers": "date, retry-after" };
    expect(await ask(request("GET", "/me", from("https://app.example")), options)).toMatchObject({
      status: 200,
      headers: { ...cors, ...exposed },
    });
    const unauthorized = request("GET", "/me", { headers: { origin: "https://app.example" } });
    expect(await ask(unauthorized, options)).toMatchObject({ status: 401, headers: cors });
  });

  test("its preflight is answered without a token", async () => {
    const response = await ask(
      request("OPTIONS", "/blocks/x", { headers: { origin: "https://app.example" } }),
      options,
    );
    expect(response).toMatchObject({
      status: 204,
      json: null,
      headers: {
        "access-control-allow-methods": "PUT, DELETE",
        "access-control-allow-headers": "authorization, content-type",
        "access-control-allow-origin": "https://app.example",
      },
    });
  });

  test.each(["null", "", "https://evil.example", "http://chat.example:8080", "https://app.example.evil.example"])(
    "%j is refused and told nothing",
    async (origin) => {
      for (const method of ["GET", "OPTIONS"]) {
        const response = await ask(request(method, "/me", from(origin)), options);
        expect(response?.status).toBe(403);
        expect(response?.headers).not.toHaveProperty("access-control-allow-origin");
      }
    },
  );

  test("the server's own page needs no permission", async () => {
    const response = await ask(request("GET", "/me", from("http://chat.example")), options);
    expect(response?.status).toBe(200);
    expect(response?.headers).not.toHaveProperty("access-control-allow-origin");
  });
});

test("the client's address reaches the use case, without the port and the privacy suffix", async () => {
  const origins: CallOrigin[] = [];
  const chat = chatDouble({
    signIn: async (_, origin) => {
      origins.push(origin);
      return { user: view, token: "t" };
    },
  });
  const body = parsed({ email: "ada@example.org", password: "secret-1" });
  await ask(request("POST", "/signin", { body, remoteAddress: "2001:db8:0:7::1" }), { chat });
  expect(origins).toEqual([{ address: "2001:db8:0:7::/64" }]);
});

describe("the observer", () => {
  const observed = async (...requests: readonly DoorRequest[]) => {
    const seen: Seen[] = [];
    const options = { chat: chatDouble({ me: async () => view }), observe: (one: Seen) => seen.push(one) };
    for (const one of requests) await ask(one, options);
    return seen;
  };
  const headers = { authorization };

  test("is told of each answer once: the route's name, the status, and the code of a refusal", async () => {
    expect(
      await observed(
        request("GET", "/me", { headers }),
        request("HEAD", "/api/me", { headers }),
        request("GET", "/me"),
        request("PUT", "/blocks/%20", { headers: { ...headers, origin: "https://evil.example" } }),
        request("POST", "/signin", { body: parsed({}) }),
      ),
    ).toEqual([
      { route: "me", status: 200, code: null },
      { route: "me", status: 200, code: null },
      { route: "me", status: 401, code: "UNAUTHORIZED" },
      { route: "block", status: 403, code: "FORBIDDEN" },
      { route: "signIn", status: 400, code: "INVALID" },
    ]);
  });

  test("hears no path of a client's making", async () => {
    expect(
      await observed(request("DELETE", "/me"), request("OPTIONS", `/blocks/${ben}`), request("GET", "/elsewhere")),
    ).toEqual([
      { route: "none", status: 404, code: "NOT_FOUND" },
      { route: "none", status: 204, code: null },
    ]);
  });

  test("that throws costs nobody the answer", async () => {
    const observe = () => {
      throw new Error("disk full");
    };
    expect(await ask(request("GET", "/healthz"), { observe })).toMatchObject({ status: 200, json: { status: "ok" } });
  });
});
