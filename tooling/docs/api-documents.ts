import { createAsyncApiDocument, createOpenApiDocument } from "../../packages/http-api/src/documents/index.ts";
import { toPostmanCollection } from "./postman.ts";

/** Where the documents are kept. */
export const folder: URL = new URL("../../docs/api/", import.meta.url);

const toText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** The text of every document of the API, by the name of its file. */
export const apiDocuments = async (): Promise<Readonly<Record<string, string>>> => {
  // As JSON has it: without what is undefined.
  const openapi = JSON.parse(JSON.stringify(createOpenApiDocument()));
  const asyncapi = createAsyncApiDocument();
  return {
    "openapi.json": toText(openapi),
    "asyncapi.json": toText(asyncapi),
    "postman.json": toText(await toPostmanCollection(openapi, `http://${asyncapi.servers.socketio.host}`)),
  };
};
