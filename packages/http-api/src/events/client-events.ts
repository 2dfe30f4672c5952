import { ChatError, sizes } from "@standin/core";
import { z } from "zod";
import { idSchema } from "../schemas/ids.ts";
import { sendMessageSchema, toMessageJson } from "../schemas/message.ts";
import { noteSchema, untilSchema } from "../schemas/status.ts";
import { filledText, text, wholeNumber } from "../schemas/text.ts";
import { toUserJson } from "../schemas/user.ts";
import { type ClientEvent, defineClientEvent } from "./client-event.ts";
import {
  loggedInSchema,
  messageSentSchema,
  messagesReadSchema,
  statusUpdatedSchema,
  succeededSchema,
} from "./socket-answers.ts";

/** What `userLoggedIn` carries: `token` where the handshake brought none. */
export const logInSchema = z.object({ userId: filledText(64), token: text().nullable().optional() });

const userLoggedIn = defineClientEvent({
  event: "userLoggedIn",
  summary: "Log in on this connection; allowed again, and then without effect",
  payload: logInSchema,
  needsLogin: false,
  limit: "calls",
  answerEvent: null,
  answer: loggedInSchema,
  call: async ({ chat, caller, payload }) => {
    if (payload.userId !== caller.userId) throw new ChatError("UNAUTHORIZED");
    return { success: true, user: toUserJson(await chat.me(caller)) } as const;
  },
});

const sendMessage = defineClientEvent({
  event: "sendMessage",
  summary: "Send a message; answered once it is stored",
  payload: sendMessageSchema,
  invalidMessage: "to and message are required",
  needsLogin: true,
  limit: "none",
  answerEvent: "messageResponse",
  answer: messageSentSchema,
  lane: ({ to }) => `to ${to}`,
  call: async ({ chat, caller, payload, via }) => {
    const sent = await chat.sendMessage(caller, payload, via);
    return { success: true, message: "Message sent", sent: toMessageJson(sent, caller.userId) } as const;
  },
});

const getMessages = defineClientEvent({
  event: "getMessages",
  summary: "The newest messages of a conversation of the caller's",
  payload: z.object({ from: idSchema, to: idSchema }),
  needsLogin: true,
  limit: "calls",
  answerEvent: "messages",
  answer: messagesReadSchema,
  call: async ({ chat, caller, payload: { from, to } }) => {
    if (from !== caller.userId && to !== caller.userId) throw new ChatError("UNAUTHORIZED");
    const peer = from === caller.userId ? to : from;
    const { messages } = await chat.readMessages(caller, { peer, limit: sizes.pageMax });
    return { success: true, messages: messages.map((message) => toMessageJson(message, caller.userId)) } as const;
  },
});

const userStatusUpdate = defineClientEvent({
  event: "userStatusUpdate",
  summary: "Set the caller's own status",
  payload: z.object({
    status: z.enum(["AVAILABLE", "BUSY", "ONLINE"], { error: "must be 'AVAILABLE', 'BUSY' or 'ONLINE'" }),
    until: untilSchema,
    note: noteSchema,
  }),
  invalidMessage: "Status is required and must be 'AVAILABLE', 'BUSY' or 'ONLINE'",
  needsLogin: true,
  limit: "calls",
  answerEvent: null,
  answer: statusUpdatedSchema,
  lane: () => "status",
  call: async ({ chat, caller, payload }) => {
    await chat.changeStatus(caller, payload);
    return { success: true, message: "Status updated" } as const;
  },
});

const markRead = defineClientEvent({
  event: "markRead",
  summary: "Move the caller's read position forward",
  payload: z.object({ peer: idSchema, seq: wholeNumber(0) }),
  needsLogin: true,
  limit: "calls",
  answerEvent: null,
  answer: succeededSchema,
  call: async ({ chat, caller, payload, via }) => {
    await chat.markRead(caller, payload, via);
    return { success: true } as const;
  },
});

const typing = defineClientEvent({
  event: "typing",
  summary: "Tell the other person that the caller is typing",
  payload: z.object({ to: idSchema }),
  needsLogin: true,
  limit: "none",
  answerEvent: null,
  answer: succeededSchema,
  call: async ({ chat, caller, payload }) => {
    await chat.typing(caller, payload);
    return { success: true } as const;
  },
});

/** Every event that a client may send. */
export const clientEvents: readonly ClientEvent[] = [
  userLoggedIn,
  sendMessage,
  getMessages,
  userStatusUpdate,
  markRead,
  typing,
];
