import type { Caller } from "./chat.ts";
import type { Context } from "./context.ts";
import { endSessions } from "./sessions.ts";
import { bridgeOf } from "./sign-in.ts";

/** Ends the caller's session, or all of them, and the leases that stood on them, without grace. */
export const signOut = async (
  context: Context,
  caller: Caller,
  { everywhere = false }: { readonly everywhere?: boolean | undefined },
): Promise<void> => {
  const { ports, statuses } = context;
  const { userId, sessionId } = caller;
  await endSessions(ports, userId, everywhere ? { allBut: null } : { only: sessionId });
  // A single session's sockets end their own leases, on whichever node they are; the bridge belongs to no socket.
  const leases = everywhere ? await ports.presence.leasesOf(userId, ports.clock.now()) : [];
  await ports.presence.end([bridgeOf(userId), ...leases.map(({ connectionId }) => connectionId)]);
  await statuses.refresh(userId);
};
