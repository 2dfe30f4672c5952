import {
  type Decision,
  declarationAt,
  type Id,
  type Message,
  modeFor,
  type Origin,
  type StandInMode,
  type StandInSettings,
  type User,
} from "../../domain/index.ts";
import { answersGiven, loopReached, noticeGiven, type Said } from "./caps.ts";

/** Everything that decides whether the stand-in answers a message. Instants are milliseconds since the epoch. */
export interface Situation {
  readonly now: number;
  /** The recipient as they are now; null: gone. */
  readonly owner: User | null;
  /** The owner's period in which the message was accepted; null while it is being accepted. */
  readonly period: number | null;
  readonly writer: Id;
  readonly origin: Origin;
  /** Does the owner write to themselves? */
  readonly self: boolean;
  readonly blocked: boolean;
  /** Did the writer ask, in this period, that what they write be kept and nothing else? */
  readonly messageOnly: boolean;
  readonly settings: StandInSettings;
  /** Has the owner never written to this writer? */
  readonly isNew: boolean;
  /** Is there any model to ask? Without one the answer is the fixed text. */
  readonly hasModel: boolean;
  readonly said: Said;
  /** The newest message that the owner wrote here in person; null: none. */
  readonly ownWords: Message | null;
  /** Number of the message in question; null while it is being accepted. */
  readonly triggerSeq: number | null;
}

/** The stand-in is silent, and why; or what it does. */
export type Ruling =
  | { readonly silent: Decision; readonly mode: null }
  | { readonly silent: null; readonly mode: Exclude<StandInMode, "off"> };

/** After the owner's own words the stand-in keeps silent in that conversation for so long (R20). */
const silenceMs = 30 * 60 * 1000;

/** Is the owner BUSY at `now`, in the same period as when the message came? */
export const isBusy = (owner: User | null, period: number | null, now: number): owner is User =>
  owner !== null && declarationAt(owner.declared, now).word === "BUSY" && (period === null || owner.period === period);

const silent = (decision: Decision): Ruling => ({ silent: decision, mode: null });

/**
 * The one function that decides (R07). Its order is part of the rules: self, automatic, not busy, blocked, loop, `messageOnly`, mode for this
 * person, owner silenced here, limits. Asked when a message is accepted, when it is due, and before what was generated is committed.
 */
export const decide = (situation: Situation): Ruling => {
  const { now, owner, period, writer, origin, settings, said, ownWords, triggerSeq } = situation;
  if (situation.self) return silent("self");
  if (origin !== "person") return silent("automatic");
  if (!isBusy(owner, period, now)) return silent(period === null ? "not-busy" : "owner-returned");
  if (situation.blocked) return silent("blocked");
  if (loopReached(said, ownWords?.seq ?? 0, now)) return silent("loop");
  if (situation.messageOnly) return silent("message-only");
  const mode = modeFor(settings, writer, situation.isNew);
  if (mode === "off") return silent("off");
  if (ownWords !== null && ownWords.period === owner.period) {
    if (triggerSeq !== null && ownWords.seq > triggerSeq) return silent("owner-wrote");
    // A draft disturbs nobody (R20).
    if (mode !== "suggest" && now - ownWords.at < silenceMs) return silent("owner-silenced");
  }
  if (mode === "suggest") return { silent: null, mode };
  const asksModel = mode === "answer" && situation.hasModel;
  const used = asksModel
    ? answersGiven(said, owner.period) >= settings.answersPerPeriod
    : noticeGiven(said, owner.period);
  return used ? silent("limited") : { silent: null, mode };
};
