import { sizes } from "@standin/core";
import { z } from "zod";
import { messageSchema, verdictSchema } from "../message.ts";
import { filledText } from "../text.ts";

/** `POST /standin/messages/:id/verdict`: `content` with `corrected`, and only then. */
export const judgeSchema = z.object({ verdict: verdictSchema, content: filledText(sizes.message).optional() });

export const judgedSchema = z.object({ message: z.string(), updated: messageSchema });
