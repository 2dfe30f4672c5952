import { createMemoryStore } from "@standin/adapter-memory";
import { checkContract, type StandInSubject, standInContract } from "@standin/contract-tests";
import { createSlowStore } from "../slow-store.ts";
import { type Family, failuresOf } from "./mutant.ts";
import { answerBreaks } from "./stand-in-answers.ts";
import type { StandInBreak } from "./stand-in-break.ts";
import { failureBreaks } from "./stand-in-failures.ts";
import { restraintBreaks } from "./stand-in-restraint.ts";
import { returnBreaks } from "./stand-in-return.ts";
import { wordBreaks } from "./stand-in-words.ts";

const sound = { name: "sound", capabilities: { model: true } } as const;
const create = (): StandInSubject => ({ port: createMemoryStore() });
const createSlow = (): StandInSubject => ({ port: createSlowStore(5) });

/** What takes long is asked only of mutants that are about it. */
const long = new Set(["R05", "R05-machine", "R21", "R21-writes"]);

const checkBroken = ([name, fails, change]: StandInBreak): Promise<readonly string[]> => {
  const isLong = fails.some((id) => long.has(id));
  const cases = isLong ? standInContract.cases : standInContract.cases.filter(({ id }) => !long.has(id));
  const createBroken = (): StandInSubject => {
    const subject = isLong ? createSlow() : create();
    return { ...subject, ...change(subject) };
  };
  const options = { ...sound, name, create: createBroken };
  return failuresOf({ ...standInContract, cases }, options, fails, isLong ? 60_000 : undefined);
};

/** Of a chat that differs in one thing from a sound one. */
export const standInRulesFamily: Family = {
  contract: standInContract.id,
  cases: standInContract.cases.map(({ id }) => id),
  checkSound: () => checkContract(standInContract, { ...sound, create }),
  mutants: [
    {
      name: "is the same store twice",
      fails: ["isolation"],
      check: () => {
        const subject = create();
        const first = { ...standInContract, cases: standInContract.cases.slice(0, 1) };
        return failuresOf(first, { ...sound, create: () => subject }, ["isolation"]);
      },
    },
    ...[...answerBreaks, ...wordBreaks, ...failureBreaks, ...restraintBreaks, ...returnBreaks].map((broken) => ({
      name: broken[0],
      fails: broken[1],
      check: () => checkBroken(broken),
    })),
  ],
};
