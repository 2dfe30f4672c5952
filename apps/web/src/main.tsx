import "./design/tokens.css";
import "./design/base.css";
import "./design/controls.css";
import "./design/dialog.css";
import "./design/person.css";
import "./shell/shell.css";
import "./sign-in/sign-in.css";
import "./conversations/list.css";
import "./conversation/conversation.css";
import "./conversation/bubble.css";
import "./status/status.css";
import "./assistant/assistant.css";
import "./briefing/briefing.css";
import "./settings/settings.css";
import { render } from "preact";
import { startBlocks } from "./chat/blocks.ts";
import { startBriefings } from "./chat/briefings.ts";
import { startConnection } from "./chat/connection.ts";
import { startConversations } from "./chat/conversations.ts";
import { startSending } from "./chat/sending.ts";
import { startSession } from "./chat/session.ts";
import { startStorageWarning } from "./chat/storage-warning.ts";
import { startSuggestions } from "./chat/suggestions.ts";
import { startTyping } from "./chat/typing.ts";
import { startUrgent } from "./chat/urgent.ts";
import { startWishes } from "./chat/wishes.ts";
import "./device/install.ts";
import { startNotifications } from "./device/notifications.ts";
import { startServiceWorker } from "./device/service-worker.ts";
import { startTheme } from "./device/theme.ts";
import { App } from "./shell/app.tsx";
import { loadRest } from "./shell/lazy.tsx";
import { PageError } from "./shell/page-error.tsx";
import { startTexts } from "./texts/texts.ts";

const start = async (): Promise<void> => {
  startTheme();
  await startTexts();
  // Before the session, so that nothing of what it brings is missed.
  startConnection();
  startConversations();
  startTyping();
  startSuggestions();
  startBlocks();
  startBriefings();
  startUrgent();
  startStorageWarning();
  startWishes();
  startSending();
  startNotifications();
  const page = document.getElementById("page");
  if (page === null) throw new Error("index.html has no place for the page");
  render(
    <PageError>
      <App />
    </PageError>,
    page,
  );
  await startSession();
  await loadRest();
  await startServiceWorker();
};

await start();
