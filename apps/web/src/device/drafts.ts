import { signal } from "@preact/signals";
import { keep, kept, keptNames } from "./kept.ts";

// What somebody has begun to write, by conversation. It outlives a reload, the end of a session and a crash of the browser, and is
// removed at sign-out like everything else that is kept for a person.

const beginning = (me: string): string => `draft.${me}.`;

/** Counts on when a draft changes: lists that show drafts read it. */
export const draftsTurn = signal(0);

/** What was begun for that person, or "". */
export const draftOf = (me: string, peer: string): string => kept(beginning(me) + peer) ?? "";

/** Keeps it as it is now. */
export const keepDraft = (me: string, peer: string, text: string): void => {
  const had = draftOf(me, peer) !== "";
  keep(beginning(me) + peer, text.trim() === "" ? null : text);
  if (had !== (text.trim() !== "")) draftsTurn.value += 1;
};

/** How many conversations have something begun. */
export const countDrafts = (me: string): number => keptNames(beginning(me)).length;

/** Forgets all of them. */
export const forgetDrafts = (me: string): void => {
  for (const name of keptNames(beginning(me))) keep(name, null);
  draftsTurn.value += 1;
};
