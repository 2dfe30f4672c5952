import { conversationOf } from "../../domain/index.ts";
import { ChatError } from "../../errors/chat-error.ts";
import type { Caller } from "../chat.ts";
import type { Context } from "../context.ts";
import { invalid, readId } from "../input-rules.ts";
import { isBusy } from "../stand-in/decide.ts";
import type { RequestInput } from "../stand-in-calls.ts";

/** After so long a second urgent request is worth a thought where nobody knows when the period ends, in milliseconds. */
const laterMs = 60 * 60 * 1_000;

const readWish = (value: unknown, path: string): boolean => {
  if (value !== undefined && value !== null && typeof value !== "boolean")
    throw invalid({ path, message: `${path} must be true or false` });
  return value === true;
};

/** What a writer asks of a busy person's stand-in, for this period: to keep silent, or to tell its owner at once. Asks no provider. */
export const request = async (context: Context, caller: Caller, input: RequestInput): Promise<void> => {
  const { ports, standIn } = context;
  const { users, relations, standIns, clock, events } = ports;
  const to = readId(input.to, "to");
  const wantsSilence = readWish(input.messageOnly, "messageOnly");
  const isUrgent = readWish(input.urgent, "urgent");
  if (!wantsSilence && !isUrgent) throw invalid({ path: "messageOnly", message: "messageOnly or urgent must be true" });
  if (to === caller.userId) throw invalid({ path: "to", message: "to must be somebody else's id" });
  const owner = await users.find(to);
  if (owner === null) throw new ChatError("NOT_FOUND", { message: "User not found" });
  const now = clock.now();
  if (!isBusy(owner, null, now)) throw new ChatError("CONFLICT", { message: "This person is not busy" });
  const asked = { owner: to, writer: caller.userId, period: owner.period, at: now };

  if (wantsSilence) {
    await standIns.request({ ...asked, kind: "message-only" });
    await standIn.writerWantsSilence(to, conversationOf(to, caller.userId));
  }
  if (isUrgent) {
    const until = owner.declared.word === "BUSY" ? owner.declared.until : null;
    if (!(await standIns.request({ ...asked, kind: "urgent" }))) {
      throw new ChatError("LIMITED", {
        message: "You have said already that it is urgent",
        retryAfterMs: until === null ? laterMs : until - now,
      });
    }
    // A blocked person is answered like any other, and heard by nobody.
    const blocks = await relations.between(to, caller.userId);
    if (!blocks.some((block) => block.owner === to))
      events.publish({ type: "urgent", owner: to, from: caller.userId, at: now });
  }
};
