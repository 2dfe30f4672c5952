import {
  conversationsSchema,
  messagesSchema,
  readPositionSchema,
  sentSchema,
  toConversationsJson,
  toMessagesJson,
  toReadPositionJson,
} from "../schemas/answers.ts";
import { markReadSchema, sendMessageSchema, toMessageJson } from "../schemas/message.ts";
import { messagesQuerySchema, pageQuerySchema } from "../schemas/paging.ts";
import { defineRoute, type Route } from "./route.ts";

/** Conversations: writing, reading, and how far one has read. */
export const messageRoutes: readonly Route[] = [
  defineRoute({
    name: "sendMessage",
    summary: "Send a message; answered once it is stored",
    method: "POST",
    path: "/user/message",
    auth: true,
    body: sendMessageSchema,
    example: { to: "65f1c3a09b1e8d2f4c7a6b50", message: "Are you there?" },
    invalidMessage: "to and message are required",
    status: 200,
    limit: "none",
    errors: ["NOT_FOUND", "CONFLICT", "LIMITED"],
    response: sentSchema,
    call: async ({ chat, caller, body }) => {
      const sent = await chat.sendMessage(caller, body);
      return { message: "Message sent", sent: toMessageJson(sent, caller.userId) };
    },
  }),
  defineRoute({
    name: "readMessages",
    summary: "A part of the conversation with a user, oldest first",
    method: "GET",
    path: "/messages",
    auth: true,
    query: messagesQuerySchema,
    status: 200,
    limit: "calls",
    response: messagesSchema,
    call: async ({ chat, caller, query }) => {
      const { receiverId, ...page } = query;
      return toMessagesJson(await chat.readMessages(caller, { peer: receiverId, ...page }), caller.userId);
    },
  }),
  defineRoute({
    name: "markRead",
    summary: "Move the caller's read position forward",
    method: "POST",
    path: "/messages/read",
    auth: true,
    body: markReadSchema,
    example: { receiverId: "65f1c3a09b1e8d2f4c7a6b50", seq: 1 },
    status: 200,
    limit: "calls",
    response: readPositionSchema,
    call: async ({ chat, caller, body }) =>
      toReadPositionJson(await chat.markRead(caller, { peer: body.receiverId, seq: body.seq })),
  }),
  defineRoute({
    name: "listConversations",
    summary: "The caller's conversations, newest first",
    method: "GET",
    path: "/conversations",
    auth: true,
    query: pageQuerySchema,
    status: 200,
    limit: "calls",
    response: conversationsSchema,
    call: async ({ chat, caller, query }) =>
      toConversationsJson(await chat.listConversations(caller, query), caller.userId),
  }),
];
