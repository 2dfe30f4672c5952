import type { BriefingPage, DecisionPage, StandInSettings, SuggestionPage } from "../stand-in-wire.ts";
import type { Keeper } from "../storage/keeper.ts";
import type { PersonKeys } from "../storage/keys.ts";
import type { User } from "../wire.ts";

/** The answers of which the device keeps the newest: of lists the first page, as it was asked for. */
export interface SeenAnswers {
  readonly settings: StandInSettings;
  /** Of one's last period of BUSY. */
  readonly briefing: BriefingPage;
  readonly decisions: DecisionPage;
  readonly suggestions: SuggestionPage;
  readonly blocks: readonly User[];
}

/** An answer of the server's that was kept. */
export interface Seen<Value> {
  readonly value: Value;
  /** When it came, by {@link ChatClient.now}. */
  readonly at: number;
}

export interface LastSeen {
  keep<Name extends keyof SeenAnswers>(name: Name, value: SeenAnswers[Name]): void;
  /** Null: there is none. Never rejects. */
  read<Name extends keyof SeenAnswers>(name: Name): Promise<Seen<SeenAnswers[Name]> | null>;
  /** They are of a store that is no more. */
  forget(): void;
}

/** The longest answer that is kept, in characters of JSON: far more than a page of any list needs. */
const longest = 1_000_000;

/** Keeps, of some of the server's answers, the newest for reading without a connection. */
export const createLastSeen = (keeper: Keeper, keys: PersonKeys, now: () => number): LastSeen => {
  const held = new Map<keyof SeenAnswers, Seen<unknown>>();
  return {
    keep: (name, value) => {
      const seen = { value, at: now() };
      held.set(name, seen);
      if (JSON.stringify(value).length > longest) keeper.remove(keys.seenOf(name));
      else keeper.put(keys.seenOf(name), seen);
    },
    read: async <Name extends keyof SeenAnswers>(name: Name) => {
      const seen = held.get(name) ?? (await keeper.read(keys.seenOf(name)));
      return (seen as Seen<SeenAnswers[Name]> | undefined) ?? null;
    },
    forget: () => {
      held.clear();
      keeper.removeAll(keys.seen);
    },
  };
};
