import type { RequestListener } from "node:http";
import { createChatRouter } from "@standin/adapter-express";
import type { DoorOptions } from "@standin/http-api/dispatch";
import express, { type NextFunction, type Request, type Response } from "express";
import { givenUp, noSuchPath, type Refusal } from "./refusal.ts";

const refuse = (response: Response, { status, headers, body }: Refusal): void => {
  response.status(status).set(headers).json(body);
};

/** The API in an Express app of its own, with an answer for every other path. */
export const createExpressApp = (options: DoorOptions): RequestListener => {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(createChatRouter(options));
  app.use((_request: Request, response: Response) => {
    refuse(response, noSuchPath);
  });
  // Express knows an error handler by its four parameters.
  app.use((error: { readonly status?: number }, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const refusal = givenUp(error.status);
    if (refusal.status >= 500) options.logger?.error({ err: error }, "a request failed outside the API");
    refuse(response, refusal);
  });
  return app;
};
