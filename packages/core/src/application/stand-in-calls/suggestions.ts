import type { Message } from "../../domain/index.ts";
import { ChatError } from "../../errors/chat-error.ts";
import type { Caller, PageInput, Via } from "../chat.ts";
import type { Context } from "../context.ts";
import { deliverMessage, readCorrespondents } from "../deliver-message.ts";
import { readId, readLimit } from "../input-rules.ts";
import { rules, sizes } from "../limits.ts";
import { takeOne } from "../rate-limits.ts";
import type { SuggestionList } from "../stand-in-calls.ts";
import { pageOf, readCursor } from "./page.ts";

const notFound = (): ChatError => new ChatError("NOT_FOUND", { message: "Suggestion not found" });

export const listSuggestions = async (
  { ports }: Context,
  caller: Caller,
  input: PageInput,
): Promise<SuggestionList> => {
  const limit = readLimit(input.limit, sizes.pageDefault);
  const found = await ports.standIns.suggestions(caller.userId, readCursor(input.cursor), limit + 1);
  const { page, nextCursor } = pageOf(found, limit, ({ id }) => id);
  return { suggestions: page, nextCursor };
};

/**
 * Sends a draft as the owner's own message (R20). The draft's id becomes the message's, and the draft is marked first: whatever is cut short, the same call
 * again brings it to its end, and once.
 */
export const sendSuggestion = async (
  context: Context,
  caller: Caller,
  suggestionId: string,
  via: Via = {},
): Promise<Message> => {
  const { messages, standIns } = context.ports;
  const id = readId(suggestionId, "id", "a suggestion");
  const draft = await standIns.findSuggestion(caller.userId, id);
  if (draft === null || draft.state === "dismissed") throw notFound();
  const sentBefore = draft.state === "sent" ? await messages.find(id) : null;
  if (sentBefore !== null) return sentBefore;
  await takeOne(context, rules.messages, caller.userId);
  const people = await readCorrespondents(context, caller.userId, draft.peer);
  const marked = await standIns.endSuggestion(caller.userId, id, "sent");
  if (marked?.state !== "sent") throw notFound();
  const { text: content, inReplyTo, generator } = draft;
  return deliverMessage(context, people, { id, content, clientMsgId: null, inReplyTo, generator }, via);
};

export const dismissSuggestion = async ({ ports }: Context, caller: Caller, suggestionId: string): Promise<void> => {
  const id = readId(suggestionId, "id", "a suggestion");
  if ((await ports.standIns.endSuggestion(caller.userId, id, "dismissed")) === null) throw notFound();
};
