import type { Briefing, Id } from "@standin/core";
import { z } from "zod";
import { givenInstant, instantSchema, toInstantJson, toInstantOrNull } from "../ids.ts";
import { messageSchema, toMessageJson } from "../message.ts";
import { nextCursorSchema, pageQuerySchema } from "../paging.ts";
import { toUserJson, userSchema } from "../user.ts";

/** `GET /standin/briefing`: without `since`, of the caller's last period of BUSY. */
export const briefingQuerySchema = pageQuerySchema.extend({ since: givenInstant().optional() });

const count = z.int().min(0);

/** Who wrote while the caller was away, and what was said in the caller's name. `until`: null while the period runs. */
export const briefingSchema = z.object({
  since: instantSchema,
  until: instantSchema.nullable(),
  people: z.array(
    z
      .object({
        user: userSchema,
        messages: count,
        unread: count,
        urgent: z.boolean(),
        first: messageSchema,
        last: messageSchema,
        answers: z.array(messageSchema),
      })
      .meta({ id: "BriefingEntry" }),
  ),
  nextCursor: nextCursorSchema,
});

export type BriefingJson = z.infer<typeof briefingSchema>;

export const toBriefingJson = ({ since, until, people, nextCursor }: Briefing, viewer: Id): BriefingJson => ({
  since: toInstantJson(since),
  until: toInstantOrNull(until),
  people: people.map(({ user, messages, unread, urgent, first, last, answers }) => ({
    user: toUserJson(user),
    messages,
    unread,
    urgent,
    first: toMessageJson(first, viewer),
    last: toMessageJson(last, viewer),
    answers: answers.map((answer) => toMessageJson(answer, viewer)),
  })),
  nextCursor,
});
