import type { ConversationId, Id, Message, ResponderTurn } from "../../domain/index.ts";
import type { MessageRepository } from "../../ports/index.ts";
import { labelled } from "./label.ts";

// R15: the last 20 messages of this conversation, at most 8,000 characters.
const mostMessages = 20;
const mostCharacters = 8_000;

const turnOf = (message: Message, owner: Id): ResponderTurn | null => {
  const { origin, sender, blocked, messageOnly, verdict, label, content } = message;
  if (blocked || messageOnly || verdict === "withdrawn") return null;
  if (origin === "person") return { from: sender === owner ? "owner" : "writer", text: content };
  if (origin !== "standin" || sender !== owner) return null;
  const prefix = label === null ? "" : labelled(label, "");
  return { from: "assistant", text: content.startsWith(prefix) ? content.slice(prefix.length) : content };
};

/**
 * What a model may see of the conversation up to the number `upTo` (null: to its end), oldest first. `asked`: a message that nobody sent yet, as if
 * the writer had sent it last.
 */
export const readTurns = async (
  messages: MessageRepository,
  {
    conversation,
    owner,
    upTo,
    asked = null,
  }: {
    readonly conversation: ConversationId;
    readonly owner: Id;
    readonly upTo: number | null;
    readonly asked?: string | null;
  },
): Promise<readonly ResponderTurn[]> => {
  const unsent: ResponderTurn[] = asked === null ? [] : [{ from: "writer", text: asked }];
  const range = { limit: mostMessages - unsent.length, ...(upTo !== null && { before: upTo + 1 }) };
  const page = await messages.page(conversation, range);
  const all = [...page.flatMap((message) => turnOf(message, owner) ?? []), ...unsent];
  const turns: ResponderTurn[] = [];
  let characters = 0;
  for (const turn of all.reverse()) {
    // In the units of JavaScript, which are never fewer than the characters.
    characters += turn.text.length;
    if (turns.length > 0 && characters > mostCharacters) break;
    turns.unshift(turn);
  }
  return turns;
};
