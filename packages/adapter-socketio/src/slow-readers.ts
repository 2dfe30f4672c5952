import type { Clock, Logger, Timer } from "@standin/core/ports";
import { bytesBehind, type EngineSocket, packetsBehind } from "./backlog.ts";

const checkEveryMs = 1_000;
const packetBound = 200;
const packetBoundForMs = 5_000;
const byteBound = 1024 * 1024;

export interface SlowReadersOptions {
  /** The connections there are now. */
  readonly connections: () => Iterable<EngineSocket>;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Disconnects those who do not read: more than 200 packets behind for 5 s, or more than 1 MiB behind. They come back and catch up
 * from their cursors; everybody else never notices. Returns what ends the watch.
 */
export const watchSlowReaders = ({ connections, timer, clock, logger }: SlowReadersOptions): (() => void) => {
  const behindSince = new WeakMap<EngineSocket, number>();

  const tooSlow = (conn: EngineSocket, now: number): boolean => {
    if (bytesBehind(conn) > byteBound) return true;
    if (packetsBehind(conn) <= packetBound) {
      behindSince.delete(conn);
      return false;
    }
    const since = behindSince.get(conn) ?? now;
    behindSince.set(conn, since);
    return now - since >= packetBoundForMs;
  };

  const check = (): void => {
    const now = clock.now();
    for (const conn of [...connections()]) {
      if (!tooSlow(conn, now)) continue;
      logger.info({ packets: packetsBehind(conn) }, "A reader that does not keep up is disconnected");
      conn.close(true);
    }
    stop = timer.after(checkEveryMs, check);
  };

  let stop = timer.after(checkEveryMs, check);
  return () => stop();
};
