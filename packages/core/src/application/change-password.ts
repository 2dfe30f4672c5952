import { ChatError } from "../errors/chat-error.ts";
import type { Caller, CallOrigin } from "./chat.ts";
import type { Context } from "./context.ts";
import { invalid, readPassword } from "./input-rules.ts";
import { endSessions } from "./sessions.ts";
import { checkPassword } from "./sign-in.ts";

/** Changes the caller's password and ends all other sessions. Wrong guesses count as wrong sign-ins do. */
export const changePassword = async (
  context: Context,
  caller: Caller,
  input: { readonly current: string; readonly next: string },
  origin: CallOrigin,
): Promise<void> => {
  const { users, hasher } = context.ports;
  const next = readPassword(input.next, "next");
  const { current } = input;
  if (typeof current !== "string") throw invalid({ path: "current", message: "current is required" });
  const user = await users.find(caller.userId);
  if (user === null) throw new ChatError("UNAUTHORIZED");
  if (!(await checkPassword(context, user.emailKey, user, current, origin))) throw new ChatError("INVALID_CREDENTIALS");
  const passwordHash = await hasher.hash(next);
  await context.statuses.change(user.id, () => ({ passwordHash }));
  await endSessions(context.ports, user.id, { allBut: caller.sessionId });
};
