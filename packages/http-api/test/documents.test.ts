import { describe, expect, test } from "vitest";
import { createAsyncApiDocument, createOpenApiDocument } from "../src/documents/index.ts";
import { errorTable, routes } from "../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: what is looked for is in the document or it is not.
type Document = any;

const openapi: Document = createOpenApiDocument();
const asyncapi: Document = createAsyncApiDocument();

/** The codes that the document gives a route, by status. */
const codesOf = (operation: Document): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries<Document>(operation.responses).flatMap(([status, { content }]) => {
      const { examples } = content["application/json"];
      return examples === undefined ? [] : [[status, Object.keys(examples)]];
    }),
  );

describe("routes", () => {
  test.each(routes.filter(({ body }) => body !== undefined))("$name has an example that it takes", (route) => {
    expect(route.body?.safeParse(route.example)).toMatchObject({ success: true });
  });

  test("no two have one name", () => {
    expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length);
  });
});

describe("the OpenAPI document", () => {
  test("gives each refusal its status by the table, in the words of the route", () => {
    expect(codesOf(openapi.paths["/signup"].post)).toEqual({
      400: ["INVALID"],
      403: ["FORBIDDEN"],
      409: ["EMAIL_TAKEN"],
      413: ["TOO_LARGE"],
      429: ["LIMITED"],
      500: ["INTERNAL"],
      503: ["OVERLOADED", "UNAVAILABLE"],
    });
    expect(codesOf(openapi.paths["/user/update/status"].patch)).toMatchObject({
      401: ["UNAUTHORIZED"],
      404: ["NOT_FOUND"],
    });
    expect(codesOf(openapi.paths["/healthz"].get)).toEqual({ 403: ["FORBIDDEN"], 500: ["INTERNAL"] });
    expect(
      openapi.paths["/user/message"].post.responses[400].content["application/json"].examples.INVALID.value,
    ).toEqual({
      message: "to and message are required",
      code: "INVALID",
    });
  });

  test("promises every code somewhere", () => {
    const operations = Object.values<Document>(openapi.paths).flatMap((item) => Object.values<Document>(item));
    const promised = operations.flatMap((operation) => Object.values(codesOf(operation)).flat());
    expect(new Set(promised)).toEqual(new Set(Object.keys(errorTable)));
  });

  test("asks for the token where the door does", () => {
    expect(openapi.paths["/me"].get.security).toEqual([{ bearer: [] }]);
    expect(openapi.paths["/signin"].post.security).toEqual([]);
  });

  test("asks for a body only where an empty one is refused", () => {
    expect(openapi.paths["/signin"].post.requestBody.required).toBe(true);
    expect(openapi.paths["/signout"].post.requestBody.required).toBe(false);
  });

  test("leaves room for fields to come, and names what is shared", () => {
    const { requestBody, ...patch } = openapi.paths["/standin/settings"].patch;
    const others = { ...openapi.paths, "/standin/settings": { patch } };
    const closed = '"additionalProperties":false';
    expect(JSON.stringify([others, openapi.components, asyncapi])).not.toContain(closed);
    expect(JSON.stringify(requestBody), "a body that is refused with fields unknown to it").toContain(closed);
    for (const { components } of [openapi, asyncapi]) {
      expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(["Id", "Message", "Status", "User"]));
    }
  });
});

describe("the AsyncAPI document", () => {
  test("keeps apart what goes both ways under one name", () => {
    const { fromClient, fromServer } = asyncapi.channels.typing.messages;
    expect(Object.keys(fromClient.payload.properties)).toEqual(["to"]);
    expect(Object.keys(fromServer.payload.properties)).toEqual(["from"]);
  });

  test("says where the answer goes without an acknowledgement", () => {
    expect(asyncapi.operations.receive_getMessages.description).toContain("the event `messages`");
    expect(asyncapi.operations.receive_typing.description).toContain("no answer");
  });
});
