import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createChatApp } from "@standin/adapter-hono";
import type { DoorOptions } from "@standin/http-api/dispatch";
import { Hono } from "hono";
import { givenUp, noSuchPath, type Refusal } from "./refusal.ts";

const toResponse = ({ status, headers, body }: Refusal): Response => Response.json(body, { status, headers });

/** The API in a Hono app of its own, with an answer for every other path. */
export const createHonoApp = (options: DoorOptions): RequestListener => {
  const app = new Hono();
  app.route("/", createChatApp(options));
  app.notFound(() => toResponse(noSuchPath));
  app.onError((err) => {
    options.logger?.error({ err }, "a request failed outside the API");
    return toResponse(givenUp(undefined));
  });
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
};
