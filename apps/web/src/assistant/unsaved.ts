import type { StandInSettings, StandInSettingsPatch } from "@standin/client";
import { draftOf, keepDraft } from "../device/drafts.ts";
import { patched, patchOf } from "./patch-of.ts";

/** What was changed in the form and not saved is kept among the drafts, under the name of no conversation. */
const name = "assistant";

/** The settings with what this person changed and did not save. */
export const withUnsaved = (me: string, stored: StandInSettings): StandInSettings => {
  const kept = draftOf(me, name);
  return kept === "" ? stored : patched(stored, JSON.parse(kept) as StandInSettingsPatch);
};

/** Keeps what is changed now, or forgets it when nothing is. */
export const keepUnsaved = (me: string, stored: StandInSettings, edited: StandInSettings): void => {
  const patch = patchOf(stored, edited);
  keepDraft(me, name, Object.keys(patch).length === 0 ? "" : JSON.stringify(patch));
};
