import { createDoorHost } from "@standin/contract-tests";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { createChatApp } from "../src/index.ts";
import { run } from "./running-app.ts";

const mounted = async (build: (app: Hono, chatApp: Hono) => void): Promise<string> => {
  const { options, dispose } = await createDoorHost();
  const app = await run((host) => build(host, createChatApp(options)));
  onTestFinished(async () => {
    await app.close();
    await dispose();
  });
  return app.baseUrl;
};

const dee = { email: "dee@example.org", password: "password", username: "Dee" };

const post = async (url: string, body: string) => {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  const json = (await response.json()) as { readonly token?: string };
  return { status: response.status, json };
};

test.each(["/chat/v1", "/:tenant/v1"])("under the prefix %s, with queries", async (prefix) => {
  const baseUrl = await mounted((app, chatApp) => app.route(prefix, chatApp));
  const { status, json } = await post(`${baseUrl}/chat/v1/api/signup`, JSON.stringify(dee));
  expect(status).toBe(201);
  const headers = { authorization: `Bearer ${json.token}` };
  const users = await fetch(`${baseUrl}/chat/v1/users?limit=0`, { headers });
  expect(await users.json()).toMatchObject({ code: "INVALID", errors: [{ path: "limit" }] });
});

test("what is not the API's is the host's, before and after, and so are its errors", async () => {
  const baseUrl = await mounted((app, chatApp) =>
    app
      .get("/healthz", (context) => context.text("the host's own"))
      .route("/", chatApp)
      .get("/elsewhere", (context) => context.text("elsewhere"))
      .get("/broken", () => {
        throw new Error("broken");
      })
      .onError((error, context) => context.text(`the host's: ${error.message}`, 500)),
  );
  const get = async (path: string) => (await fetch(baseUrl + path)).text();
  expect(await get("/healthz")).toBe("the host's own");
  expect(await get("/elsewhere")).toBe("elsewhere");
  expect(await get("/broken")).toBe("the host's: broken");
  expect(await get("/readyz")).toBe('{"status":"ok"}');
});

test.each(["json", "text", "arrayBuffer"] as const)(
  "after a middleware of the host has read the body: %s",
  async (read) => {
    const baseUrl = await mounted((app, chatApp) =>
      app
        .use(async (context, next) => {
          await context.req[read]();
          await next();
        })
        .route("/", chatApp),
    );
    expect(await post(`${baseUrl}/signup`, JSON.stringify(dee))).toMatchObject({ status: 201 });
    expect(await post(`${baseUrl}/signup`, "[]")).toMatchObject({
      status: 400,
      json: { message: "The body must be a JSON object" },
    });
  },
);

test("a connection survives a body that was too large", async () => {
  const baseUrl = await mounted((app, chatApp) => app.route("/", chatApp));
  const large = () => new Blob([new Uint8Array(2_000_000)]).stream();
  for (let round = 0; round < 3; round += 1) {
    const response = await fetch(`${baseUrl}/signup`, { method: "POST", body: large(), duplex: "half" });
    expect([response.status, await response.json()]).toMatchObject([413, { code: "TOO_LARGE" }]);
  }
  expect(await post(`${baseUrl}/signup`, JSON.stringify(dee))).toMatchObject({ status: 201 });
});

test("without a server, as on a runtime that has only web standards", async () => {
  const { options, dispose } = await createDoorHost();
  onTestFinished(dispose);
  const addresses: string[] = [];
  const trustProxy = (address: string): boolean => {
    addresses.push(address);
    return false;
  };
  const app = new Hono().route("/", createChatApp({ ...options, trustProxy, remoteAddress: () => "203.0.113.7" }));
  const headers = { origin: "https://chat.example" };
  const request = (body: string) => new Request("https://chat.example/signup", { method: "POST", headers, body });
  expect((await app.fetch(request(JSON.stringify(dee)))).status).toBe(201);
  expect((await app.fetch(request(" ".repeat(65_537)))).status).toBe(413);
  expect(new Set(addresses)).toEqual(new Set(["203.0.113.7"]));
  expect((await createChatApp(options).request("/healthz")).status).toBe(200);
});
