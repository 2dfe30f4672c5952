import type { ConversationList, Id, MessageList, ReadPosition, UserList } from "@standin/core";
import { z } from "zod";
import { messageSchema, toMessageJson } from "./message.ts";
import { nextCursorSchema } from "./paging.ts";
import { toUserJson, userSchema } from "./user.ts";

const position = z.int().min(0);

/** A sentence that says what was done. */
export const doneSchema = z.object({ message: z.string() });

/** `POST /user/message`. */
export const sentSchema = z.object({ message: z.string(), sent: messageSchema });

export const usersSchema = z.object({ users: z.array(userSchema), nextCursor: nextCursorSchema });
export type UsersJson = z.infer<typeof usersSchema>;

export const toUsersJson = ({ users, nextCursor }: UserList): UsersJson => ({
  users: users.map(toUserJson),
  nextCursor,
});

export const messagesSchema = z.object({
  messages: z.array(messageSchema),
  hasMore: z.boolean(),
  lastSeq: position,
  lastRev: position,
  readSeq: position,
  peerReadSeq: position,
  epoch: z.string(),
});
export type MessagesJson = z.infer<typeof messagesSchema>;

export const toMessagesJson = (list: MessageList, viewer: Id): MessagesJson => ({
  messages: list.messages.map((message) => toMessageJson(message, viewer)),
  hasMore: list.hasMore,
  lastSeq: list.lastSeq,
  lastRev: list.lastRev,
  readSeq: list.readSeq,
  peerReadSeq: list.peerReadSeq,
  epoch: list.epoch,
});

export const conversationsSchema = z.object({
  conversations: z.array(
    z
      .object({
        user: userSchema,
        lastSeq: position,
        lastRev: position,
        readSeq: position,
        unread: position,
        lastMessage: messageSchema.nullable(),
      })
      .meta({ id: "Conversation" }),
  ),
  epoch: z.string(),
  nextCursor: nextCursorSchema,
});
export type ConversationsJson = z.infer<typeof conversationsSchema>;

export const toConversationsJson = (list: ConversationList, viewer: Id): ConversationsJson => ({
  conversations: list.conversations.map(({ user, lastSeq, lastRev, readSeq, unread, lastMessage }) => ({
    user: toUserJson(user),
    lastSeq,
    lastRev,
    readSeq,
    unread,
    lastMessage: lastMessage === null ? null : toMessageJson(lastMessage, viewer),
  })),
  epoch: list.epoch,
  nextCursor: list.nextCursor,
});

export const readPositionSchema = z.object({ readSeq: position, unread: position });
export type ReadPositionJson = z.infer<typeof readPositionSchema>;

export const toReadPositionJson = ({ readSeq, unread }: ReadPosition): ReadPositionJson => ({ readSeq, unread });

export const blocksSchema = z.object({ blocks: z.array(userSchema) });

export const healthSchema = z.object({ status: z.literal("ok") });
export type HealthJson = z.infer<typeof healthSchema>;
