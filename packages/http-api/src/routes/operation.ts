import { ChatError } from "@standin/core";
import { type HealthJson, healthSchema } from "../schemas/answers.ts";
import { defineRoute, type Route } from "./route.ts";

const ok: HealthJson = { status: "ok" };

/** What whoever runs the server asks: does the process live, and may it be sent requests. */
export const operationRoutes: readonly Route[] = [
  defineRoute({
    name: "health",
    summary: "Does the process live?",
    method: "GET",
    path: "/healthz",
    auth: false,
    status: 200,
    limit: "none",
    response: healthSchema,
    call: async () => ok,
  }),
  defineRoute({
    name: "ready",
    summary: "Does the server take work, and does the store answer?",
    method: "GET",
    path: "/readyz",
    auth: false,
    status: 200,
    limit: "none",
    errors: ["UNAVAILABLE"],
    response: healthSchema,
    call: async ({ chat, ready }) => {
      if (!ready) throw new ChatError("UNAVAILABLE", { message: "Not ready" });
      await chat.ping();
      return ok;
    },
  }),
];
