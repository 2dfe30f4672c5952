import type { Suggestion } from "@standin/client";
import { useState } from "preact/hooks";
import { dismissSuggestion, sendSuggestion } from "../chat/suggestions.ts";
import { AssistantIcon } from "../design/icons.tsx";
import { LinkedText } from "../design/linked-text.tsx";
import { toast } from "../design/toast.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

export interface DraftCardProps {
  readonly suggestion: Suggestion;
  /** Takes the text for editing; the draft itself is done with then. */
  readonly onEdit: (text: string) => void;
}

/** A draft of one's assistant, which nobody else sees: send it, change it, or throw it away. */
export const DraftCard = ({ suggestion, onEdit }: DraftCardProps) => {
  const [working, setWorking] = useState(false);
  const { id, text } = suggestion;
  const texts = t().standin;

  const act = async (action: (id: string) => Promise<void>): Promise<void> => {
    setWorking(true);
    try {
      await action(id);
    } catch (error) {
      toast(sentenceFor(error));
    } finally {
      setWorking(false);
    }
  };

  return (
    <section class="answer draft" aria-label={texts.draft}>
      <div class="answer-head">
        <AssistantIcon size={16} />
        <strong>{texts.draft}</strong>
      </div>
      <LinkedText text={text} />
      <div class="judge">
        <button type="button" class="button small primary" disabled={working} onClick={() => act(sendSuggestion)}>
          {texts.sendDraft}
        </button>
        <button
          type="button"
          class="button small"
          disabled={working}
          onClick={() => {
            onEdit(text);
            return act(dismissSuggestion);
          }}
        >
          {texts.editDraft}
        </button>
        <button type="button" class="button small" disabled={working} onClick={() => act(dismissSuggestion)}>
          {texts.dropDraft}
        </button>
      </div>
    </section>
  );
};
