import { useState } from "preact/hooks";
import { Dialog } from "../design/dialog.tsx";
import { Field } from "../design/field.tsx";
import { t } from "../texts/texts.ts";
import { charactersLeft } from "./message-size.ts";

export interface CorrectDialogProps {
  /** What was said. */
  readonly text: string;
  readonly onClose: () => void;
  /** Resolves with whether it was taken; the text stays if not. */
  readonly onCorrect: (content: string) => Promise<boolean>;
}

/** Takes the owner's own text in place of what was said for them. */
export const CorrectDialog = ({ text, onClose, onCorrect }: CorrectDialogProps) => {
  const [content, setContent] = useState(text);
  const texts = t().standin;
  const left = charactersLeft(content);
  const submit = (event: Event) => {
    event.preventDefault();
    if (content.trim() !== "" && left >= 0) return onCorrect(content);
  };
  return (
    <Dialog title={texts.correctTitle} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <Field
          label={texts.correctLabel}
          hint={texts.correctHint}
          problem={left < 0 ? t().composer.tooLong(-left) : null}
        >
          {(control) => (
            <textarea
              {...control}
              class="input"
              dir="auto"
              rows={5}
              value={content}
              onInput={({ currentTarget }) => setContent(currentTarget.value)}
            />
          )}
        </Field>
        <div class="row end">
          <button type="button" class="button" onClick={onClose}>
            {t().common.cancel}
          </button>
          <button type="submit" class="button primary" disabled={content.trim() === "" || left < 0}>
            {texts.correct}
          </button>
        </div>
      </form>
    </Dialog>
  );
};
