import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, describe, expect, test } from "vitest";
import { clientEvents, routes, serverEvents } from "../../packages/http-api/src/index.ts";
import { apiDocuments, folder } from "../docs/api-documents.ts";

const names = ["openapi.json", "asyncapi.json", "postman.json"];
// biome-ignore lint/suspicious/noExplicitAny: the tests look into documents whose shape the validators check.
type Document = any;

const kept = (name: string): Document => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

let made: Readonly<Record<string, string>>;
beforeAll(async () => {
  made = await apiDocuments();
});

test.each(names)("docs/api/%s is what the schemas say; else run `npm run docs`", (name) => {
  expect(readFileSync(new URL(name, folder), "utf8")).toBe(made[name]);
});

test("they are the same whenever they are made", async () => {
  expect(Object.keys(made)).toEqual(names);
  expect(await apiDocuments()).toEqual(made);
});

describe("openapi.json", () => {
  const document = kept("openapi.json");

  test("is an OpenAPI 3.1 document", async () => {
    const validator = new Validator();
    expect(await validator.validate(document)).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("has every route, and no other", () => {
    const operations = Object.entries<Document>(document.paths).flatMap(([path, item]) =>
      Object.entries<Document>(item).map(([method, { operationId, responses }]) => ({
        name: operationId,
        call: `${method.toUpperCase()} ${path}`,
        status: Object.keys(responses)[0],
      })),
    );
    const expected = routes.map(({ name, method, path, status }) => ({
      name,
      call: `${method} ${path.replace(/:(\w+)/g, "{$1}")}`,
      status: String(status),
    }));
    expect(new Set(operations)).toEqual(new Set(expected));
    expect(operations).toHaveLength(routes.length);
  });
});

describe("asyncapi.json", () => {
  const document = kept("asyncapi.json");

  test("is an AsyncAPI 3.0 document, without an error or a warning", async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
    // 0 and 1 are errors and warnings; what is left says that 3.1 exists.
    expect(diagnostics.filter(({ severity }) => severity <= 1)).toEqual([]);
    expect(parsed?.version()).toBe("3.0.0");
  });

  test("has every event in its direction, and an acknowledgement for each that a client sends", () => {
    const received = clientEvents.map(({ event }) => [`receive_${event}`, "receive", event]);
    const sent = Object.keys(serverEvents).map((event) => [`send_${event}`, "send", event]);
    const operations = Object.entries<Document>(document.operations);
    expect(
      operations.map(([key, { action, channel }]) => [key, action, channel.$ref.replace("#/channels/", "")]),
    ).toEqual([...received, ...sent]);
    for (const [, { action, reply }] of operations) {
      if (action === "receive") expect(reply.messages).toHaveLength(2);
    }
  });
});

test("postman.json has every route, with the token where it is asked for", () => {
  const requests = kept("postman.json").item.flatMap((group: Document) =>
    group.item.map(({ request }: Document) => ({
      call: `${request.method} /${request.url.path.join("/")}`,
      auth: request.auth?.bearer?.[0]?.value ?? null,
    })),
  );
  expect(requests).toEqual(
    routes.map(({ method, path, auth }) => ({ call: `${method} ${path}`, auth: auth ? "{{bearerToken}}" : null })),
  );
});
