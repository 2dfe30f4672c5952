import { sizes } from "@standin/core";
import { z } from "zod";
import { idSchema } from "./ids.ts";
import { digits, filledText } from "./text.ts";

/** How many entries at most. */
const limitSchema = digits(1, sizes.pageMax);

/** Where to go on: what an earlier page said, unread and unchanged. */
const cursorSchema = filledText(1_000);

/** `GET /conversations`. */
export const pageQuerySchema = z.object({ limit: limitSchema.optional(), cursor: cursorSchema.optional() });

/** `GET /users`. */
export const usersQuerySchema = pageQuerySchema.extend({ q: filledText(sizes.query).optional() });

/** `GET /messages`. Which of the three positions go together is the use case's to say. */
export const messagesQuerySchema = z.object({
  receiverId: idSchema,
  before: digits(0).optional(),
  after: digits(0).optional(),
  changedAfter: digits(0).optional(),
  limit: limitSchema.optional(),
});

export const nextCursorSchema = z.string().nullable();
