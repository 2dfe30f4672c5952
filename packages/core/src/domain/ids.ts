/** 24 lower-case hexadecimal digits, the form of a MongoDB ObjectId, whichever store is behind. */
export type Id = string;

const idPattern = /^[0-9a-f]{24}$/;

export const isId = (value: unknown): value is Id => typeof value === "string" && idPattern.test(value);

/** Names the conversation of two people, the same from both sides: both ids, the lower first. A person may write to themselves. */
export type ConversationId = string;

export const conversationOf = (one: Id, other: Id): ConversationId =>
  one <= other ? `${one}:${other}` : `${other}:${one}`;

/** The two people of a conversation, the lower id first. */
export const peopleOf = (conversation: ConversationId): readonly [Id, Id] => {
  const [low = "", high = ""] = conversation.split(":");
  return [low, high];
};
