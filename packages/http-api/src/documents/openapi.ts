import { ChatError, type ChatErrorCode } from "@standin/core";
import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from "zod-openapi";
import { errorSchema, errorTable, toErrorJson } from "../errors.ts";
import type { Route } from "../routes/route.ts";
import { routeGroups } from "../routes/routes.ts";
import { about } from "./about.ts";
import { errorCodesOf } from "./error-codes.ts";
import { plainSchema } from "./plain-schema.ts";

const bearer = "bearer";

const json = "application/json";

const retryAfter = { "retry-after": z.int().min(1).meta({ description: "Seconds until it makes sense to try again" }) };

/** A refusal as this route words it. */
const example = (code: ChatErrorCode, { invalidMessage }: Route) => ({
  value: toErrorJson(
    new ChatError(code, code === "INVALID" && invalidMessage !== undefined ? { message: invalidMessage } : {}),
  ),
});

/** All refusals of one HTTP status. */
const refusal = (codes: readonly ChatErrorCode[], route: Route): ZodOpenApiResponseObject => ({
  description: codes.map((code) => `\`${code}\`: ${errorTable[code].message}`).join("\n\n"),
  ...(codes.every((code) => errorTable[code].retryAfterMs !== null) && { headers: z.object(retryAfter) }),
  content: {
    [json]: { schema: errorSchema, examples: Object.fromEntries(codes.map((code) => [code, example(code, route)])) },
  },
});

const responsesOf = (route: Route): ZodOpenApiOperationObject["responses"] => {
  const byStatus = Map.groupBy(errorCodesOf(route), (code) => errorTable[code].status);
  return {
    [route.status]: { description: "Done", content: { [json]: { schema: route.response } } },
    ...Object.fromEntries([...byStatus].map(([status, codes]) => [status, refusal(codes, route)])),
  };
};

const operationOf = (route: Route, tag: string): ZodOpenApiOperationObject => ({
  operationId: route.name,
  summary: route.summary,
  tags: [tag],
  security: route.auth ? [{ [bearer]: [] }] : [],
  requestParams: {
    ...(route.params !== undefined && { path: route.params }),
    ...(route.query !== undefined && { query: route.query }),
  },
  ...(route.body !== undefined && {
    requestBody: {
      // No body at all is an empty object.
      required: !route.body.safeParse({}).success,
      content: { [json]: { schema: route.body, example: route.example } },
    },
  }),
  responses: responsesOf(route),
});

const pathsOf = (): ZodOpenApiPathsObject => {
  const paths: ZodOpenApiPathsObject = {};
  for (const { name, routes } of routeGroups) {
    for (const route of routes) {
      const path = route.path.replace(/:(\w+)/g, "{$1}");
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, name) };
    }
  }
  return paths;
};

/**
 * The HTTP API as an OpenAPI 3.1 document, made from the routes that the doors answer.
 *
 * @example
 * writeFileSync("openapi.json", JSON.stringify(createOpenApiDocument(), null, 2));
 */
export const createOpenApiDocument = (): ReturnType<typeof createDocument> =>
  createDocument(
    {
      openapi: "3.1.0",
      info: {
        ...about,
        description:
          "Chat in which a stand-in answers for people while they are busy. New fields may appear in answers at any time; a client ignores those that it does not know.",
      },
      servers: [
        { url: "/", description: "As documented" },
        { url: "/api", description: "The same under a prefix" },
      ],
      tags: routeGroups.map(({ name, description }) => ({ name, description })),
      security: [{ [bearer]: [] }],
      paths: pathsOf(),
      components: {
        securitySchemes: {
          [bearer]: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "JWT",
            description: "The `token` that POST /signup and POST /signin answer",
          },
        },
      },
    },
    { override: plainSchema },
  );
