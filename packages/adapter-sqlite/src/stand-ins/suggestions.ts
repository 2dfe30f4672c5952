import type { StandInRepository } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { afterAllText } from "../database.ts";
import { insertInto } from "../rows/insert.ts";
import { type SuggestionRow, suggestionColumns, suggestionFrom, suggestionRow } from "../rows/suggestion.ts";

type Suggestions = Pick<StandInRepository, "suggest" | "findSuggestion" | "suggestions" | "endSuggestion">;

/** Drafts, in the table `suggestions`. */
export const createSuggestions = ({ prepare, read, write }: Access): Suggestions => {
  const insert = prepare(insertInto("suggestions", suggestionColumns));
  const replyTo = prepare("SELECT 1 FROM suggestions WHERE in_reply_to = ?");
  const noticeOf = prepare(
    "SELECT 1 FROM suggestions WHERE owner = ? AND conversation = ? AND period = ? AND notice = 1",
  );
  const byId = prepare<SuggestionRow>("SELECT * FROM suggestions WHERE id = ? AND owner = ?");
  const open = prepare<SuggestionRow>(
    "SELECT * FROM suggestions WHERE owner = ? AND state = 'open' AND id < ? ORDER BY id DESC LIMIT ?",
  );
  const end = prepare("UPDATE suggestions SET state = ? WHERE id = ? AND owner = ? AND state = 'open'");

  const first = (row: SuggestionRow | undefined) => (row === undefined ? null : suggestionFrom(row));

  return {
    suggest(suggestion) {
      const row = { ...suggestionRow(suggestion) };
      return write(() => {
        if (replyTo.get(row.in_reply_to) !== undefined) return "reply-taken";
        if (row.notice === 1 && noticeOf.get(row.owner, row.conversation, row.period) !== undefined)
          return "notice-taken";
        insert.run(row);
        return "stored";
      });
    },
    findSuggestion: (owner, id) => read(() => first(byId.get(id, owner))),
    suggestions: (owner, before, limit) =>
      read(() => open.all(owner, before ?? afterAllText, limit).map(suggestionFrom)),
    endSuggestion: (owner, id, state) =>
      write(() => {
        end.run(state, id, owner);
        return first(byId.get(id, owner));
      }),
  };
};
