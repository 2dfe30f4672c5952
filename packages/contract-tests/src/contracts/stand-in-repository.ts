import { createDrafts } from "../drafts.ts";
import type { Contract } from "../engine/contract.ts";
import { works } from "../expectations.ts";
import { boundedBudget, oneEnd, oneRequest, oneSuggestion, oneWinnerOfSettings } from "./stand-ins/races.ts";
import { requestCases } from "./stand-ins/request-cases.ts";
import { settingsCases } from "./stand-ins/settings-cases.ts";
import type { StandInRepositoryCapability, StandInRepositorySubject } from "./stand-ins/stand-in-case.ts";
import { suggestionCases } from "./stand-ins/suggestion-cases.ts";

/** What every {@link StandInRepository} must do. */
export const standInRepositoryContract: Contract<StandInRepositorySubject, StandInRepositoryCapability> = {
  id: "stand-in-repository",
  version: 1,
  title: "Stand-in repository",
  capabilities: {
    durable: {
      about: "What was stored is there after the adapter was closed and opened again.",
      async probe(subject) {
        if (subject.reopen === undefined) return false;
        const drafts = createDrafts();
        const owner = drafts.id();
        await subject.port.compareAndSetSettings(owner, drafts.settings(), 0);
        return (await (await subject.reopen()).settings(owner)).version === 1;
      },
    },
    concurrentWriters: {
      about: "Writers that race, also in several processes, never get more than the rule allows.",
      async probe({ port }) {
        const races = [oneWinnerOfSettings, boundedBudget, oneRequest, oneSuggestion, oneEnd];
        for (const race of races) if (!(await works(race(port)))) return false;
        return true;
      },
    },
  },
  cases: [...settingsCases, ...requestCases, ...suggestionCases],
};
