import { useEffect } from "preact/hooks";
import { briefingSeen, freshPeople } from "../chat/briefings.ts";
import { unreadInAll } from "../chat/conversations.ts";
import { ConversationList } from "../conversations/conversation-list.tsx";
import { ChatsIcon } from "../design/icons.tsx";
import { clearToasts, toast } from "../design/toast.tsx";
import { OwnStatus } from "../status/own-status.tsx";
import { t } from "../texts/texts.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { lazyScreen } from "./lazy.tsx";
import { Navigation } from "./navigation.tsx";
import type { Route } from "./parse-route.ts";
import { briefingAddress, goTo, route } from "./route.ts";
import { useFocusOnArrival } from "./use-focus-on-arrival.ts";

const ConversationScreen = lazyScreen(
  async () => (await import("../conversation/conversation-screen.tsx")).ConversationScreen,
);
const BriefingScreen = lazyScreen(async () => (await import("../briefing/briefing-screen.tsx")).BriefingScreen);
const DecisionsScreen = lazyScreen(async () => (await import("../briefing/decisions-screen.tsx")).DecisionsScreen);
const AssistantScreen = lazyScreen(async () => (await import("../assistant/assistant-screen.tsx")).AssistantScreen);
const SettingsScreen = lazyScreen(async () => (await import("../settings/settings-screen.tsx")).SettingsScreen);

const Screen = ({ current }: { readonly current: Route }) => {
  switch (current.name) {
    case "with":
      return <ConversationScreen key={current.peer} peer={current.peer} message={current.message} />;
    case "briefing":
      return <BriefingScreen />;
    case "decisions":
      return <DecisionsScreen />;
    case "assistant":
      return <AssistantScreen />;
    case "settings":
      return <SettingsScreen />;
    case "chats":
      return (
        <aside class="pane main">
          <div class="empty">
            <ChatsIcon size={40} />
            <p>{t().conversations.choose}</p>
          </div>
        </aside>
      );
  }
};

/** Says that the briefing is there, once, wherever one is. */
const useBriefingToast = (): void => {
  const fresh = freshPeople.value;
  useEffect(() => {
    if (fresh === 0 || route.value.name === "briefing") return;
    const { ready, show } = t().briefing;
    toast(ready(fresh), {
      label: show,
      run: () => {
        briefingSeen();
        goTo(briefingAddress);
      },
    });
  }, [fresh]);
};

/** Past the list and everything in it, for whoever goes by keyboard. A link to a part of the page would be another address here. */
const toContent = (): void => document.querySelector<HTMLElement>("main h1")?.focus();

/** What somebody sees who is signed in: the list, and beside or instead of it the screen that the address names. */
export const Frame = () => {
  const current = route.value;
  const listIsMain = current.name === "chats";
  const Heading = listIsMain ? "h1" : "h2";
  // The list is the content where nothing else is open, and beside the content otherwise.
  const Side = listIsMain ? "main" : "aside";
  const unread = unreadInAll.value;
  const head = useFocusOnArrival(listIsMain);
  useBriefingToast();
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Standin` : "Standin";
    navigator.setAppBadge?.(unread).catch(() => undefined);
  }, [unread]);
  useEffect(() => clearToasts, []);

  return (
    <div
      class={`frame ${listIsMain ? "shows-list" : "shows-screen"}${current.name === "with" ? " in-conversation" : ""}`}
    >
      {!listIsMain && (
        <button type="button" class="button visually-hidden skip" onClick={toContent}>
          {t().common.skip}
        </button>
      )}
      <ConnectionBanner />
      <div class="panes">
        <Side ref={head} class="pane side" aria-label={t().conversations.title}>
          <header class="pane-head">
            <Heading class="side-title" tabIndex={-1}>
              {t().conversations.title}
            </Heading>
            <OwnStatus />
          </header>
          <ConversationList />
          <Navigation place="side" />
        </Side>
        <Screen current={current} />
      </div>
      <Navigation place="bottom" />
    </div>
  );
};
