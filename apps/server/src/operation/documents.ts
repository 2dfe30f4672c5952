import { createAsyncApiDocument, createOpenApiDocument } from "@standin/http-api/documents";
import { fixedResource, lazily, type Resource } from "./resource.ts";

const json = (create: () => object): (() => Resource) =>
  lazily(() => fixedResource("application/json; charset=utf-8", Buffer.from(JSON.stringify(create()))));

/** The API as documents, by path. */
export const documents: ReadonlyMap<string, () => Resource> = new Map([
  ["/openapi.json", json(createOpenApiDocument)],
  ["/asyncapi.json", json(createAsyncApiDocument)],
]);
