import { createDispatcher, type DoorOptions } from "@standin/http-api/dispatch";
import { Router } from "express";
import { doorRequestOf } from "./door-request.ts";

/**
 * The HTTP API as a router to mount anywhere in an Express 5 app, before or after body parsers, under a prefix or not. Paths that
 * are none of the API's go on to the app's other routes. Never calls `next` with an error: every error has its answer.
 *
 * @example
 * const app = express();
 * app.use(createChatRouter({ chat }));
 */
export const createChatRouter = (options: DoorOptions): Router => {
  const dispatcher = createDispatcher(options);
  const router = Router();
  router.use(async (request, response, next) => {
    const answer = await dispatcher.handle(doorRequestOf(request));
    if (answer === null) return next();
    response.writeHead(answer.status, answer.headers).end(answer.body);
    // What is left of a body that was too large: unless it is taken, a client that sends before it listens waits for ever.
    request.resume();
  });
  return router;
};
