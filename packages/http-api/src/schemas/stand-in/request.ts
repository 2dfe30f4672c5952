import { z } from "zod";
import { idSchema } from "../ids.ts";

/** `false` is as good as left out: what was asked for cannot be taken back. */
const wish = z.boolean({ error: "must be true or false" }).optional();

/** `POST /standin/requests`: at least one of the two wishes. */
export const standInRequestSchema = z.object({ to: idSchema, messageOnly: wish, urgent: wish });
