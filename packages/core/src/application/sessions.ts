import type { Id, Session, User } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Caller } from "./chat.ts";
import type { ChatPorts } from "./chat-ports.ts";
import type { Context } from "./context.ts";

type Sessions = Pick<Context, "ports" | "policy">;

/** Opens a session for the user and returns its token. */
export const openSession = async ({ ports, policy }: Sessions, user: User): Promise<string> => {
  const now = ports.clock.now();
  // Tokens count in whole seconds; a session lasts exactly as long as its token.
  const expiresAt = Math.floor((now + policy.tokenTtlMs) / 1000) * 1000;
  const session: Session = { id: ports.ids.secret(), userId: user.id, createdAt: now, expiresAt };
  await ports.sessions.create(session);
  return ports.tokens.issue({ userId: user.id, username: user.username, sessionId: session.id, expiresAt });
};

/** Who bears this token; see {@link Chat.authenticate}. */
export const authenticate = async (ports: ChatPorts, token: string): Promise<Caller> => {
  const claims = await ports.tokens.verify(token);
  if (claims === null) throw new ChatError("UNAUTHORIZED");
  const [user, session] = await Promise.all([ports.users.find(claims.userId), ports.sessions.find(claims.sessionId)]);
  if (user === null) throw new ChatError("UNAUTHORIZED", { cause: "user-gone" });
  if (session === null || session.userId !== user.id || session.expiresAt <= ports.clock.now())
    throw new ChatError("UNAUTHORIZED");
  return { userId: user.id, username: user.username, sessionId: session.id, expiresAt: session.expiresAt };
};

/** Ends sessions and tells every node, which closes their connections. */
export const endSessions = async (
  ports: ChatPorts,
  userId: Id,
  which: { readonly only: string } | { readonly allBut: string | null },
): Promise<void> => {
  if ("only" in which) await ports.sessions.delete(which.only);
  else await ports.sessions.deleteAllOf(userId, which.allBut);
  ports.events.publish({
    type: "sessions-ended",
    userId,
    sessions: "only" in which ? [which.only] : { allBut: which.allBut },
  });
};
