import type { Conversation } from "@standin/client";
import type { Ref } from "preact";
import { useImperativeHandle, useLayoutEffect, useRef, useState } from "preact/hooks";
import { sendText } from "../chat/sending.ts";
import { SendIcon } from "../design/icons.tsx";
import { draftOf, keepDraft } from "../device/drafts.ts";
import { t } from "../texts/texts.ts";
import { charactersLeft, isNearLimit } from "./message-size.ts";

/** What others may do with what is being written. */
export interface ComposerControl {
  /** Puts a text in, in front of what is there, and the cursor behind it. */
  readonly insert: (text: string) => void;
}

export interface ComposerProps {
  readonly me: string;
  readonly conversation: Conversation;
  readonly name: string;
  readonly control: Ref<ComposerControl>;
  readonly onSent: () => void;
}

/** With a keyboard on the glass, Enter is the only way to a new line. */
const hasRealKeyboard = (): boolean => matchMedia("(hover: hover) and (pointer: fine)").matches;

/** Where one writes. What is begun is kept with every key. */
export const Composer = ({ me, conversation, name, control, onSent }: ComposerProps) => {
  const { peer } = conversation;
  const [text, setText] = useState(() => draftOf(me, peer));
  const box = useRef<HTMLTextAreaElement>(null);
  const texts = t().composer;
  const left = charactersLeft(text);
  const sendable = text.trim() !== "" && left >= 0;

  const write = (next: string): void => {
    setText(next);
    keepDraft(me, peer, next);
  };

  // As high as its text, up to a limit that the style sheet sets.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);

  useImperativeHandle(control, () => ({
    insert: (added) => {
      write(text.trim() === "" ? added : `${added}\n${text}`);
      box.current?.focus();
    },
  }));

  const send = (): void => {
    if (!sendable) return;
    sendText(me, conversation, text);
    write("");
    onSent();
    box.current?.focus();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-row">
        <textarea
          ref={box}
          class="input"
          dir="auto"
          rows={1}
          aria-label={texts.label(name)}
          aria-describedby="composer-hint composer-count"
          aria-invalid={left < 0}
          placeholder={texts.placeholder}
          enterkeyhint={hasRealKeyboard() ? "send" : "enter"}
          value={text}
          onInput={({ currentTarget }) => {
            write(currentTarget.value);
            if (currentTarget.value !== "") conversation.typing();
          }}
          onKeyDown={(event) => {
            // `isComposing`: Enter chooses a word of an input method.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasRealKeyboard()) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" class="button primary icon" aria-label={texts.send} disabled={!sendable}>
          <SendIcon />
        </button>
      </div>
      <span id="composer-hint" class="visually-hidden">
        {hasRealKeyboard() && texts.hint}
      </span>
      <span id="composer-count" class={`composer-count${left < 0 ? " problem" : ""}`} aria-live="polite">
        {isNearLimit(left) && (left < 0 ? texts.tooLong(-left) : texts.left(left))}
      </span>
    </form>
  );
};
