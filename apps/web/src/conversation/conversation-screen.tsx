import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { connection } from "../chat/connection.ts";
import { conversationWith, person } from "../chat/conversations.ts";
import { type Entry, entryOf } from "../chat/entry.ts";
import { myself } from "../chat/session.ts";
import { suggestions } from "../chat/suggestions.ts";
import { typingOf } from "../chat/typing.ts";
import { announce } from "../design/announce.tsx";
import { DownIcon } from "../design/icons.tsx";
import { now } from "../shell/now.ts";
import { chatsAddress } from "../shell/route.ts";
import { useFocusOnArrival } from "../shell/use-focus-on-arrival.ts";
import { dayName } from "../texts/moments.ts";
import { t } from "../texts/texts.ts";
import { AssistantMessage } from "./assistant-message.tsx";
import { BusyNotice } from "./busy-notice.tsx";
import { Composer, type ComposerControl } from "./composer.tsx";
import { ConversationHead } from "./conversation-head.tsx";
import { DraftCard } from "./draft-card.tsx";
import { OutgoingMessage } from "./outgoing-message.tsx";
import { PersonMessage } from "./person-message.tsx";
import { newLineKey, type Row, rowsOf } from "./rows.ts";
import { useOpened } from "./use-opened.ts";
import { type LogControl, VirtualLog } from "./virtual-log.tsx";

export interface ConversationScreenProps {
  readonly peer: string;
  /** A message to show; null: the first that is new, or the newest. */
  readonly message: string | null;
}

/** One conversation. Made anew for each person. */
export const ConversationScreen = ({ peer, message: wanted }: ConversationScreenProps) => {
  const me = myself().id;
  const conversation = conversationWith(peer);
  const opened = useOpened(conversation, wanted);
  const summary = conversation.summary();
  const user = person(peer) ?? summary.user;
  const log = useRef<LogControl>(null);
  const composer = useRef<ComposerControl>(null);
  const [away, setAway] = useState(false);
  const [found, setFound] = useState<string | null>(wanted);
  const head = useFocusOnArrival(user !== null);

  const timeline = conversation.timeline();
  const { peerReadSeq } = summary;
  const entries = useMemo(() => timeline.map((line) => entryOf(line, me, peerReadSeq)), [timeline, me, peerReadSeq]);
  const readSeq = opened?.readSeq ?? null;
  const rows = useMemo(() => rowsOf(entries, readSeq), [entries, readSeq]);
  const byId = useMemo(
    () => new Map(entries.flatMap((entry) => (entry.kind === "message" ? [[entry.message._id, entry] as const] : []))),
    [entries],
  );
  const drafts = suggestions.value.filter((one) => one.peer === peer);
  const typing = typingOf(peer);
  const texts = t().conversation;

  useAnnouncements(peer, user?.username ?? "");

  useEffect(() => {
    setFound(wanted);
    const entry = wanted === null ? undefined : byId.get(wanted);
    if (entry !== undefined) log.current?.toRow(entry.key);
  }, [wanted, opened === null]);

  if (user === null) {
    return (
      <main class="pane main" ref={head}>
        <div class="empty">
          <h1 tabIndex={-1}>{opened === null ? t().common.loading : texts.unknown}</h1>
          <a class="button only-narrow" href={chatsAddress}>
            {texts.back}
          </a>
        </div>
      </main>
    );
  }
  const name = user.username;

  const show = (id: string): (() => void) | null => {
    const entry = byId.get(id);
    if (entry === undefined) return null;
    return () => {
      setFound(id);
      log.current?.toRow(entry.key);
    };
  };

  const drawEntry = (entry: Entry, joined: boolean) => {
    if (entry.kind === "outgoing")
      return (
        <OutgoingMessage
          entry={entry}
          joined={joined}
          onRetry={(id) => client.retry(id)}
          onDiscard={(id) => client.discard(id)}
        />
      );
    const isFound = found === entry.message._id;
    const { inReplyTo, origin } = entry.message;
    if (origin !== "standin") return <PersonMessage entry={entry} joined={joined} found={isFound} name={name} />;
    const question = inReplyTo === undefined ? undefined : byId.get(inReplyTo);
    return (
      <AssistantMessage
        entry={entry}
        name={name}
        found={isFound}
        question={question?.text ?? null}
        onQuestion={inReplyTo === undefined ? null : show(inReplyTo)}
      />
    );
  };

  const draw = (row: Row) => {
    switch (row.kind) {
      case "top":
        return <p class="log-top">{opened?.top ?? (conversation.hasOlder ? texts.older : texts.beginning(name))}</p>;
      case "day":
        return (
          <h2 class="day-break">
            <time dateTime={new Date(row.at).toISOString().slice(0, 10)}>{dayName(row.at, now.value)}</time>
          </h2>
        );
      case "new":
        return <div class="new-line">{texts.newLine}</div>;
      case "entry":
        return drawEntry(row.entry, row.joined);
    }
  };

  const seen = (row: Row, atEnd: boolean): void => {
    setAway(!atEnd);
    if (document.hidden || row.kind !== "entry" || row.entry.kind !== "message") return;
    if (row.entry.message.seq > conversation.summary().readSeq) conversation.markRead(row.entry.message.seq);
  };

  const hasNewLine = rows.some((row) => row.key === newLineKey);
  return (
    <main class="pane main conversation" ref={head}>
      <ConversationHead user={user} />
      <div class="log-frame">
        {opened !== null && (
          <VirtualLog
            rows={rows}
            label={texts.log(name)}
            draw={draw}
            control={log}
            beginAt={hasNewLine ? newLineKey : null}
            onNearTop={opened.readOlder}
            onSeen={seen}
          />
        )}
        {away && (
          <button type="button" class="button to-end" onClick={() => log.current?.toEnd()}>
            <DownIcon />
            {summary.unread > 0 ? (
              texts.newMessages(summary.unread)
            ) : (
              <span class="visually-hidden">{texts.newest}</span>
            )}
          </button>
        )}
      </div>
      <div class="writing">
        <p class="typing-line" aria-live="polite" dir="auto">
          {typing.person ? texts.typing(name) : typing.assistant ? texts.assistantTyping(name) : null}
        </p>
        {drafts.map((suggestion) => (
          <DraftCard key={suggestion.id} suggestion={suggestion} onEdit={(text) => composer.current?.insert(text)} />
        ))}
        {user.status === "BUSY" && connection.value === "online" && <BusyNotice user={user} />}
        <Composer
          me={me}
          conversation={conversation}
          name={name}
          control={composer}
          onSent={() => log.current?.toEnd()}
        />
      </div>
    </main>
  );
};

/** Reads out what arrives while the conversation is open. */
const useAnnouncements = (peer: string, name: string): void => {
  useEffect(
    () =>
      client.on("message", ({ peer: from, message }) => {
        if (from !== peer || message.sender !== peer) return;
        announce(
          message.origin === "standin" ? message.content : t().conversation.said(name, message.content.slice(0, 300)),
        );
      }),
    [peer, name],
  );
};
