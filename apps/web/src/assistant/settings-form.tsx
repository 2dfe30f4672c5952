import type { StandInSettings } from "@standin/client";
import { useEffect, useState } from "preact/hooks";
import { myself } from "../chat/session.ts";
import { toast } from "../design/toast.tsx";
import { sentenceFor } from "../texts/sentence-for.ts";
import { t } from "../texts/texts.ts";
import { FactsCard } from "./facts-card.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { linksOf } from "./links-of.ts";
import { ModeCard } from "./mode-card.tsx";
import { patched, patchOf } from "./patch-of.ts";
import { changeSettings } from "./settings.ts";
import { keepUnsaved, withUnsaved } from "./unsaved.ts";

/**
 * The settings, to be changed together and saved at once. What is not saved yet is kept on the device, and stays when the server's
 * settings change meanwhile.
 */
export const SettingsForm = ({ stored }: { readonly stored: StandInSettings }) => {
  const me = myself().id;
  const [base, setBase] = useState(stored);
  const [settings, setSettings] = useState(() => withUnsaved(me, stored));
  const [working, setWorking] = useState(false);
  const texts = t().assistant;
  const patch = patchOf(base, settings);
  const changed = Object.keys(patch).length > 0;
  const linksWrong = linksOf(settings.facts.links.join("\n")) === null;

  useEffect(() => {
    if (stored === base) return;
    setSettings((edited) => patched(stored, patchOf(base, edited)));
    setBase(stored);
  }, [stored]);
  useEffect(() => keepUnsaved(me, base, settings), [base, settings]);

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (linksWrong) return;
    setWorking(true);
    try {
      const all = await changeSettings(patch);
      // What was typed meanwhile stays.
      setSettings((edited) => patched(all, patchOf(settings, edited)));
      setBase(all);
      toast(t().common.saved);
    } catch (error) {
      toast(sentenceFor(error));
    } finally {
      setWorking(false);
    }
  };

  const change = (part: Partial<StandInSettings>): void => setSettings((edited) => ({ ...edited, ...part }));

  return (
    <form class="settings-form" onSubmit={save} noValidate>
      <ModeCard settings={settings} change={change} />
      <FactsCard settings={settings} change={change} />
      <LimitsCard settings={settings} change={change} />
      <div class={`save-bar${changed ? " changed" : ""}`}>
        <span role="status">{changed && texts.unsaved}</span>
        {changed && (
          <button type="button" class="button" onClick={() => setSettings(base)}>
            {t().common.undo}
          </button>
        )}
        <button type="submit" class="button primary" disabled={!changed || working || linksWrong}>
          {t().common.save}
        </button>
      </div>
    </form>
  );
};
