import type { ConversationSummary, Message } from "@standin/client";
import { person } from "../chat/conversations.ts";
import { withoutLabel } from "../chat/entry.ts";
import { myself } from "../chat/session.ts";
import { typingOf } from "../chat/typing.ts";
import { Avatar } from "../design/avatar.tsx";
import { AssistantIcon, WarningIcon } from "../design/icons.tsx";
import { draftOf, draftsTurn } from "../device/drafts.ts";
import { now } from "../shell/now.ts";
import { conversationAddress } from "../shell/route.ts";
import { PresenceDot, presenceOf, presenceText } from "../status/presence.tsx";
import { shortMoment } from "../texts/moments.ts";
import { t } from "../texts/texts.ts";

export interface ConversationLinkProps {
  readonly summary: ConversationSummary;
  readonly current: boolean;
}

/** The newest message in one line. */
const lineOf = (message: Message, me: string): string => {
  const texts = t().conversations;
  const mine = message.sender === me;
  if (message.verdict === "withdrawn") return texts.withdrawn;
  if (message.origin === "standin")
    return mine ? texts.yourAssistant(withoutLabel(message)) : texts.assistant(withoutLabel(message));
  return mine ? texts.you(message.content) : message.content;
};

/** One conversation in the list: who, how they are, what was said last, how much is new. */
export const ConversationLink = ({ summary, current }: ConversationLinkProps) => {
  const { peer, unread, lastMessage, unsent } = summary;
  const me = myself().id;
  const user = person(peer) ?? summary.user;
  const texts = t().conversations;
  const name = user?.username ?? t().common.loading;
  const typing = typingOf(peer);
  draftsTurn.value;
  const draft = current ? "" : draftOf(me, peer);
  const failed = unsent.some(({ state }) => state === "failed");
  const last = unsent.at(-1);
  const at = last?.writtenAt ?? (lastMessage === null ? null : Date.parse(lastMessage.timestamp));

  const second = () => {
    if (typing.person) return <span class="list-typing">{t().conversation.typing(name)}</span>;
    if (typing.assistant) return <span class="list-typing">{t().conversation.assistantTyping(name)}</span>;
    if (draft !== "") return <span>{texts.draft(draft.slice(0, 120))}</span>;
    if (last !== undefined) return <span>{texts.you(last.content.slice(0, 120))}</span>;
    if (lastMessage === null) return null;
    return (
      <>
        {lastMessage.origin === "standin" && <AssistantIcon size={14} />}
        <span>{lineOf(lastMessage, me).slice(0, 160)}</span>
      </>
    );
  };

  return (
    <li>
      <a
        class={`list-item${unread > 0 ? " unread" : ""}`}
        href={conversationAddress(peer)}
        aria-current={current ? "page" : undefined}
      >
        <span class="avatar-with-presence">
          <Avatar id={peer} name={name} />
          {user !== null && <PresenceDot user={user} />}
        </span>
        <span class="list-main">
          <span class="list-first">
            <strong dir="auto">{name}</strong>
            {at !== null && <time dateTime={new Date(at).toISOString()}>{shortMoment(at, now.value)}</time>}
          </span>
          {user !== null && presenceOf(user) === "busy" && <span class="list-busy">{presenceText(user)}</span>}
          {user !== null && presenceOf(user) !== "busy" && <span class="visually-hidden">{presenceText(user)}</span>}
          <span class="list-first">
            <span class="list-second" dir="auto">
              {second()}
            </span>
            {failed && (
              <span class="badge danger">
                <WarningIcon size={14} />
                {texts.failed}
              </span>
            )}
            {unread > 0 && (
              <span class="badge count">
                <span aria-hidden="true">{unread > 99 ? "99+" : unread}</span>
                <span class="visually-hidden">{texts.unread(unread)}</span>
              </span>
            )}
          </span>
        </span>
      </a>
    </li>
  );
};
