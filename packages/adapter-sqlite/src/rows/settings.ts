import type { StandInMode, StandInSettings } from "@standin/core/ports";

/** A row of the table `stand_in_settings`. */
export interface SettingsRow {
  readonly settings: string;
  readonly version: number;
}

/** The settings as text: JSON, `people` as pairs. They are read and replaced whole, never searched. */
export const settingsText = (settings: StandInSettings): string =>
  JSON.stringify({ ...settings, people: [...settings.people] });

export const settingsFrom = (text: string): StandInSettings => {
  const stored = JSON.parse(text) as Omit<StandInSettings, "people"> & { people: [string, StandInMode][] };
  return { ...stored, people: new Map(stored.people) };
};
