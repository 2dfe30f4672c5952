import { connection } from "../chat/connection.ts";
import type { OutgoingEntry } from "../chat/entry.ts";
import { ClockIcon, WarningIcon } from "../design/icons.tsx";
import { LinkedText } from "../design/linked-text.tsx";
import { timeOfDay } from "../texts/moments.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";

export interface OutgoingMessageProps {
  readonly entry: OutgoingEntry;
  readonly joined: boolean;
  readonly onRetry: (id: string) => void;
  readonly onDiscard: (id: string) => void;
}

/** A message of one's own that is on its way, or did not arrive. */
export const OutgoingMessage = ({ entry, joined, onRetry, onDiscard }: OutgoingMessageProps) => {
  const { at, text, unsent } = entry;
  const { id, state, error } = unsent;
  const texts = t().conversation;
  const failed = state === "failed";
  const waiting = connection.value === "offline" && state !== "sent";
  return (
    <article class={`message mine${joined ? " joined" : ""}`}>
      <span class="visually-hidden">{t().common.you}</span>
      <div class={`bubble ${failed ? "failed" : "unsent"}`}>
        <LinkedText text={text} />
        {!failed && (
          <div class="message-meta">
            {waiting ? (
              <span>{texts.waitingForConnection}</span>
            ) : (
              <>
                <time dateTime={new Date(at).toISOString()}>{timeOfDay(at)}</time>
                <span class="visually-hidden">{state === "sent" ? texts.sent : texts.sending}</span>
              </>
            )}
            <ClockIcon size={16} />
          </div>
        )}
      </div>
      {failed && (
        <>
          <div class="message-meta failed">
            <WarningIcon size={14} />
            <span>{error === null ? texts.failed : texts.failedBecause(sentenceFor(error))}</span>
          </div>
          <div class="row end">
            <button type="button" class="button small" onClick={() => onRetry(id)}>
              {t().common.retry}
            </button>
            <button type="button" class="button small quiet" onClick={() => onDiscard(id)}>
              {texts.discard}
            </button>
          </div>
        </>
      )}
    </article>
  );
};
