import { myself } from "../chat/session.ts";
import { Avatar } from "../design/avatar.tsx";
import { useFocusOnArrival } from "../shell/use-focus-on-arrival.ts";
import { t } from "../texts/texts.ts";
import { AppearanceCard } from "./appearance-card.tsx";
import { BlocksCard } from "./blocks-card.tsx";
import { NotificationsCard } from "./notifications-card.tsx";
import { PasswordCard } from "./password-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";

/** Everything about the account, this device and the page itself. */
export const SettingsScreen = () => {
  const head = useFocusOnArrival();
  const me = myself();
  const texts = t().settings;
  return (
    <main class="pane main" ref={head}>
      <header class="pane-head">
        <h1 class="screen-title" tabIndex={-1}>
          {texts.title}
        </h1>
      </header>
      <div class="screen-body">
        <div class="column">
          <section class="card" aria-label={texts.account}>
            <div class="account">
              <Avatar id={me.id} name={me.username} />
              <div>
                <h2 dir="auto">{me.username}</h2>
                <p class="muted small">{me.email}</p>
              </div>
            </div>
          </section>
          <AppearanceCard />
          <NotificationsCard />
          <BlocksCard />
          <PasswordCard email={me.email ?? ""} />
          <SessionsCard />
          <p class="muted small">{texts.about}</p>
          <p>
            <a class="link" href="/docs">
              {texts.api}
            </a>
          </p>
        </div>
      </div>
    </main>
  );
};
