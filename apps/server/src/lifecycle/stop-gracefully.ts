import { setTimeout as delay } from "node:timers/promises";
import type { ChatSockets } from "@standin/adapter-socketio";
import type { Chat } from "@standin/core";
import type { Logger } from "@standin/core/ports";
import type { Store } from "../composition/open-store.ts";
import type { HttpDoor } from "../http/http-door.ts";
import type { Readiness } from "./readiness.ts";

/** What is stopped, in this order. */
export interface Stoppable {
  readonly readiness: Readiness;
  readonly chat: Pick<Chat, "drain" | "stop">;
  readonly http: HttpDoor;
  readonly sockets: Pick<ChatSockets, "drain" | "close">;
  readonly store: Pick<Store, "close">;
  readonly shutdownMs: number;
  readonly logger: Logger;
}

/** Parts of the whole time: over how much of it clients are sent away, and by when requests under way must have their answer. */
const parts = { sendAway: 0.2, answer: 0.6 } as const;
const longestWindowMs = 2_000;

const stopInOrder = async ({ readiness, chat, http, sockets, store, shutdownMs }: Stoppable): Promise<void> => {
  readiness.end();
  chat.drain();
  const windowMs = Math.min(longestWindowMs, shutdownMs * parts.sendAway);
  const answered = Promise.all([http.stopAccepting(), sockets.drain({ windowMs })]);
  await Promise.race([answered, delay(shutdownMs * parts.answer, undefined, { ref: false })]);
  await sockets.close();
  http.closeConnections();
  await chat.stop();
  await store.close();
};

/**
 * Not ready → no new connections → sockets are told → requests under way get their answers → sockets closed → worker ended → store
 * closed. Resolves with true when that was done within `shutdownMs`, false when the time ran out or a step failed.
 */
export const stopGracefully = async (stoppable: Stoppable): Promise<boolean> => {
  // It also keeps the process alive: between two polls nothing else may do so, and the process would end in the middle.
  const ended = new AbortController();
  const late = delay(stoppable.shutdownMs, "late" as const, { signal: ended.signal });
  late.catch(() => {});
  try {
    const outcome = await Promise.race([stopInOrder(stoppable), late]);
    if (outcome === "late") stoppable.logger.error({ shutdownMs: stoppable.shutdownMs }, "stopping took too long");
    return outcome !== "late";
  } catch (err) {
    stoppable.logger.error({ err }, "stopping failed");
    return false;
  } finally {
    ended.abort();
  }
};
