import type { MessageRepository } from "@standin/core/ports";
import type { MessageCase } from "./message-case.ts";
import {
  finishersAtOnce,
  firstMessagesAtOnce,
  insertsAmongWriters,
  insertsAtOneNumber,
  manyConversations,
  oldWorkerAgainstNew,
  oneClientIdManyTexts,
  oneSendManyTimes,
  ownerAgainstCommits,
  readersAtOnce,
  verdictsAtOnce,
  workersForOneJob,
  writersInOneConversation,
} from "./races.ts";

const race = (
  id: string,
  title: string,
  invariants: readonly string[],
  run: (port: MessageRepository) => Promise<void>,
): MessageCase => ({ id, title, invariants, capability: "concurrentWriters", run: ({ port }) => run(port) });

/** Each method is one commit, whoever else is at work. */
export const raceCases: readonly MessageCase[] = [
  race(
    "race-one-conversation",
    "8 writers × 25 messages: 1 to 200 without holes, for readers too",
    ["MR-03", "MR-04", "MR-07"],
    writersInOneConversation,
  ),
  race("race-many-conversations", "50 conversations at once: each 1 to 4", ["MR-03"], manyConversations),
  race(
    "race-first-messages",
    "the first messages of a conversation from both sides at once",
    ["MR-03", "MR-14"],
    firstMessagesAtOnce,
  ),
  race("race-one-send", "one send 20 times at once: one stored, 19 repeated", ["MR-05"], oneSendManyTimes),
  race(
    "race-one-client-id",
    "10 texts under one clientMsgId at once: one stored, 9 in conflict",
    ["MR-05"],
    oneClientIdManyTexts,
  ),
  race(
    "race-insert",
    "10 inserts at one number, or of one message: one inserted",
    ["MR-09", "MR-10"],
    insertsAtOneNumber,
  ),
  race(
    "race-insert-among-writers",
    "an insert finds its place while people write",
    ["MR-03", "MR-09"],
    insertsAmongWriters,
  ),
  race("race-verdicts", "10 verdicts at once: changes 1 to 10", ["MR-12"], verdictsAtOnce),
  race("race-read-positions", "10 read positions at once: the furthest holds", ["MR-13"], readersAtOnce),
  race(
    "race-claim",
    "10 workers for a job, or for two that exclude each other: one wins",
    ["MR-21", "MR-22"],
    workersForOneJob,
  ),
  race(
    "race-take-over",
    "a worker that goes on and one that takes over: one of them",
    ["MR-22", "MR-23", "MR-25"],
    oldWorkerAgainstNew,
  ),
  race(
    "race-drop",
    "an owner who returns and answers that commit: dropped, or named as committing",
    ["MR-25", "MR-27"],
    ownerAgainstCommits,
  ),
  race("race-end", "10 finishers of one answer: it ends once", ["MR-26"], finishersAtOnce),
];
