import { createDispatcher, type DoorOptions } from "@standin/http-api/dispatch";
import { type Context, Hono } from "hono";
import { doorRequestOf } from "./door-request.ts";

export interface ChatAppOptions extends DoorOptions {
  /** The address at the other end of the connection, on runtimes other than Node.js. Default: what `@hono/node-server` supplies. */
  readonly remoteAddress?: (context: Context) => string | undefined;
}

const nodeAddress = ({ env }: Context): string | undefined => env?.incoming?.socket?.remoteAddress;

/**
 * The HTTP API as an app to mount anywhere in a Hono 4 app, under a prefix or not, on any runtime. Paths that are none of the API's
 * go on to the app's other routes. Never throws: every error has its answer.
 *
 * @example
 * const app = new Hono();
 * app.route("/", createChatApp({ chat }));
 */
export const createChatApp = ({ remoteAddress = nodeAddress, ...options }: ChatAppOptions): Hono => {
  const dispatcher = createDispatcher(options);
  const app = new Hono();
  app.use(async (context, next) => {
    const answer = await dispatcher.handle(doorRequestOf(context, remoteAddress(context)));
    if (answer === null) return next();
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  });
  return app;
};
