import { sizes } from "@standin/core";
import { z } from "zod";
import { idSchema } from "../ids.ts";
import { generatorSchema } from "../message.ts";
import { filledText } from "../text.ts";
import { decisionSchema } from "./decision.ts";

/** `POST /standin/preview`: without `from`, as for somebody new. */
export const previewRequestSchema = z.object({ message: filledText(sizes.message), from: idSchema.optional() });

/** What the stand-in would do; `text` is null when nothing would be said. */
export const previewSchema = z
  .object({ decision: decisionSchema, text: z.string().nullable(), generator: generatorSchema.nullable() })
  .meta({ id: "Preview" });
