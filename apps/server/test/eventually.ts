import { setTimeout as delay } from "node:timers/promises";

/** Far more than anything takes on a slow machine. */
const patienceMs = 90_000;

/** Asks again and again until the answer fits; rejects, with the last answer, when it never does. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  fits: (answer: T) => boolean,
  withinMs: number = patienceMs,
): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (performance.now() > deadline) throw new Error(`never came to fit: ${JSON.stringify(answer)}`);
    await delay(20);
  }
};
