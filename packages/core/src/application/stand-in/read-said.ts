import { type ConversationId, type Id, peopleOf } from "../../domain/index.ts";
import type { MessageRepository } from "../../ports/index.ts";
import { capReach, type Said } from "./caps.ts";

/** What both people's stand-ins have said of late. */
export const readSaid = async (messages: MessageRepository, conversation: ConversationId, owner: Id): Promise<Said> => {
  const [low, high] = peopleOf(conversation);
  const [own, other] = await Promise.all([
    messages.standInMessages(conversation, owner, capReach),
    messages.standInMessages(conversation, owner === low ? high : low, capReach),
  ]);
  return { own, other };
};
