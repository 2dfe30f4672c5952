import type { Another, Subject } from "./contract.ts";

/** How long a case may take when the options do not say: it is to end one that hangs, not to judge one on a machine that is busy. */
const defaultDeadlineMs = 60_000;

interface CaseRun<Tested> {
  readonly create: () => Promise<Tested> | Tested;
  readonly deadlineMs: number | undefined;
  readonly run: (subject: Tested, another: Another<Tested>) => Promise<void>;
}

/** The adapter itself, returned in the subject's place, is the likeliest mistake of all. */
const isSubject = (made: unknown): boolean => typeof made === "object" && made !== null && "port" in made;

/** Runs one case on a fresh subject within its deadline, disposes every subject that was made, and rejects with what went wrong. */
export const runCase = async <Tested extends Subject<unknown>>(given: CaseRun<Tested>): Promise<void> => {
  const { create, run, deadlineMs = defaultDeadlineMs } = given;
  const subjects: Tested[] = [];
  let isOver = false;
  const another = async (): Promise<Tested> => {
    const subject = await create();
    if (!isSubject(subject))
      throw new TypeError("`create` must return an object with the adapter as its `port`: `() => ({ port: adapter })`");
    // A subject that came after the deadline has nobody left to dispose it.
    if (isOver) await subject.dispose?.();
    else subjects.push(subject);
    return subject;
  };

  const errors: unknown[] = [];
  const attempt = async (what: string, action: () => Promise<void> | void): Promise<void> => {
    try {
      await within(deadlineMs, what, action);
    } catch (error) {
      errors.push(error);
    }
  };
  await attempt("The case", async () => run(await another(), another));
  isOver = true;
  for (const subject of subjects) await attempt("dispose()", () => subject.dispose?.());

  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join("\n"));
};

const within = async (ms: number, what: string, action: () => Promise<void> | void): Promise<void> => {
  let timeout: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timeout = setTimeout(() => reject(new Error(`${what} did not end within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([action(), deadline]);
  } finally {
    clearTimeout(timeout);
  }
};
