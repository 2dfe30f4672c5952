import type { Abortable } from "./abortable.ts";
import type {
  BriefingPage,
  DecisionPage,
  Preview,
  StandInSettings,
  StandInSettingsPatch,
  SuggestionPage,
  Verdict,
} from "./stand-in-wire.ts";
import type { Message } from "./wire.ts";

export interface PageQuery extends Abortable {
  /** 1 to 1,000. */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

/** Calls about assistants. All of them go to the server. */
export interface StandIn {
  settings(options?: Abortable): Promise<StandInSettings>;
  /** Resolves with all settings. INVALID names the field; then nothing was changed. */
  changeSettings(patch: StandInSettingsPatch, options?: Abortable): Promise<StandInSettings>;
  /** What one's assistant would do with that message, from that person or somebody new, if one were BUSY now. LIMITED: ten a minute. */
  preview(question: { readonly message: string; readonly from?: string }, options?: Abortable): Promise<Preview>;
  /** What became of each message that came while one was BUSY, newest first. */
  decisions(query?: PageQuery): Promise<DecisionPage>;
  /** Who wrote since `since` (ISO 8601), or in one's last period of BUSY. */
  briefing(query?: PageQuery & { readonly since?: string }): Promise<BriefingPage>;
  suggestions(query?: PageQuery): Promise<SuggestionPage>;
  /** Sends a draft as one's own message. Repeated, it answers as the first time. */
  sendSuggestion(id: string, options?: Abortable): Promise<Message>;
  dismissSuggestion(id: string, options?: Abortable): Promise<void>;
  /** Says what one thinks of an answer of one's assistant; `content` is one's own text, with `corrected` and only then. */
  judge(
    messageId: string,
    judgement: { readonly verdict: Verdict; readonly content?: string },
    options?: Abortable,
  ): Promise<Message>;
  /** Asks the busy `to`'s assistant to only keep what one writes (`messageOnly`) or to tell its owner at once (`urgent`). CONFLICT: not busy. */
  request(
    wish: { readonly to: string; readonly messageOnly?: true; readonly urgent?: true },
    options?: Abortable,
  ): Promise<void>;
}
