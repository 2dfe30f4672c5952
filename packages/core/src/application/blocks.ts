import { conversationOf, type UserView } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Caller } from "./chat.ts";
import type { Context } from "./context.ts";
import { invalid, readId } from "./input-rules.ts";

export const listBlocks = async ({ ports, statuses }: Context, caller: Caller): Promise<readonly UserView[]> => {
  const ids = (await ports.relations.blocksOf(caller.userId)).map(({ blocked }) => blocked);
  const views = new Map(
    (await statuses.view(await ports.users.findMany(ids), caller.userId)).map((view) => [view.id, view]),
  );
  return ids.map((id) => views.get(id) ?? statuses.deleted(id));
};

/** From now on the caller hears nothing more of the user, who cannot tell; what their stand-in was about to say is dropped. */
export const block = async ({ ports, standIn }: Context, caller: Caller, userId: string): Promise<void> => {
  const blocked = readId(userId, "userId");
  if (blocked === caller.userId) throw invalid({ path: "userId", message: "userId must be somebody else's id" });
  if ((await ports.users.find(blocked)) === null) throw new ChatError("NOT_FOUND", { message: "User not found" });
  const conversation = conversationOf(caller.userId, blocked);
  const [mine, theirs] = await Promise.all([
    ports.messages.readPosition(conversation, caller.userId),
    ports.messages.readPosition(conversation, blocked),
  ]);
  await ports.relations.block({
    owner: caller.userId,
    blocked,
    at: ports.clock.now(),
    ownerReadSeq: mine.readSeq,
    blockedReadSeq: theirs.readSeq,
  });
  await standIn.ownerBlocked(caller.userId, conversation);
};

export const unblock = async ({ ports }: Context, caller: Caller, userId: string): Promise<void> => {
  await ports.relations.unblock(caller.userId, readId(userId, "userId"));
};
