import assert from "node:assert/strict";
import { type ChatErrorCode, isChatError } from "@standin/core/ports";
import type { Subject } from "./engine/contract.ts";
import { NotShown } from "./engine/not-shown.ts";

/** The promise rejects with a ChatError of this code. */
export const rejectsWith = async (code: ChatErrorCode, promise: Promise<unknown>): Promise<void> => {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) assert.fail(`Expected a ChatError ${code}; it resolved`);
  const { error } = outcome;
  assert.ok(isChatError(error), `Expected a ChatError ${code}, not ${String(error)}`);
  assert.equal(error.code, code);
};

/** Overwrites everything in a record, all the way down. What is frozen stays as it is, which is as good as a copy. */
export const deface = (record: unknown): void => {
  if (typeof record !== "object" || record === null) return;
  for (const key of Object.keys(record)) {
    deface(Reflect.get(record, key));
    Reflect.set(record, key, "defaced");
  }
};

/** The port over the same data after a restart. NotShown where the subject cannot be restarted. */
export const reopened = async <Port>(subject: Subject<Port>): Promise<Port> => {
  if (subject.reopen === undefined)
    throw new NotShown("durable", "add `reopen()` to what `create` returns: close it and open the same data again");
  return subject.reopen();
};

/** For a probe: does it all work? */
export const works = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  );

/** The numbers from `first` to `last`. */
export const numbers = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** So many calls at once, `index` from 0. */
export const atOnce = <Result>(
  count: number,
  call: (index: number) => Promise<Result>,
): Promise<readonly Awaited<Result>[]> => Promise.all(numbers(0, count - 1).map(call));

/** How often each value occurs. */
export const tally = (values: Iterable<string>): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

/** One turn of the event loop: time for others to go on. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits for what must come to be, and fails when it has not after some 3,000 turns. */
export const until = async (what: string, isSo: () => boolean): Promise<void> => {
  for (let turn = 0; !isSo(); turn += 1) {
    if (turn === 3_000) assert.fail(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};
