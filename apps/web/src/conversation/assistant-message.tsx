import type { Message } from "@standin/client";
import type { MessageEntry } from "../chat/entry.ts";
import { AssistantIcon, ReplyIcon } from "../design/icons.tsx";
import { LinkedText } from "../design/linked-text.tsx";
import { fullMoment, timeOfDay } from "../texts/moments.ts";
import { t } from "../texts/texts.ts";
import { Judge } from "./judge.tsx";
import { VerdictLine } from "./verdict-line.tsx";

export interface AnswerProps {
  readonly entry: MessageEntry;
  /** The other person's name. */
  readonly name: string;
  /** The text that was answered, where it is at hand. */
  readonly question: string | null;
  /** Shows that message; null: it is not at hand. */
  readonly onQuestion: (() => void) | null;
  readonly onJudged?: (updated: Message) => void;
}

/** Who or what wrote it, for people. */
const writtenBy = ({ generator }: Message): string | null => {
  if (generator === undefined) return null;
  return generator.provider === "template" ? t().standin.byTemplate : t().standin.byModel(generator.model);
};

/** What an assistant said: whose it is, what it answers, by what it was written, and what its owner says of it. */
export const Answer = ({ entry, name, question, onQuestion, onJudged }: AnswerProps) => {
  const { message, mine, at, text } = entry;
  const texts = t().standin;
  const withdrawn = message.verdict === "withdrawn";
  const by = writtenBy(message);
  const quoted = question ?? texts.answersGone;
  return (
    <div class="answer">
      <div class="answer-head">
        <AssistantIcon size={16} />
        <strong dir="auto">{mine ? texts.yours : texts.badge(name)}</strong>
        <span class="tag">{texts.automatic}</span>
      </div>
      {message.inReplyTo !== undefined &&
        (onQuestion === null ? (
          <div class="quote">
            <ReplyIcon size={14} />
            <span dir="auto">{quoted}</span>
          </div>
        ) : (
          <button type="button" class="quote" onClick={onQuestion}>
            <ReplyIcon size={14} />
            <span class="visually-hidden">{texts.answers}</span>
            <span dir="auto">{quoted}</span>
          </button>
        ))}
      {withdrawn ? <p class="muted">{texts.withdrawnText}</p> : <LinkedText text={text} />}
      {message.previousContent !== undefined && (
        <details class="earlier">
          <summary>{texts.before}</summary>
          <p class="text" dir="auto">
            {message.previousContent}
          </p>
        </details>
      )}
      <div class="answer-foot">
        <time dateTime={new Date(at).toISOString()} title={fullMoment(at)}>
          {timeOfDay(at)}
        </time>
        {by !== null && <span>{by}</span>}
        <VerdictLine verdict={message.verdict ?? "unconfirmed"} name={mine ? null : name} />
      </div>
      {mine && <Judge message={message} name={name} {...(onJudged !== undefined && { onJudged })} />}
    </div>
  );
};

/** An assistant's message in a conversation. */
export const AssistantMessage = ({ found, ...props }: AnswerProps & { readonly found: boolean }) => (
  <article class={`message${props.entry.mine ? " mine" : ""}${found ? " found" : ""}`}>
    <Answer {...props} />
  </article>
);
