import type { ConversationId, Generator, Suggestion, SuggestionState } from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { storedText, toObjectId } from "../values.ts";

/** A document of `standin_suggestions`: a draft for its owner. */
export interface SuggestionDocument {
  readonly _id: ObjectId;
  readonly owner: ObjectId;
  readonly peer: ObjectId;
  readonly conversation: ConversationId;
  readonly inReplyTo: ObjectId;
  readonly text: string;
  readonly generator: Generator;
  readonly notice: boolean;
  readonly period: number;
  readonly at: Date;
  readonly state: SuggestionState;
}

export const suggestionDocument = (suggestion: Suggestion): SuggestionDocument => ({
  _id: toObjectId(suggestion.id),
  owner: toObjectId(suggestion.owner),
  peer: toObjectId(suggestion.peer),
  conversation: suggestion.conversation,
  inReplyTo: toObjectId(suggestion.inReplyTo),
  text: storedText(suggestion.text),
  generator: { ...suggestion.generator },
  notice: suggestion.notice,
  period: suggestion.period,
  at: new Date(suggestion.at),
  state: suggestion.state,
});

export const suggestionFrom = (document: SuggestionDocument): Suggestion => ({
  id: document._id.toHexString(),
  owner: document.owner.toHexString(),
  peer: document.peer.toHexString(),
  conversation: document.conversation,
  inReplyTo: document.inReplyTo.toHexString(),
  text: document.text,
  generator: { ...document.generator },
  notice: document.notice,
  period: document.period,
  at: document.at.getTime(),
  state: document.state,
});
