import { constants } from "node:os";
import type { Logger } from "@standin/core/ports";

/** Why the process must stop, and how it should end. */
export interface StopRequest {
  readonly reason: string;
  readonly exitCode: number;
}

const signals = ["SIGTERM", "SIGINT"] as const;

/**
 * Listens for what ends the process: a signal, or an error that nobody caught. Returns a promise of the first of them.
 * A further signal exits at once with 128 and its number; a further error is only logged.
 */
export const awaitStopRequest = (logger: Logger): Promise<StopRequest> =>
  new Promise((resolve) => {
    let requested = false;
    const request = (stop: StopRequest) => {
      requested = true;
      resolve(stop);
    };
    for (const signal of signals)
      process.on(signal, () => {
        if (requested) process.exit(128 + constants.signals[signal]);
        request({ reason: signal, exitCode: 0 });
      });
    for (const event of ["uncaughtException", "unhandledRejection"] as const)
      process.on(event, (err: unknown) => {
        logger.error({ err }, `${event}: stopping`);
        if (!requested) request({ reason: event, exitCode: 1 });
      });
  });
