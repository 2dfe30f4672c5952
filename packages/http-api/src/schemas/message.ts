import { type Id, type Message, sizes } from "@standin/core";
import { z } from "zod";
import { idJsonSchema, idSchema, instantSchema, toInstantJson } from "./ids.ts";
import { filledText, text, wholeNumber } from "./text.ts";

/** An id that a client gives a send, so that it can repeat it safely. */
export const clientMsgIdSchema = text().regex(new RegExp(`^[A-Za-z0-9_-]{1,${sizes.clientMsgId}}$`), {
  error: `must be 1 to ${sizes.clientMsgId} of the characters A-Z a-z 0-9 _ -`,
});

/** What a send takes, over HTTP and over a socket. `to` is any string: one that is no user's id is "User not found". */
export const sendMessageSchema = z.object({
  to: text().min(1, { error: "is required" }),
  message: filledText(sizes.message),
  clientMsgId: clientMsgIdSchema.optional(),
});

/** `POST /messages/read`. */
export const markReadSchema = z.object({ receiverId: idSchema, seq: wholeNumber(0) });

/** What wrote a stand-in's message. */
export const generatorSchema = z
  .union([
    z.object({ provider: z.literal("template") }),
    z.object({ provider: z.enum(["gemini", "openai"]), model: z.string() }),
  ])
  .meta({ id: "Generator" });

/** What the owner has said of a stand-in's message since. */
export const verdictSchema = z
  .enum(["unconfirmed", "confirmed", "corrected", "withdrawn"], {
    error: ({ input }) =>
      input === undefined ? "is required" : "must be one of unconfirmed, confirmed, corrected, withdrawn",
  })
  .meta({ id: "Verdict" });

/** A message as the API answers it: five documented fields, and ours after them. */
export const messageSchema = z
  .object({
    _id: idJsonSchema,
    sender: idJsonSchema,
    recipient: idJsonSchema,
    content: z.string(),
    timestamp: instantSchema,
    seq: z.int().min(1),
    origin: z.enum(["person", "standin", "system"]),
    clientMsgId: z.string().optional(),
    rev: z.int().min(1).optional(),
    blocked: z.literal(true).optional(),
    onBehalfOf: idJsonSchema.optional(),
    label: z.string().optional(),
    inReplyTo: idJsonSchema.optional(),
    generator: generatorSchema.optional(),
    verdict: verdictSchema.optional(),
    notice: z.boolean().optional(),
    previousContent: z.string().optional(),
  })
  .meta({ id: "Message" });

export type MessageJson = z.infer<typeof messageSchema>;

/** What an earlier text was: everybody sees it of a corrected message, of a withdrawn one only the person it was said for. */
const showsPreviousContent = ({ verdict, sender }: Message, viewer: Id): boolean =>
  verdict === "corrected" || (verdict === "withdrawn" && viewer === sender);

/**
 * What the wire says of a message to one of its two people. A sender cannot tell from it that they are blocked, and a
 * client's own id of a send goes back to its sender alone.
 *
 * @example
 * toMessageJson(message, caller.userId); // { _id: "65f…", sender: "65e…", recipient: "65d…", content: "Hi", timestamp: "2026-…", seq: 1, origin: "person" }
 */
export const toMessageJson = (message: Message, viewer: Id): MessageJson => {
  const { clientMsgId, rev, inReplyTo, generator, previousContent } = message;
  const isStandIn = message.origin === "standin";
  return {
    _id: message.id,
    sender: message.sender,
    recipient: message.recipient,
    content: message.content,
    timestamp: toInstantJson(message.at),
    seq: message.seq,
    origin: message.origin,
    ...(clientMsgId !== null && message.origin === "person" && viewer === message.sender && { clientMsgId }),
    ...(rev !== null && { rev }),
    ...(message.blocked && viewer === message.recipient && { blocked: true as const }),
    ...(isStandIn && { onBehalfOf: message.sender, notice: message.notice }),
    ...(isStandIn && message.label !== null && { label: message.label }),
    ...(inReplyTo !== null && { inReplyTo }),
    ...(generator !== null && { generator }),
    ...(isStandIn && message.verdict !== null && { verdict: message.verdict }),
    ...(previousContent !== null && showsPreviousContent(message, viewer) && { previousContent }),
  };
};
