import type { LastSeen, SeenAnswers } from "../seen/last-seen.ts";

/** Makes a call and has the device keep its answer under that name; false: it is not one to keep. */
export type Remember = <Name extends keyof SeenAnswers>(
  name: Name | false,
  call: () => Promise<SeenAnswers[Name]>,
) => Promise<SeenAnswers[Name]>;

/** `current`: of whoever is signed in now. An answer is kept for the person who asked. */
export const createRemember =
  (current: () => LastSeen | undefined): Remember =>
  async (name, call) => {
    const seen = current();
    const answer = await call();
    if (name !== false) seen?.keep(name, answer);
    return answer;
  };
