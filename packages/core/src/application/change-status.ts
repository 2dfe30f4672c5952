import { applyChange, type StatusChange, type UserView } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Caller, StatusInput } from "./chat.ts";
import type { Context } from "./context.ts";
import { invalid, readNote, readUntil } from "./input-rules.ts";

const readChange = (input: StatusInput, now: number): StatusChange => {
  const { status } = input;
  if (status === "BUSY") return { status, until: readUntil(input.until, now), note: readNote(input.note) };
  if (status !== "AVAILABLE" && status !== "ONLINE") {
    throw invalid({ path: "status", message: "Status is required and must be 'AVAILABLE' or 'BUSY'" });
  }
  for (const path of ["until", "note"] as const) {
    if (input[path] !== undefined && input[path] !== null)
      throw invalid({ path, message: `${path} goes with BUSY only` });
  }
  return { status };
};

/** Changes what the caller says of themselves. Whoever leaves BUSY is told so only when their stand-in is silent for good. */
export const changeStatus = async (context: Context, caller: Caller, input: StatusInput): Promise<UserView> => {
  const change = readChange(input, context.ports.clock.now());
  const changed = await context.statuses.change(caller.userId, (user, now) =>
    applyChange(user.declared, user.period, change, now),
  );
  if (changed === null) throw new ChatError("NOT_FOUND", { message: "User not found" });
  // Also when the record said so before: another call may have written it and not yet have silenced the stand-in.
  if (change.status !== "BUSY") await context.standIn.ownerLeft(caller.userId);
  return changed.view;
};
