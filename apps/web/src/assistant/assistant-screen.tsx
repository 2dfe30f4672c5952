import type { StandInSettings } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { connection } from "../chat/connection.ts";
import { toast } from "../design/toast.tsx";
import { decisionsAddress } from "../shell/route.ts";
import { useFocusOnArrival } from "../shell/use-focus-on-arrival.ts";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { FactsCard } from "./facts-card.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { linksOf } from "./links-of.ts";
import { ModeCard } from "./mode-card.tsx";
import { patchOf } from "./patch-of.ts";
import { PreviewCard } from "./preview-card.tsx";

/** The settings of one's own assistant, in plain words, and a way to try them. */
export const AssistantScreen = () => {
  const [stored, setStored] = useState<StandInSettings | null>(null);
  const [settings, setSettings] = useState<StandInSettings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const head = useFocusOnArrival();
  const texts = t().assistant;
  const online = connection.value === "online";

  useEffect(() => {
    if (stored !== null) return;
    const gone = new AbortController();
    client.standin.settings({ signal: gone.signal }).then(
      (all) => {
        setStored(all);
        setSettings(all);
        setProblem(null);
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setProblem(sentenceFor(error));
      },
    );
    return () => gone.abort();
  }, [online]);

  const patch = stored === null || settings === null ? {} : patchOf(stored, settings);
  const changed = Object.keys(patch).length > 0;
  const linksWrong = settings !== null && linksOf(settings.facts.links.join("\n")) === null;

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (linksWrong) return;
    setWorking(true);
    try {
      const all = await client.standin.changeSettings(patch);
      setStored(all);
      setSettings(all);
      toast(t().common.saved);
    } catch (error) {
      toast(sentenceFor(error));
    } finally {
      setWorking(false);
    }
  };

  const change = (part: Partial<StandInSettings>): void => {
    if (settings !== null) setSettings({ ...settings, ...part });
  };

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
          {settings === null ? (
            <p class="muted" role="status">
              {problem ?? t().common.loading}
            </p>
          ) : (
            <form class="settings-form" onSubmit={save} noValidate>
              <ModeCard settings={settings} change={change} />
              <FactsCard settings={settings} change={change} />
              <LimitsCard settings={settings} change={change} />
              <div class={`save-bar${changed ? " changed" : ""}`}>
                <span role="status">{changed && texts.unsaved}</span>
                <button type="submit" class="button primary" disabled={!changed || working || linksWrong}>
                  {t().common.save}
                </button>
              </div>
            </form>
          )}
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
