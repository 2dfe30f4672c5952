import type { Id } from "./ids.ts";

/** What the stand-in does with a message: nothing, a fixed text, a draft for the owner alone, or an answer (R08). */
export type StandInMode = "off" | "notice" | "suggest" | "answer";

export const standInModes: readonly StandInMode[] = ["off", "notice", "suggest", "answer"];

/** What the owner agreed to share. */
export interface StandInFacts {
  /** At most 1,000 characters; null: nothing. */
  readonly text: string | null;
  /** When the owner says to be back, in milliseconds since the epoch; null: not said. */
  readonly backAt: number | null;
  /** To whom the writer may turn; null: nobody. */
  readonly delegate: Id | null;
  /** At most 5 https URLs. */
  readonly links: readonly string[];
}

/** How a person wants to be stood in for. */
export interface StandInSettings {
  readonly mode: StandInMode;
  /** The mode for people to whom the owner has never written; null: `mode`. */
  readonly newPeople: StandInMode | null;
  /** The mode for these people, before both others: at most 1,000, by their ids. */
  readonly people: ReadonlyMap<Id, StandInMode>;
  /** Said in every fixed text instead of nothing more than the standard sentences; null: only these. At most 500 characters. */
  readonly noticeText: string | null;
  readonly facts: StandInFacts;
  /** May an answer say until when the owner is busy? */
  readonly shareUntil: boolean;
  /** How long the owner is left time to answer first, in seconds: 0 to 600. */
  readonly waitSeconds: number;
  /** Most answers of a model for one writer in one period (R10): 1 to 20. */
  readonly answersPerPeriod: number;
}

/** What holds for a person who has set nothing. Frozen, but for `people`, of which a store hands out a map of its own. */
export const defaultSettings: StandInSettings = Object.freeze({
  mode: "answer",
  newPeople: null,
  people: new Map(),
  noticeText: null,
  facts: Object.freeze({ text: null, backAt: null, delegate: null, links: Object.freeze([]) }),
  shareUntil: true,
  waitSeconds: 0,
  answersPerPeriod: 3,
});

/** Settings as stored. */
export interface StoredSettings {
  readonly settings: StandInSettings;
  /** Grows by one with each change: what compare-and-set compares. 0: nothing was ever set. */
  readonly version: number;
}

/** The mode that holds for one writer: their own, else that for new people where the owner never wrote to them, else the owner's. */
export const modeFor = (settings: StandInSettings, writer: Id, isNew: boolean): StandInMode =>
  settings.people.get(writer) ?? (isNew ? settings.newPeople : null) ?? settings.mode;
