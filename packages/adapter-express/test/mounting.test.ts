import { createDoorHost } from "@standin/contract-tests";
import express, { type ErrorRequestHandler, type Express } from "express";
import { expect, onTestFinished, test } from "vitest";
import { createChatRouter } from "../src/index.ts";
import { run } from "./running-app.ts";

type Router = ReturnType<typeof createChatRouter>;

const mounted = async (build: (app: Express, router: Router) => void): Promise<string> => {
  const { options, dispose } = await createDoorHost();
  const app = await run((host) => build(host, createChatRouter(options)));
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

test("under a prefix, with queries", async () => {
  const baseUrl = await mounted((app, router) => app.use("/chat/v1", router));
  const { status, json } = await post(`${baseUrl}/chat/v1/api/signup`, JSON.stringify(dee));
  expect(status).toBe(201);
  const headers = { authorization: `Bearer ${json.token}` };
  const users = await fetch(`${baseUrl}/chat/v1/users?limit=0`, { headers });
  expect(await users.json()).toMatchObject({ code: "INVALID", errors: [{ path: "limit" }] });
});

test("what is not the API's is the host's, before and after, and so are its errors", async () => {
  const onError: ErrorRequestHandler = (error: Error, _request, response, _next) => {
    response.status(500).send(`the host's: ${error.message}`);
  };
  const baseUrl = await mounted((app, router) =>
    app
      .get("/healthz", (_, response) => void response.send("the host's own"))
      .use(router)
      .get("/elsewhere", (_, response) => void response.send("elsewhere"))
      .get("/broken", () => {
        throw new Error("broken");
      })
      .use(onError),
  );
  const get = async (path: string) => (await fetch(baseUrl + path)).text();
  expect(await get("/healthz")).toBe("the host's own");
  expect(await get("/elsewhere")).toBe("elsewhere");
  expect(await get("/broken")).toBe("the host's: broken");
  expect(await get("/readyz")).toBe('{"status":"ok"}');
});

test.each([
  ["json", express.json()],
  ["raw", express.raw({ type: "*/*" })],
  ["text", express.text({ type: "*/*" })],
])("after the host's body parser: %s", async (_, parser) => {
  const baseUrl = await mounted((app, router) => app.use(parser).use(router));
  expect(await post(`${baseUrl}/signup`, JSON.stringify(dee))).toMatchObject({ status: 201 });
  expect(await post(`${baseUrl}/signup`, JSON.stringify({ ...dee, email: null }))).toMatchObject({
    status: 400,
    json: { message: "Please provide an email, username, and password" },
  });
  expect(await post(`${baseUrl}/signup`, "[]")).toMatchObject({
    status: 400,
    json: { message: "The body must be a JSON object" },
  });
});

test("a connection survives a body that was too large", async () => {
  const baseUrl = await mounted((app, router) => app.use(router));
  const large = () => new Blob([new Uint8Array(2_000_000)]).stream();
  for (let round = 0; round < 3; round += 1) {
    const response = await fetch(`${baseUrl}/signup`, { method: "POST", body: large(), duplex: "half" });
    expect([response.status, await response.json()]).toMatchObject([413, { code: "TOO_LARGE" }]);
  }
  expect(await post(`${baseUrl}/signup`, JSON.stringify(dee))).toMatchObject({ status: 201 });
});
