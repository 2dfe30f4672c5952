import type {
  BriefingJson,
  DecisionsJson,
  MessageJson,
  ServerEventPayload,
  SettingsJson,
  SuggestionJson,
  SuggestionsJson,
} from "@standin/http-api";

/** All settings of one's own assistant. */
export type StandInSettings = SettingsJson;

/** What the assistant does with a message. */
export type StandInMode = StandInSettings["mode"];

/** A JSON Merge Patch: absent keeps, null restores the default or removes an entry. */
export interface StandInSettingsPatch {
  readonly mode?: StandInMode | null;
  readonly newPeople?: StandInMode | null;
  readonly people?: Readonly<Record<string, { readonly mode?: StandInMode | null } | null>> | null;
  readonly noticeText?: string | null;
  readonly facts?: {
    readonly text?: string | null;
    readonly backAt?: string | null;
    readonly delegate?: string | null;
    readonly links?: readonly string[] | null;
  } | null;
  readonly shareUntil?: boolean | null;
  readonly waitSeconds?: number | null;
  readonly answersPerPeriod?: number | null;
}

/** What wrote an assistant's text. */
export type Generator = NonNullable<MessageJson["generator"]>;

/** What the owner says of an assistant's message. */
export type Verdict = NonNullable<MessageJson["verdict"]>;

export type DecisionPage = DecisionsJson;
/** What became of one message; `trigger` and `answer` are ids of messages. */
export type DecisionRecord = DecisionPage["decisions"][number];
/** Why the assistant did or did not answer; `self` and `not-busy` in previews only. */
export type Decision = DecisionRecord["decision"];

/** What the assistant would do; `text` is null when nothing would be said. */
export interface Preview {
  decision: Decision;
  text: string | null;
  generator: Generator | null;
}

/** Who wrote while the owner was away; `until` is null while the period runs. */
export type BriefingPage = BriefingJson;
/** One person who wrote while the owner was away. */
export type BriefingEntry = BriefingPage["people"][number];

/** A draft that its owner alone sees. */
export type Suggestion = SuggestionJson;
export type SuggestionPage = SuggestionsJson;

/** The assistant of `from` works on an answer to the message `inReplyTo`. */
export type StandInTyping = ServerEventPayload<"standinTyping">;

/** Somebody asks that this user, who is BUSY, be told at once. */
export type Urgent = ServerEventPayload<"standinUrgent">;
