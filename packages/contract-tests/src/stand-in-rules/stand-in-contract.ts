import assert from "node:assert/strict";
import { createDrafts } from "../drafts.ts";
import type { Contract } from "../engine/contract.ts";
import { afterCases } from "./cases/after.ts";
import { decisionCases } from "./cases/decisions.ts";
import { failureCases } from "./cases/failure.ts";
import { identityCases } from "./cases/identity.ts";
import { interleavingCases } from "./cases/interleavings.ts";
import { limitCases } from "./cases/limits.ts";
import { loopCases } from "./cases/loops.ts";
import { privacyCases } from "./cases/privacy.ts";
import { returnCases } from "./cases/return.ts";
import { storeFirstCases } from "./cases/store-first.ts";
import type { StandInCapability, StandInSubject } from "./stand-in-subject.ts";

/**
 * The rules of the stand-in, R01 to R29, over any store and any model: a chat is made over the subject's ports, time is the suite's, and what
 * happened is read from the store.
 */
export const standInContract: Contract<StandInSubject, StandInCapability> = {
  id: "stand-in",
  version: 1,
  title: "Stand-in",
  capabilities: {
    model: {
      about: "A model writes the answers; without one the template does.",
      probe: async ({ model }) => model !== undefined,
    },
  },
  cases: [
    {
      id: "isolation",
      title: "each subject is a store of its own",
      invariants: [],
      async run({ port }, another) {
        const user = createDrafts().user();
        await port.users.create(user);
        assert.equal(await (await another()).port.users.find(user.id), null);
      },
    },
    ...storeFirstCases,
    ...loopCases,
    ...decisionCases,
    ...limitCases,
    ...identityCases,
    ...privacyCases,
    ...returnCases,
    ...interleavingCases,
    ...failureCases,
    ...afterCases,
  ],
};
