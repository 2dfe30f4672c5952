import { ChatError, type Id, type StandInRepository, type Suggestion } from "@standin/core/ports";
import { firstOf } from "../first-of.ts";
import { SortedKeys } from "../sorted-keys.ts";

type Suggestions = Pick<StandInRepository, "suggest" | "findSuggestion" | "suggestions" | "endSuggestion">;

const copyOf = (suggestion: Suggestion): Suggestion => ({ ...suggestion, generator: { ...suggestion.generator } });

/** Of the drafts with one such key one may be fixed text. */
const noticeKey = ({ owner, conversation, period }: Suggestion): string => `${owner} ${conversation} ${period}`;

/** Drafts for their owners. Those that ended are kept: what they answered is never drafted again. */
export const createSuggestions = (): Suggestions & { forgetSuggestions(userId: Id): void } => {
  const suggestions = new Map<Id, Suggestion>();
  const answered = new Set<Id>();
  const notices = new Set<string>();
  /** Owner → the ids of the open ones. */
  const open = new Map<Id, SortedKeys>();

  const own = (owner: Id, id: Id): Suggestion | undefined => {
    const found = suggestions.get(id);
    return found?.owner === owner ? found : undefined;
  };

  return {
    async suggest(suggestion) {
      const { id, owner, inReplyTo, notice, state } = suggestion;
      if (answered.has(inReplyTo)) return "reply-taken";
      if (notice && notices.has(noticeKey(suggestion))) return "notice-taken";
      if (suggestions.has(id)) throw new ChatError("CONFLICT");
      suggestions.set(id, copyOf(suggestion));
      answered.add(inReplyTo);
      if (notice) notices.add(noticeKey(suggestion));
      const ids = open.get(owner) ?? new SortedKeys();
      open.set(owner, ids);
      if (state === "open") ids.add(id);
      return "stored";
    },

    async findSuggestion(owner, id) {
      const found = own(owner, id);
      return found === undefined ? null : copyOf(found);
    },

    async suggestions(owner, before, limit) {
      return firstOf(open.get(owner)?.before(before) ?? [], limit).flatMap((id) => {
        const found = suggestions.get(id);
        return found === undefined ? [] : copyOf(found);
      });
    },

    async endSuggestion(owner, id, state) {
      const found = own(owner, id);
      if (found === undefined) return null;
      const ended: Suggestion = found.state === "open" ? { ...found, state } : found;
      suggestions.set(id, ended);
      open.get(owner)?.delete(id);
      return copyOf(ended);
    },

    forgetSuggestions(userId) {
      for (const [id, suggestion] of suggestions) {
        const { owner, peer, inReplyTo, notice } = suggestion;
        if (owner !== userId && peer !== userId) continue;
        suggestions.delete(id);
        answered.delete(inReplyTo);
        if (notice) notices.delete(noticeKey(suggestion));
        open.get(owner)?.delete(id);
      }
      open.delete(userId);
    },
  };
};
