import type { Suggestion, SuggestionList } from "@standin/core";
import { z } from "zod";
import { idJsonSchema, instantSchema, toInstantJson } from "../ids.ts";
import { generatorSchema } from "../message.ts";
import { nextCursorSchema } from "../paging.ts";

/** A draft that its owner alone sees. */
export const suggestionSchema = z
  .object({
    id: idJsonSchema,
    peer: idJsonSchema,
    inReplyTo: idJsonSchema,
    text: z.string(),
    generator: generatorSchema,
    at: instantSchema,
  })
  .meta({ id: "Suggestion" });

export type SuggestionJson = z.infer<typeof suggestionSchema>;

export const toSuggestionJson = ({ id, peer, inReplyTo, text, generator, at }: Suggestion): SuggestionJson => ({
  id,
  peer,
  inReplyTo,
  text,
  generator,
  at: toInstantJson(at),
});

/** `GET /standin/suggestions`: the open ones. */
export const suggestionsSchema = z.object({ suggestions: z.array(suggestionSchema), nextCursor: nextCursorSchema });
export type SuggestionsJson = z.infer<typeof suggestionsSchema>;

export const toSuggestionsJson = ({ suggestions, nextCursor }: SuggestionList): SuggestionsJson => ({
  suggestions: suggestions.map(toSuggestionJson),
  nextCursor,
});
