import type { Id, UserView } from "../domain/index.ts";
import { ChatError } from "../errors/chat-error.ts";
import type { Caller, Connections } from "./chat.ts";
import type { Context } from "./context.ts";
import { repeat } from "./repeat.ts";
import { bridgeOf } from "./sign-in.ts";

// status.md: a lease of 60 s, renewed every 20 s; reapers and ends of BUSY looked at every second; departures held back for 15 s after a start.
const leaseMs = 60_000;
const heartbeatMs = 20_000;
const sweepMs = 1_000;
const departuresAfterMs = 15_000;
/** How often live connections are compared with their sessions: a revoked one is closed within 2 s even when no event told of it. */
const sessionCheckMs = 1_500;
const chunk = 500;

export interface TrackedConnections extends Connections {
  start(): void;
  /** From now on departures are left for the next process to announce. */
  drain(): void;
  stop(): Promise<void>;
}

const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / chunk) }, (_, index) => list.slice(index * chunk, (index + 1) * chunk));

/** One lease per connection of this process, renewed while it lives, and the sweeps that find what changed by time alone. */
export const trackConnections = (context: Context): TrackedConnections => {
  const { ports, policy, nodeId, statuses } = context;
  const { presence, sessions, users, clock, events } = ports;
  const open = new Map<string, Caller>();
  let draining = false;
  // Whoever was connected to an earlier process has time to come back before they are said to be gone; null: that time is over.
  let cameSinceStart: Set<Id> | null = new Set();

  const lease = (connectionId: string, { userId }: Caller, expiresAt: number) => ({
    userId,
    connectionId,
    nodeId,
    expiresAt,
  });

  const heartbeat = async (): Promise<void> => {
    for (const ids of chunks([...open.keys()])) {
      const expiresAt = clock.now() + leaseMs;
      const alive = await presence.extend(ids, expiresAt);
      // A process that slept may have been reaped while its connections lived on.
      const lost = ids.flatMap((id) => {
        const caller = alive.has(id) ? undefined : open.get(id);
        return caller === undefined ? [] : [lease(id, caller, expiresAt)];
      });
      await presence.put(lost);
      for (const userId of new Set(lost.map((each) => each.userId))) await statuses.refresh(userId);
    }
  };

  const closeRevoked = async (): Promise<void> => {
    for (const part of chunks([...open.values()])) {
      const found = new Map(
        (await sessions.findMany([...new Set(part.map(({ sessionId }) => sessionId))])).map((session) => [
          session.id,
          session,
        ]),
      );
      for (const { userId, sessionId } of part) {
        if ((found.get(sessionId)?.expiresAt ?? 0) > clock.now()) continue;
        events.publish({ type: "sessions-ended", userId, sessions: [sessionId] });
      }
    }
  };

  const refreshAll = async (ids: readonly Id[]): Promise<void> => {
    for (const id of ids) await statuses.refresh(id);
  };

  const sweep = async (): Promise<void> => {
    if (draining) return;
    for (let more = true; more; ) {
      const gone = await presence.reap(clock.now(), chunk);
      await refreshAll(gone.filter((id) => cameSinceStart?.has(id) ?? true));
      more = gone.length > 0;
    }
    await refreshAll((await users.publishedBusyUntil(clock.now(), chunk)).map(({ id }) => id));
  };

  /** Those who were connected to an earlier process and have not come back. */
  const announceDepartures = async (): Promise<void> => {
    cameSinceStart = null;
    for (let after: Id | null = null; !draining; ) {
      const page = await users.publishedAs("ONLINE", after, chunk);
      await refreshAll(page.map(({ id }) => id));
      after = page.at(-1)?.id ?? null;
      if (page.length < chunk) return;
    }
  };

  const tasks = [
    repeat(ports, heartbeatMs, "renew leases", heartbeat),
    repeat(ports, sessionCheckMs, "check sessions", closeRevoked),
    repeat(ports, sweepMs, "sweep statuses", sweep),
  ];
  let cancelDepartures = (): void => {};

  return {
    open: async (caller, connectionId): Promise<UserView> => {
      open.set(connectionId, caller);
      cameSinceStart?.add(caller.userId);
      try {
        await presence.put([lease(connectionId, caller, clock.now() + leaseMs)]);
        // Looked at after the lease is there: a session that ends from now on finds it.
        if ((await sessions.find(caller.sessionId)) === null) throw new ChatError("UNAUTHORIZED");
        await presence.end([bridgeOf(caller.userId)]);
        const changed = await statuses.change(caller.userId, () => ({}));
        if (changed === null) throw new ChatError("UNAUTHORIZED");
        return changed.view;
      } catch (error) {
        open.delete(connectionId);
        await presence.end([connectionId]).catch(() => {});
        throw error;
      }
    },
    close: async (connectionId, { atOnce = false } = {}) => {
      const caller = open.get(connectionId);
      if (caller === undefined) return;
      open.delete(connectionId);
      if (!atOnce && policy.statusGraceMs > 0) {
        await presence.extend([connectionId], clock.now() + policy.statusGraceMs);
        return;
      }
      await presence.end([connectionId]);
      if (!draining) await statuses.refresh(caller.userId);
    },
    start: () => {
      for (const task of tasks) task.start();
      const announce = (): void => {
        announceDepartures().catch((err: unknown) => ports.logger.error({ err }, "could not announce departures"));
      };
      cancelDepartures = ports.timer.after(departuresAfterMs, announce);
    },
    drain: () => {
      draining = true;
    },
    stop: async () => {
      draining = true;
      cancelDepartures();
      await Promise.all(tasks.map((task) => task.stop()));
    },
  };
};
