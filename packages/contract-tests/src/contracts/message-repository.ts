import type { Contract } from "../engine/contract.ts";
import { works } from "../expectations.ts";
import { appendCases } from "./messages/append-cases.ts";
import { durableCases } from "./messages/durable-cases.ts";
import { insertCases } from "./messages/insert-cases.ts";
import { jobCases } from "./messages/job-cases.ts";
import { jobEndCases } from "./messages/job-end-cases.ts";
import {
  createPair,
  type MessageRepositoryCapability,
  type MessageRepositorySubject,
  store,
} from "./messages/message-case.ts";
import { raceCases } from "./messages/race-cases.ts";
import { oneSendManyTimes, workersForOneJob, writersInOneConversation } from "./messages/races.ts";
import { readingCases } from "./messages/reading-cases.ts";

/** What every `MessageRepository` must do: messages, conversations, read positions and the stand-in's jobs. */
export const messageRepositoryContract: Contract<MessageRepositorySubject, MessageRepositoryCapability> = {
  id: "message-repository",
  version: 1,
  title: "Message repository",
  capabilities: {
    durable: {
      about: "What was stored is there after the adapter was closed and opened again.",
      async probe(subject) {
        if (subject.reopen === undefined) return false;
        const { drafts, low, high } = createPair();
        const message = await store(subject.port, drafts.message(low, high));
        return (await (await subject.reopen()).find(message.id)) !== null;
      },
    },
    concurrentWriters: {
      about: "Each method is one commit, whoever else is at work.",
      async probe(_subject, another) {
        for (const race of [writersInOneConversation, oneSendManyTimes, workersForOneJob])
          if (!(await works(race((await another()).port)))) return false;
        return true;
      },
    },
  },
  cases: [...appendCases, ...insertCases, ...readingCases, ...jobCases, ...jobEndCases, ...raceCases, ...durableCases],
};
