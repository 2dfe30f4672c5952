import { emailKey, type User, usernameKey } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { CallOrigin, SignedIn, SignUpInput } from "./chat.ts";
import type { Context } from "./context.ts";
import { readEmail, readPassword, readUsername } from "./input-rules.ts";
import { rules } from "./limits.ts";
import { takeOne } from "./rate-limits.ts";
import { openSession } from "./sessions.ts";

export const signUp = async (context: Context, input: SignUpInput, origin: CallOrigin): Promise<SignedIn> => {
  const { users, ids, hasher, clock } = context.ports;
  const email = readEmail(input.email);
  const username = readUsername(input.username);
  const password = readPassword(input.password);
  await takeOne(context, rules.signUp, origin.address);
  // The unique index decides; this only spares the hashing.
  if ((await users.findByEmail(emailKey(email))) !== null) throw new ChatError("EMAIL_TAKEN");
  const user: User = {
    id: ids.id(),
    email,
    emailKey: emailKey(email),
    username,
    usernameKey: usernameKey(username),
    passwordHash: await hasher.hash(password),
    declared: { word: "none" },
    period: 0,
    lastBusy: null,
    published: { status: "AVAILABLE", prevstatus: "AVAILABLE", busyUntil: null, busyNote: null },
    version: 1,
    createdAt: clock.now(),
  };
  await users.create(user);
  await context.ports.sessions.rememberAddress(user.id, origin.address, user.createdAt);
  const token = await openSession(context, user);
  const [view] = await context.statuses.view([user], user.id);
  if (view === undefined) throw new ChatError("INTERNAL");
  return { token, user: view };
};
