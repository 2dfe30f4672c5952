import { freshPeople } from "../chat/briefings.ts";
import { unreadInAll } from "../chat/conversations.ts";
import { suggestions } from "../chat/suggestions.ts";
import { AssistantIcon, BriefingIcon, ChatsIcon, SettingsIcon } from "../design/icons.tsx";
import { t } from "../texts/texts.ts";
import { assistantAddress, briefingAddress, chatsAddress, route, settingsAddress } from "./route.ts";

const places = [
  { key: "chats", address: chatsAddress, Icon: ChatsIcon, routes: ["chats", "with"] },
  { key: "briefing", address: briefingAddress, Icon: BriefingIcon, routes: ["briefing", "decisions"] },
  { key: "assistant", address: assistantAddress, Icon: AssistantIcon, routes: ["assistant"] },
  { key: "settings", address: settingsAddress, Icon: SettingsIcon, routes: ["settings"] },
] as const;

/** The four areas of the page: under the list where there is room for both, else along the lower edge. One of the two is hidden. */
export const Navigation = ({ place }: { readonly place: "side" | "bottom" }) => {
  const texts = t().nav;
  const waiting = {
    chats: unreadInAll.value,
    briefing: freshPeople.value + suggestions.value.length,
    assistant: 0,
    settings: 0,
  };
  return (
    <nav class={`navigation ${place}`} aria-label={texts.label}>
      {places.map(({ key, address, Icon, routes }) => (
        <a
          key={key}
          href={address}
          aria-current={(routes as readonly string[]).includes(route.value.name) ? "page" : undefined}
        >
          <span class="nav-icon">
            <Icon size={22} />
            {waiting[key] > 0 && <span class="nav-dot" />}
          </span>
          <span>{texts[key]}</span>
          {waiting[key] > 0 && <span class="visually-hidden">{texts.waiting(waiting[key])}</span>}
        </a>
      ))}
    </nav>
  );
};
