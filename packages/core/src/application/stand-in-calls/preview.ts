import { conversationOf, declarationAt, type Id, type ResponderTurn, type User } from "../../domain/index.ts";
import { ChatError } from "../../errors/chat-error.ts";
import type { Caller } from "../chat.ts";
import type { Context } from "../context.ts";
import { readContent, readId } from "../input-rules.ts";
import { rules } from "../limits.ts";
import { takeOne } from "../rate-limits.ts";
import { createCancelSource } from "../stand-in/cancel-source.ts";
import { decide } from "../stand-in/decide.ts";
import { situationWithoutHistory } from "../stand-in/read-situation.ts";
import { readTurns } from "../stand-in/read-turns.ts";
import type { Preview, PreviewInput } from "../stand-in-calls.ts";

/** The owner as they would be, had they become BUSY now. */
const asIfBusy = (owner: User, now: number): User =>
  declarationAt(owner.declared, now).word === "BUSY"
    ? owner
    : {
        ...owner,
        declared: { word: "BUSY", since: now, until: null, note: null, resume: "none" },
        period: owner.period + 1,
      };

interface Past {
  readonly isNew: boolean;
  readonly blocked: boolean;
  readonly messageOnly: boolean;
  readonly turns: readonly ResponderTurn[];
}

/** Somebody new, who has written nothing but this. */
const noPast = (asked: string): Past => ({
  isNew: true,
  blocked: false,
  messageOnly: false,
  turns: [{ from: "writer", text: asked }],
});

const pastOf = async (
  { messages, relations, standIns }: Context["ports"],
  owner: User,
  writer: Id,
  asked: string,
): Promise<Past> => {
  const conversation = conversationOf(owner.id, writer);
  const [ownWords, blocks, requests, turns] = await Promise.all([
    messages.lastInPerson(conversation, owner.id),
    relations.between(owner.id, writer),
    standIns.requestsOf(owner.id, writer, owner.period),
    readTurns(messages, { conversation, owner: owner.id, upTo: null, asked }),
  ]);
  return {
    isNew: ownWords === null,
    blocked: blocks.some((block) => block.owner === owner.id),
    messageOnly: requests.some(({ kind }) => kind === "message-only"),
    turns,
  };
};

/** What the caller's stand-in would say to a message, decided as for a real one; nothing is stored but what the call costs. */
export const preview = async (context: Context, caller: Caller, input: PreviewInput): Promise<Preview> => {
  const { ports, policy, generate } = context;
  const message = readContent(input.message);
  const from = input.from === undefined || input.from === null ? null : readId(input.from, "from");
  await takeOne(context, rules.preview, caller.userId);
  const now = ports.clock.now();
  const [me, { settings }] = await Promise.all([
    ports.users.find(caller.userId),
    ports.standIns.settings(caller.userId),
  ]);
  if (me === null) throw new ChatError("UNAUTHORIZED");
  const writer = from === null ? null : await ports.users.find(from);
  if (from !== null && writer === null) throw new ChatError("NOT_FOUND", { message: "User not found" });

  const owner = asIfBusy(me, now);
  const { turns, ...past } = writer === null ? noPast(message) : await pastOf(ports, owner, writer.id, message);
  const hasModel = (ports.responders ?? []).length > 0;
  const self = writer?.id === me.id;
  const situation = situationWithoutHistory({ ...past, now, owner, writer: from ?? "", self, settings, hasModel });
  const { silent, mode } = decide(situation);
  if (silent !== null) return { decision: silent, text: null, generator: null };
  const { isNew } = past;
  const deadline = ports.clock.now() + policy.totalTimeoutMs;
  const occasion = { mode, owner, writer, settings, isNew, turns, said: situation.said, deadline };
  const { decision, text, generator } = await generate(occasion, createCancelSource().signal);
  return { decision, text, generator };
};
