// The real server with one bug planted: it acknowledges a message before the store has it. The crash test must see that.
import type { AppendResult, MessageRepository } from "@standin/core/ports";
import { run } from "../../src/run.ts";

const commitAfterMs = 20;

const acknowledgeBeforeCommit = (messages: MessageRepository): MessageRepository => ({
  ...messages,
  append: async (draft, job): Promise<AppendResult> => {
    setTimeout(() => void messages.append(draft, job).catch(() => {}), commitAfterMs);
    return { outcome: "stored", message: { ...draft, seq: 1, counts: [0, 0], rev: null }, job: null };
  },
});

process.exit(
  await run(process.argv.slice(2), (ports) => ({ ...ports, messages: acknowledgeBeforeCommit(ports.messages) })),
);
