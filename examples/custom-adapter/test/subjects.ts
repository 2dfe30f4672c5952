import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ContractOptions, MessageRepositoryCapability, MessageRepositorySubject } from "@standin/contract-tests";
import { createJsonLinesMessageRepository } from "../src/json-lines-message-repository.ts";

type Options = ContractOptions<MessageRepositorySubject, MessageRepositoryCapability>;

/** A case takes milliseconds; this is for a machine that stands still meanwhile. */
const deadlineMs = 60_000;

/** With a file of its own, which goes with the case. */
export const inFile: Options = {
  name: "JSON lines",
  capabilities: { durable: true, concurrentWriters: true },
  create: () => {
    const directory = mkdtempSync(join(tmpdir(), "standin-json-lines-"));
    const path = join(directory, "chat.jsonl");
    return {
      port: createJsonLinesMessageRepository({ path }),
      reopen: async () => createJsonLinesMessageRepository({ path }),
      dispose: () => rmSync(directory, { recursive: true }),
    };
  },
  deadlineMs,
};

/** Without a file, and without what a file is for. */
export const withoutFile: Options = {
  name: "JSON lines, without a file",
  capabilities: { durable: { unsupported: "no file was given" }, concurrentWriters: true },
  create: () => ({ port: createJsonLinesMessageRepository({ path: null }) }),
  deadlineMs,
};
