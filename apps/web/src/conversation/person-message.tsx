import type { MessageEntry } from "../chat/entry.ts";
import { AssistantIcon, ReadIcon, SentIcon } from "../design/icons.tsx";
import { LinkedText } from "../design/linked-text.tsx";
import { fullMoment, timeOfDay } from "../texts/moments.ts";
import { t } from "../texts/texts.ts";

export interface PersonMessageProps {
  readonly entry: MessageEntry;
  readonly joined: boolean;
  readonly found: boolean;
  readonly name: string;
}

/** What a person wrote, the other one or oneself. */
export const PersonMessage = ({ entry, joined, found, name }: PersonMessageProps) => {
  const { mine, at, text, message, read } = entry;
  const texts = t().conversation;
  return (
    <article class={`message${mine ? " mine" : ""}${joined ? " joined" : ""}${found ? " found" : ""}`}>
      <span class="visually-hidden">{mine ? t().common.you : name}</span>
      <div class="bubble">
        <LinkedText text={text} />
        <div class={`message-meta${read ? " read" : ""}`}>
          {message.inReplyTo !== undefined && message.generator !== undefined && (
            <>
              <AssistantIcon size={14} />
              <span>{t().standin.draftSent}</span>
            </>
          )}
          {message.blocked === true && <span>{texts.blockedMessage}</span>}
          <time dateTime={new Date(at).toISOString()} title={fullMoment(at)}>
            {timeOfDay(at)}
          </time>
          {mine && (read ? <ReadIcon size={16} /> : <SentIcon size={16} />)}
          {mine && <span class="visually-hidden">{read ? texts.read : texts.sent}</span>}
        </div>
      </div>
    </article>
  );
};
