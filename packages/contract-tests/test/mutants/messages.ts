import { createMemoryStore } from "@standin/adapter-memory";
import { messageRepositoryContract } from "@standin/contract-tests";
import { messageJobBreaks } from "./message-jobs.ts";
import { messageRaceBreaks } from "./message-races.ts";
import { messageReadingBreaks } from "./message-reading.ts";
import { messageWritingBreaks } from "./message-writing.ts";
import { type Family, familyOf, held } from "./mutant.ts";

export const messageFamily: Family = familyOf(
  messageRepositoryContract,
  {
    name: "memory",
    capabilities: { durable: true, concurrentWriters: true },
    create: () => held(createMemoryStore().messages),
  },
  [...messageWritingBreaks, ...messageReadingBreaks, ...messageJobBreaks, ...messageRaceBreaks],
);
