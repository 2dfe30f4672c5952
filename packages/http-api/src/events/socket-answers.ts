import { z } from "zod";
import { type ErrorJson, errorSchema, toErrorJson } from "../errors.ts";
import { messageSchema } from "../schemas/message.ts";
import { userSchema } from "../schemas/user.ts";

/** The event was carried out, and there is nothing more to say. */
export const succeededSchema = z.object({ success: z.literal(true) });

/** `userLoggedIn`: who is logged in. */
export const loggedInSchema = succeededSchema.extend({ user: userSchema });

/** `sendMessage`: the message as it was stored. */
export const messageSentSchema = succeededSchema.extend({ message: z.literal("Message sent"), sent: messageSchema });

/** `getMessages`: oldest first. */
export const messagesReadSchema = succeededSchema.extend({ messages: z.array(messageSchema) });

/** `userStatusUpdate`. */
export const statusUpdatedSchema = succeededSchema.extend({ message: z.literal("Status updated") });

/** What a socket is answered when its event did not succeed: the body of an HTTP refusal, marked as one. */
export const refusalSchema = errorSchema.extend({ success: z.literal(false) }).meta({ id: "Refusal" });

export type RefusalJson = { readonly success: false } & ErrorJson;

/**
 * The answer to an event that did not succeed, from any error.
 *
 * @example
 * toRefusalJson(new ChatError("UNAUTHORIZED")); // { success: false, message: "You are not authorized", code: "UNAUTHORIZED" }
 */
export const toRefusalJson = (error: unknown): RefusalJson => ({ success: false, ...toErrorJson(error) });
