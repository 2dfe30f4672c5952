import type { Generator, Suggestion, SuggestionState } from "@standin/core/ports";
import { storedText } from "./message.ts";

/** A row of the table `suggestions`. */
export interface SuggestionRow {
  readonly id: string;
  readonly owner: string;
  readonly peer: string;
  readonly conversation: string;
  readonly in_reply_to: string;
  readonly text: string;
  readonly provider: Generator["provider"];
  readonly model: string | null;
  readonly notice: number;
  readonly period: number;
  readonly at: number;
  readonly state: SuggestionState;
}

export const suggestionColumns: readonly (keyof SuggestionRow)[] = [
  "id",
  "owner",
  "peer",
  "conversation",
  "in_reply_to",
  "text",
  "provider",
  "model",
  "notice",
  "period",
  "at",
  "state",
];

export const suggestionFrom = (row: SuggestionRow): Suggestion => ({
  id: row.id,
  owner: row.owner,
  peer: row.peer,
  conversation: row.conversation,
  inReplyTo: row.in_reply_to,
  text: row.text,
  generator:
    row.provider === "template" ? { provider: "template" } : { provider: row.provider, model: row.model ?? "" },
  notice: row.notice === 1,
  period: row.period,
  at: row.at,
  state: row.state,
});

export const suggestionRow = (suggestion: Suggestion): SuggestionRow => ({
  id: suggestion.id,
  owner: suggestion.owner,
  peer: suggestion.peer,
  conversation: suggestion.conversation,
  in_reply_to: suggestion.inReplyTo,
  text: storedText(suggestion.text),
  provider: suggestion.generator.provider,
  model: suggestion.generator.provider === "template" ? null : suggestion.generator.model,
  notice: suggestion.notice ? 1 : 0,
  period: suggestion.period,
  at: suggestion.at,
  state: suggestion.state,
});
