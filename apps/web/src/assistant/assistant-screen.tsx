import { useResource } from "../chat/resource.ts";
import { ResourceView } from "../shell/resource-view.tsx";
import { decisionsAddress } from "../shell/route.ts";
import { useFocusOnArrival } from "../shell/use-focus-on-arrival.ts";
import { t } from "../texts/texts.ts";
import { PreviewCard } from "./preview-card.tsx";
import { settings } from "./settings.ts";
import { SettingsForm } from "./settings-form.tsx";

/** The settings of one's own assistant, in plain words, and a way to try them. */
export const AssistantScreen = () => {
  const head = useFocusOnArrival();
  const texts = t().assistant;
  useResource(settings);
  return (
    <main class="pane main" ref={head}>
      <header class="pane-head">
        <h1 class="screen-title" tabIndex={-1}>
          {texts.title}
        </h1>
      </header>
      <div class="screen-body">
        <div class="column">
          <p>{texts.intro}</p>
          <ResourceView resource={settings}>{(stored) => <SettingsForm stored={stored} />}</ResourceView>
          <PreviewCard />
          <p>
            <a class="button" href={decisionsAddress}>
              {texts.decisions}
            </a>
          </p>
        </div>
      </div>
    </main>
  );
};
