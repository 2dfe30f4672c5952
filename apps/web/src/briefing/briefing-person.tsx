import type { BriefingEntry, Message } from "@standin/client";
import { entryOf } from "../chat/entry.ts";
import { myself } from "../chat/session.ts";
import { Answer } from "../conversation/assistant-message.tsx";
import { Avatar } from "../design/avatar.tsx";
import { UrgentIcon } from "../design/icons.tsx";
import { conversationAddress, goTo } from "../shell/route.ts";
import { timeOfDay } from "../texts/moments.ts";
import { t } from "../texts/texts.ts";

export interface BriefingPersonProps {
  readonly entry: BriefingEntry;
  readonly onJudged: (updated: Message) => void;
}

const Said = ({ label, message }: { readonly label: string; readonly message: Message }) => (
  <a class="said" href={conversationAddress(message.sender, message._id)}>
    <span class="said-when">
      {label}, {timeOfDay(Date.parse(message.timestamp))}
    </span>
    <span class="said-text" dir="auto">
      {message.content}
    </span>
  </a>
);

/** One person of the briefing: what they wrote, and what was said to them. Each leads to the message itself. */
export const BriefingPerson = ({ entry, onJudged }: BriefingPersonProps) => {
  const { user, messages, unread, urgent, first, last, answers } = entry;
  const me = myself().id;
  const texts = t().briefing;
  const questions = new Map([first, last].map((message) => [message._id, message.content]));
  return (
    <li class="card">
      <div class="briefing-head">
        <Avatar id={user.id} name={user.username} />
        <div class="who">
          <h2 dir="auto">{user.username}</h2>
          <p class="row">
            {urgent && (
              <span class="badge busy">
                <UrgentIcon size={14} />
                {texts.urgent}
              </span>
            )}
            <span class="badge plain">{texts.messages(messages)}</span>
            {unread > 0 && <span class="badge good">{texts.unread(unread)}</span>}
          </p>
        </div>
        <a class="button" href={conversationAddress(user.id)} aria-label={texts.openWith(user.username)}>
          {texts.open}
        </a>
      </div>
      <div class="stack">
        <Said label={texts.first} message={first} />
        {last._id !== first._id && <Said label={texts.last} message={last} />}
      </div>
      {answers.length === 0 ? (
        <p class="muted small">{texts.saidNothing}</p>
      ) : (
        <div class="stack">
          <h3 class="legend">{texts.said}</h3>
          {answers.map((answer) => {
            const line = entryOf({ key: answer._id, message: answer, unsent: null }, me, 0);
            const { inReplyTo } = answer;
            return (
              line.kind === "message" && (
                <Answer
                  key={answer._id}
                  entry={line}
                  name={user.username}
                  question={inReplyTo === undefined ? null : (questions.get(inReplyTo) ?? null)}
                  onQuestion={inReplyTo === undefined ? null : () => goTo(conversationAddress(user.id, inReplyTo))}
                  onJudged={onJudged}
                />
              )
            );
          })}
        </div>
      )}
    </li>
  );
};
