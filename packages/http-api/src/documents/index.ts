export { createAsyncApiDocument } from "./asyncapi.ts";
export { createOpenApiDocument } from "./openapi.ts";
