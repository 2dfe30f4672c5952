import type { StandInSettings } from "@standin/client";

/** What each card of the form gets. */
export interface CardProps {
  readonly settings: StandInSettings;
  readonly change: (part: Partial<StandInSettings>) => void;
}
