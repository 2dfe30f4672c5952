import type { ChatEvent, Id, Message, UserView } from "@standin/core";
import { z } from "zod";
import { idJsonSchema, instantSchema, toInstantJson } from "../schemas/ids.ts";
import { type MessageJson, messageSchema, toMessageJson } from "../schemas/message.ts";
import { suggestionSchema } from "../schemas/stand-in/suggestions.ts";
import { statusSchema } from "../schemas/status.ts";
import { toUserJson } from "../schemas/user.ts";
import { messageSentSchema, messagesReadSchema, refusalSchema } from "./socket-answers.ts";

/** Something that the server sends of its own accord, or as the answer to an event without an acknowledgement. */
export interface ServerEvent<Payload = unknown> {
  readonly schema: z.ZodType<Payload>;
  /** When it is sent and to whom, for the documentation. */
  readonly when: string;
}

const event = <Payload>(when: string, schema: z.ZodType<Payload>): ServerEvent<Payload> => ({ schema, when });

const seq = z.int().min(0);
const retryAfterMs = z.int().min(0);

/** Every event that the server sends, by name. */
export const serverEvents = {
  incomingMessage: event(
    "Somebody else wrote to this user; on each of the user's devices",
    messageSchema.extend({ from: idJsonSchema }).meta({ id: "IncomingMessage" }),
  ),
  messageSent: event("This user wrote, from another device or through the user's stand-in", messageSchema),
  messageUpdated: event("A message of one of this user's conversations changed", messageSchema),
  messagesRead: event(
    "`userId` has read up to `seq` in the conversation with `peer`; to the other person and the reader's other devices",
    z.object({ userId: idJsonSchema, peer: idJsonSchema, seq }),
  ),
  typing: event("Somebody is typing a message to this user", z.object({ from: idJsonSchema })),
  standinTyping: event(
    "The assistant of `from` works on an answer to a message of this user's",
    z.object({ from: idJsonSchema, inReplyTo: idJsonSchema }),
  ),
  standinSuggestion: event("This user's assistant made a draft, which nobody else sees", suggestionSchema),
  standinUrgent: event(
    "Somebody asks that this user, who is BUSY, be told at once",
    z.object({ from: idJsonSchema, at: instantSchema }),
  ),
  userStatusUpdated: event(
    "A user's status, the end of BUSY or its note changed, through whichever door",
    z.object({
      userId: idJsonSchema,
      status: statusSchema,
      username: z.string(),
      prevstatus: statusSchema,
      connected: z.boolean(),
      busySince: instantSchema.nullable(),
      busyUntil: instantSchema.nullable(),
      busyNote: z.string().nullable(),
    }),
  ),
  resync: event("Changes of status were left out for a reader that was behind: read the lists again", z.object({})),
  draining: event("This server is about to stop: connect again after `retryAfterMs`", z.object({ retryAfterMs })),
  messageResponse: event(
    "The answer to `sendMessage` without an acknowledgement",
    z.discriminatedUnion("success", [messageSentSchema, refusalSchema]),
  ),
  messages: event(
    "The answer to `getMessages` without an acknowledgement",
    z.discriminatedUnion("success", [messagesReadSchema, refusalSchema]),
  ),
} as const;

export type ServerEventName = keyof typeof serverEvents;

/** What the event of that name carries. */
export type ServerEventPayload<Name extends ServerEventName> =
  (typeof serverEvents)[Name] extends ServerEvent<infer Payload> ? Payload : never;

/** The listeners of a client, in the form in which Socket.IO's types want them. */
export type ServerToClientEvents = {
  [Name in ServerEventName]: (payload: ServerEventPayload<Name>) => void;
};

/** `incomingMessage`: the message as its recipient sees it, and who wrote it. */
export const toIncomingMessageJson = (message: Message): MessageJson & { readonly from: Id } => ({
  ...toMessageJson(message, message.recipient),
  from: message.sender,
});

/** `messagesRead`. */
export const toMessagesReadJson = ({
  reader,
  peer,
  seq: upTo,
}: Extract<ChatEvent, { type: "messages-read" }>): ServerEventPayload<"messagesRead"> => ({
  userId: reader,
  peer,
  seq: upTo,
});

/** `standinTyping`. */
export const toStandInTypingJson = ({
  owner,
  inReplyTo,
}: Extract<ChatEvent, { type: "stand-in-typing" }>): ServerEventPayload<"standinTyping"> => ({
  from: owner,
  inReplyTo,
});

/** `standinUrgent`. */
export const toUrgentJson = ({
  from,
  at,
}: Extract<ChatEvent, { type: "urgent" }>): ServerEventPayload<"standinUrgent"> => ({
  from,
  at: toInstantJson(at),
});

/** `userStatusUpdated`: the user without what is not news. */
export const toUserStatusJson = (view: UserView): ServerEventPayload<"userStatusUpdated"> => {
  const { id, username, status, prevstatus, connected, busySince, busyUntil, busyNote } = toUserJson(view);
  return { userId: id, status, username, prevstatus, connected, busySince, busyUntil, busyNote };
};
