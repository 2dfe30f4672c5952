import { type ConversationId, defaultSettings, type Id, type Origin, type User } from "../../domain/index.ts";
import type { ChatPorts } from "../chat-ports.ts";
import type { Situation } from "./decide.ts";
import { readSaid } from "./read-said.ts";

type Ports = Pick<ChatPorts, "messages" | "relations" | "standIns" | "users" | "responders">;

/** The message in question: where it stands, and what is known of it already. */
export interface Matter {
  readonly conversation: ConversationId;
  readonly ownerId: Id;
  readonly writer: Id;
  readonly origin: Origin;
  readonly period: number | null;
  readonly triggerSeq: number | null;
}

/** Reads all that the decision depends on, but the owner and the block, which the send path has read already. */
export const readSituation = async (
  ports: Ports,
  { conversation, ownerId, writer, origin, period, triggerSeq }: Matter,
  { owner, blocked, now }: { readonly owner: User | null; readonly blocked: boolean; readonly now: number },
): Promise<Situation> => {
  const { messages, standIns, responders = [] } = ports;
  const [said, ownWords, stored, requests] = await Promise.all([
    readSaid(messages, conversation, ownerId),
    messages.lastInPerson(conversation, ownerId),
    standIns.settings(ownerId),
    owner === null ? [] : standIns.requestsOf(ownerId, writer, owner.period),
  ]);
  return {
    now,
    owner,
    period,
    writer,
    origin,
    self: ownerId === writer,
    blocked,
    messageOnly: requests.some(({ kind }) => kind === "message-only"),
    settings: stored.settings,
    isNew: ownWords === null,
    hasModel: responders.length > 0,
    said,
    ownWords,
    triggerSeq,
  };
};

/** A situation without a past: what a preview decides on. */
export const situationWithoutHistory = (
  given: Pick<Situation, "now" | "owner" | "writer" | "self" | "blocked" | "messageOnly" | "isNew" | "hasModel"> &
    Partial<Pick<Situation, "settings">>,
): Situation => ({
  settings: defaultSettings,
  ...given,
  period: null,
  origin: "person",
  said: { own: [], other: [] },
  ownWords: null,
  triggerSeq: null,
});
