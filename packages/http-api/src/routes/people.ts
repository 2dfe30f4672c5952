import { z } from "zod";
import { blocksSchema, doneSchema, toUsersJson, usersSchema } from "../schemas/answers.ts";
import { usersQuerySchema } from "../schemas/paging.ts";
import { updateStatusSchema } from "../schemas/status.ts";
import { text } from "../schemas/text.ts";
import { toUserJson } from "../schemas/user.ts";
import { defineRoute, type Route } from "./route.ts";

const userIdSchema = z.object({ userId: text() });

/** The other people: who they are, the caller's own status among them, and whom the caller does not want to hear from. */
export const peopleRoutes: readonly Route[] = [
  defineRoute({
    name: "listUsers",
    summary: "Everybody but the caller, in a stable order",
    method: "GET",
    path: "/users",
    auth: true,
    query: usersQuerySchema,
    status: 200,
    limit: "calls",
    response: usersSchema,
    call: async ({ chat, caller, query }) => toUsersJson(await chat.listUsers(caller, query)),
  }),
  defineRoute({
    name: "updateStatus",
    summary: "Set the caller's own status",
    method: "PATCH",
    path: "/user/update/status",
    auth: true,
    body: updateStatusSchema,
    example: { status: "BUSY", until: null, note: "Back at five" },
    invalidMessage: "Status is required and must be 'AVAILABLE' or 'BUSY'",
    status: 200,
    limit: "calls",
    userGone: "NOT_FOUND",
    response: doneSchema,
    call: async ({ chat, caller, body }) => {
      await chat.changeStatus(caller, body);
      return { message: "Status updated" };
    },
  }),
  defineRoute({
    name: "listBlocks",
    summary: "Whom the caller does not want to hear from",
    method: "GET",
    path: "/blocks",
    auth: true,
    status: 200,
    limit: "calls",
    response: blocksSchema,
    call: async ({ chat, caller }) => ({ blocks: (await chat.listBlocks(caller)).map(toUserJson) }),
  }),
  defineRoute({
    name: "block",
    summary: "Hear no more from a user, who cannot tell",
    method: "PUT",
    path: "/blocks/:userId",
    auth: true,
    params: userIdSchema,
    status: 200,
    limit: "calls",
    errors: ["NOT_FOUND"],
    response: doneSchema,
    call: async ({ chat, caller, params }) => {
      await chat.block(caller, params.userId);
      return { message: "User blocked" };
    },
  }),
  defineRoute({
    name: "unblock",
    summary: "Hear from a user again",
    method: "DELETE",
    path: "/blocks/:userId",
    auth: true,
    params: userIdSchema,
    status: 200,
    limit: "calls",
    response: doneSchema,
    call: async ({ chat, caller, params }) => {
      await chat.unblock(caller, params.userId);
      return { message: "User unblocked" };
    },
  }),
];
