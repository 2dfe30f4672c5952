import type {
  Decision,
  Generator,
  Id,
  Message,
  StandInMode,
  StandInSettings,
  Suggestion,
  UserView,
  Verdict,
} from "../domain/index.ts";
import type { Caller, PageInput, Via } from "./caller.ts";

/** A change of settings as JSON Merge Patch (RFC 7396): absent keeps, null restores the default or removes an entry. Instants are ISO 8601. */
export interface SettingsPatch {
  readonly mode?: StandInMode | null | undefined;
  readonly newPeople?: StandInMode | null | undefined;
  readonly people?:
    | Readonly<Record<string, { readonly mode?: StandInMode | null | undefined } | null>>
    | null
    | undefined;
  readonly noticeText?: string | null | undefined;
  readonly facts?:
    | {
        readonly text?: string | null | undefined;
        readonly backAt?: string | null | undefined;
        readonly delegate?: string | null | undefined;
        readonly links?: readonly string[] | null | undefined;
      }
    | null
    | undefined;
  readonly shareUntil?: boolean | null | undefined;
  readonly waitSeconds?: number | null | undefined;
  readonly answersPerPeriod?: number | null | undefined;
}

export interface PreviewInput {
  /** What somebody might write. */
  readonly message: string;
  /** Who writes it; absent: somebody new, without a history. */
  readonly from?: string | undefined;
}

/** What the stand-in would do, and say. */
export interface Preview {
  readonly decision: Decision;
  /** null: nothing would be said. */
  readonly text: string | null;
  readonly generator: Generator | null;
}

/** What a writer asks of the stand-in of `to`: at least one of the two. */
export interface RequestInput {
  readonly to: string;
  /** Keep what I write, and answer nothing. */
  readonly messageOnly?: boolean | undefined;
  /** Tell the owner at once. */
  readonly urgent?: boolean | undefined;
}

export interface VerdictInput {
  readonly verdict: Verdict;
  /** With `corrected`, and only then: what the owner says instead. */
  readonly content?: string | undefined;
}

/** What became of one message to the owner while BUSY. */
export interface DecisionRecord {
  /** When the message was accepted, in milliseconds since the epoch. */
  readonly at: number;
  /** Who wrote it. */
  readonly peer: Id;
  readonly trigger: Id;
  readonly decision: Decision;
  /** The stand-in's message; null: none was sent. */
  readonly answer: Id | null;
  readonly generator: Generator | null;
  /** Why a provider gave no answer, such as "timeout (gemini)"; null: none failed. */
  readonly detail: string | null;
}

export interface DecisionList {
  readonly decisions: readonly DecisionRecord[];
  readonly nextCursor: string | null;
}

export interface BriefingInput extends PageInput {
  /** ISO 8601, at most 90 days back; absent: the begin of the last period of BUSY. */
  readonly since?: string | undefined;
}

/** One person who wrote in the time of the briefing. */
export interface BriefingEntry {
  readonly user: UserView;
  /** Messages of theirs in that time. */
  readonly messages: number;
  readonly unread: number;
  /** Did they ask that the owner be told at once? */
  readonly urgent: boolean;
  /** Their first and last message of that time. */
  readonly first: Message;
  readonly last: Message;
  /** What the stand-in said to them, newest first, at most 20. */
  readonly answers: readonly Message[];
}

/** What happened while the owner was away (R29). Instants are milliseconds since the epoch. */
export interface Briefing {
  readonly since: number;
  /** The end of the period, null while it runs or when `since` was given. */
  readonly until: number | null;
  /** Urgent people first, then by their newest message. */
  readonly people: readonly BriefingEntry[];
  readonly nextCursor: string | null;
}

export interface SuggestionList {
  readonly suggestions: readonly Suggestion[];
  readonly nextCursor: string | null;
}

/** What people may ask of stand-ins: owners of theirs, writers of another's. Each call rejects with a ChatError and nothing else. */
export interface StandInCalls {
  settings(caller: Caller): Promise<StandInSettings>;
  /** All or nothing: INVALID names every wrong field, and nothing changes. */
  changeSettings(caller: Caller, patch: SettingsPatch): Promise<StandInSettings>;
  /** As if the caller were BUSY now, without silences and caps; takes from the budget. NOT_FOUND: `from` is nobody; LIMITED beyond 10 a minute. */
  preview(caller: Caller, input: PreviewInput): Promise<Preview>;
  /** For this period. NOT_FOUND: nobody; CONFLICT: not BUSY; INVALID: oneself; LIMITED: `urgent` a second time. To a blocked person it answers the same. */
  request(caller: Caller, input: RequestInput): Promise<void>;
  /** What the owner says of an answer given in their name. NOT_FOUND: not theirs; CONFLICT: it was withdrawn. */
  judge(caller: Caller, messageId: string, input: VerdictInput): Promise<Message>;
  /** The newest first. */
  decisions(caller: Caller, input: PageInput): Promise<DecisionList>;
  briefing(caller: Caller, input: BriefingInput): Promise<Briefing>;
  /** The open ones, the newest first. */
  suggestions(caller: Caller, input: PageInput): Promise<SuggestionList>;
  /** Sends the draft as the owner's own message; again, as the first time. NOT_FOUND: not theirs, or dismissed. */
  sendSuggestion(caller: Caller, id: string, via?: Via): Promise<Message>;
  /** Again, or when it was sent: does nothing. NOT_FOUND: not theirs. */
  dismissSuggestion(caller: Caller, id: string): Promise<void>;
}
