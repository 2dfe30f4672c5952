import type { RequestListener } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
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
  const fail = (err: unknown): Response => {
    // Not even a URL could be made of the request.
    if (err instanceof RequestError) return toResponse(givenUp(400));
    options.logger?.error({ err }, "a request failed outside the API");
    return toResponse(givenUp(undefined));
  };
  app.onError(fail);
  return getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    // HTTP/1.0 has no Host, and a request needs some URL here. No page of a browser can come from this one.
    hostname: "host.invalid",
    errorHandler: fail,
  });
};
