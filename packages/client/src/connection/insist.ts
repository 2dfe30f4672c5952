import { ClientError } from "../errors.ts";
import type { Timing } from "../options.ts";
import { backoff, wait } from "./wait.ts";

/** Repeats a call that may be repeated until it succeeds or fails for good; an abort rejects with the signal's reason. */
export const insist = async <Value>(
  call: () => Promise<Value>,
  signal: AbortSignal,
  { reconnectMinMs, reconnectMaxMs }: Timing,
): Promise<Value> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ClientError) || !error.retryable) throw error;
      await wait((error.retryAfterMs ?? 0) + backoff(attempt, reconnectMinMs, reconnectMaxMs), signal);
    }
  }
};
