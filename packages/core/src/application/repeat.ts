import type { ChatPorts } from "./chat-ports.ts";

export interface Repeated {
  start(): void;
  /** Resolves when a run that is under way has ended; none follows. */
  stop(): Promise<void>;
}

/** Runs `task` again and again, `everyMs` after its last run ended, as it is then; a failure is logged and the next run goes on. */
export const repeat = (
  { timer, logger }: Pick<ChatPorts, "timer" | "logger">,
  everyMs: number | (() => number),
  name: string,
  task: () => Promise<void>,
): Repeated => {
  let cancel = (): void => {};
  let running: Promise<void> = Promise.resolve();
  let stopped = true;
  const next = (): void => {
    if (stopped) return;
    cancel = timer.after(typeof everyMs === "number" ? everyMs : everyMs(), () => {
      running = task()
        .catch((err: unknown) => logger.error({ err }, `could not ${name}`))
        .then(next);
    });
  };
  return {
    start: () => {
      stopped = false;
      next();
    },
    stop: async () => {
      stopped = true;
      cancel();
      await running;
    },
  };
};
