import { createDrafts } from "../drafts.ts";
import type { Contract } from "../engine/contract.ts";
import { works } from "../expectations.ts";
import { listCases } from "./users/list-cases.ts";
import { recordCases } from "./users/record-cases.ts";
import type { UserRepositoryCapability, UserRepositorySubject } from "./users/user-case.ts";
import { oneWinnerOfAddress, oneWinnerOfVersion } from "./users/user-races.ts";

/** What every `UserRepository` must do. */
export const userRepositoryContract: Contract<UserRepositorySubject, UserRepositoryCapability> = {
  id: "user-repository",
  version: 1,
  title: "User repository",
  capabilities: {
    durable: {
      about: "What was stored is there after the adapter was closed and opened again.",
      async probe(subject) {
        if (subject.reopen === undefined) return false;
        const user = createDrafts().user();
        await subject.port.create(user);
        return (await (await subject.reopen()).find(user.id)) !== null;
      },
    },
    concurrentWriters: {
      about: "Of writers that race, one wins and the others are told.",
      async probe({ port }, another) {
        return (await works(oneWinnerOfAddress(port))) && works(oneWinnerOfVersion((await another()).port));
      },
    },
  },
  cases: [...recordCases, ...listCases],
};
