import { randomBytes } from "node:crypto";
import { conversationOf, type MessageDraft } from "@standin/core/ports";
import { createSqliteStore } from "../src/index.ts";

// Appends messages to the database that is named on the command line, and prints the id of each that was acknowledged.
const store = await createSqliteStore({ path: process.argv[2] ?? "" });
const [sender, recipient] = ["a".repeat(24), "b".repeat(24)];

const send = async (): Promise<void> => {
  const draft: MessageDraft = {
    id: randomBytes(12).toString("hex"),
    conversation: conversationOf(sender, recipient),
    sender,
    recipient,
    content: "hello",
    at: 0,
    origin: "person",
    clientMsgId: null,
    period: null,
    blocked: false,
    messageOnly: false,
    inReplyTo: null,
    generator: null,
    notice: false,
    label: null,
    verdict: null,
    previousContent: null,
  };
  await store.messages.append(draft, { owner: recipient, period: 1, wakeAt: 0, decision: null });
  process.stdout.write(`${draft.id}\n`);
};

for (;;) await Promise.all(Array.from({ length: 10 }, send));
