import { createMemoryStore } from "@standin/adapter-memory";
import type { StandInPorts } from "@standin/contract-tests";

/** A small seeded generator, so that a run can be had again. */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

/** The same port, each call waiting a few turns before and after it takes effect, as over a network: finer than any real store can be made to. */
const slowly = <Port extends object>(port: Port, random: () => number): Port =>
  new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...given: unknown[]): Promise<unknown> => {
        // The widest gap lies where it matters: before the insert, after all that speaks against it was looked at.
        for (let turns = random() * (name === "insertAt" ? 60 : 6); turns > 1; turns -= 1) await null;
        const result: unknown = await member.apply(target, given);
        for (let turns = random() * 6; turns > 1; turns -= 1) await null;
        return result;
      };
    },
  });

/** A store in memory that takes its time: what is at stake between two calls shows in it, though not in one that answers at once. */
export const createSlowStore = (seed: number): StandInPorts => {
  const random = createRandom(seed);
  const { users, sessions, relations, messages, standIns } = createMemoryStore();
  return {
    users: slowly(users, random),
    sessions,
    relations: slowly(relations, random),
    messages: slowly(messages, random),
    standIns: slowly(standIns, random),
  };
};
