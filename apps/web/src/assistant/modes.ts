import type { StandInMode } from "@standin/client";

/** What an assistant can do, from the most to nothing. */
export const modes: readonly StandInMode[] = ["answer", "suggest", "notice", "off"];
