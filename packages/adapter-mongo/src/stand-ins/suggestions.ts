import type { StandInRepository } from "@standin/core/ports";
import { type Access, findList } from "../access.ts";
import { type SuggestionDocument, suggestionDocument, suggestionFrom } from "../documents/suggestion.ts";
import { takenIndexOf } from "../driver-error.ts";
import { indexNames } from "../indexes.ts";
import { isThe, toObjectId } from "../values.ts";

type Suggestions = Pick<StandInRepository, "suggest" | "findSuggestion" | "suggestions" | "endSuggestion">;

const first = (document: SuggestionDocument | null) => (document === null ? null : suggestionFrom(document));

/** Drafts, in the collection `standin_suggestions`. */
export const createSuggestions = ({ suggestions, run, settle }: Access): Suggestions => ({
  suggest: (suggestion) =>
    run(async (time) => {
      try {
        await suggestions.insertOne(suggestionDocument(suggestion), time.options());
        return "stored";
      } catch (error) {
        const taken = takenIndexOf(error);
        if (taken === null) throw error;
        await settle(time);
        // Which of several taken keys a server names is its own choice; the message that is answered comes first.
        if (taken === indexNames.draft) return "reply-taken";
        const answered = { inReplyTo: isThe(suggestion.inReplyTo) };
        if ((await suggestions.findOne(answered, time.options())) !== null) return "reply-taken";
        if (taken === indexNames.fixedDraft) return "notice-taken";
        throw error;
      }
    }),
  findSuggestion: (owner, id) =>
    run(async (time) => first(await suggestions.findOne({ _id: isThe(id), owner: isThe(owner) }, time.options()))),
  suggestions: (owner, before, limit) =>
    run(async (time) => {
      const older = before === null ? {} : { _id: { $lt: toObjectId(before) } };
      const filter = { owner: isThe(owner), state: { $eq: "open" as const }, ...older };
      return (await findList(suggestions, filter, { sort: { _id: -1 }, limit, time })).map(suggestionFrom);
    }),
  endSuggestion: (owner, id, state) =>
    run(async (time) => {
      const own = { _id: isThe(id), owner: isThe(owner) };
      const ended = await suggestions.findOneAndUpdate(
        { ...own, state: { $eq: "open" as const } },
        { $set: { state } },
        { returnDocument: "after", ...time.options() },
      );
      if (ended !== null) return suggestionFrom(ended);
      const found = first(await suggestions.findOne(own, time.options()));
      if (found !== null) await settle(time);
      return found;
    }),
});
