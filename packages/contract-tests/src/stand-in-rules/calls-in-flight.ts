import type { PendingWork } from "../doubles/fake-time.ts";

/** Counts the calls that have not been answered yet, so that time stands still until they are. */
export interface CallsInFlight extends PendingWork {
  /** The same port; its answers are passed on as they are. */
  counted<Port extends object>(port: Port): Port;
  /** The same promise. */
  count<Result>(call: Promise<Result>): Promise<Result>;
  /** How many there have been, answered or not. */
  readonly made: number;
  /** Resolves when there have been so many. */
  untilMade(count: number): Promise<void>;
}

export const createCallsInFlight = (): CallsInFlight => {
  let calls = 0;
  let made = 0;
  let waiting: (() => void)[] = [];
  const counting = new Set<() => void>();
  const ended = (): void => {
    calls -= 1;
    if (calls > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const count = <Result>(call: Promise<Result>): Promise<Result> => {
    calls += 1;
    made += 1;
    for (const look of counting) look();
    call.then(ended, ended);
    return call;
  };
  return {
    isIdle: () => calls === 0,
    idle: () => (calls === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    count,
    get made() {
      return made;
    },
    untilMade: (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (made < wanted) return;
          counting.delete(look);
          resolve();
        };
        counting.add(look);
        look();
      }),
    counted: (port) =>
      new Proxy(port, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (typeof member !== "function") return member;
          return (...given: unknown[]): unknown => {
            const result: unknown = member.apply(target, given);
            return result instanceof Promise ? count(result) : result;
          };
        },
      }),
  };
};
