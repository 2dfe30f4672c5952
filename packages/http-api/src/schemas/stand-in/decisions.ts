import type { DecisionList } from "@standin/core";
import { z } from "zod";
import { idJsonSchema, instantSchema, toInstantJson } from "../ids.ts";
import { generatorSchema } from "../message.ts";
import { nextCursorSchema } from "../paging.ts";
import { decisionSchema } from "./decision.ts";

/** `GET /standin/decisions`: `trigger` and `answer` are messages, `detail` says why a provider gave no answer. */
export const decisionsSchema = z.object({
  decisions: z.array(
    z
      .object({
        at: instantSchema,
        peer: idJsonSchema,
        trigger: idJsonSchema,
        decision: decisionSchema,
        answer: idJsonSchema.nullable(),
        generator: generatorSchema.nullable(),
        detail: z.string().nullable(),
      })
      .meta({ id: "DecisionRecord" }),
  ),
  nextCursor: nextCursorSchema,
});

export type DecisionsJson = z.infer<typeof decisionsSchema>;

export const toDecisionsJson = ({ decisions, nextCursor }: DecisionList): DecisionsJson => ({
  decisions: decisions.map(({ at, peer, trigger, decision, answer, generator, detail }) => ({
    at: toInstantJson(at),
    peer,
    trigger,
    decision,
    answer,
    generator,
    detail,
  })),
  nextCursor,
});
