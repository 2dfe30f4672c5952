import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isChatError, type MessageDraft } from "@standin/core/ports";
import { afterAll, expect, test } from "vitest";
import { createJsonLinesMessageRepository } from "../src/json-lines-message-repository.ts";

const directory = mkdtempSync(join(tmpdir(), "standin-journal-"));
afterAll(() => rmSync(directory, { recursive: true }));

const [ada, bob] = ["a".repeat(24), "b".repeat(24)];
const draftOf = (number: number): MessageDraft => ({
  id: number.toString(16).padStart(24, "0"),
  conversation: `${ada}:${bob}`,
  sender: ada,
  recipient: bob,
  content: `Message ${number} 🦊`,
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
});

test("a line on which the process died is dropped, and the next one takes its place", async () => {
  const path = join(directory, "torn.jsonl");
  await createJsonLinesMessageRepository({ path }).append(draftOf(1), null);
  appendFileSync(path, '[{"message":{"id":"🦊');
  await createJsonLinesMessageRepository({ path }).append(draftOf(2), null);
  const page = await createJsonLinesMessageRepository({ path }).page(`${ada}:${bob}`, { limit: 9 });
  expect(page.map(({ seq, content }) => [seq, content])).toEqual([
    [1, "Message 1 🦊"],
    [2, "Message 2 🦊"],
  ]);
});

test("what the file system says leaves as UNAVAILABLE, and the store goes on once it can", async () => {
  const path = join(directory, "gone.jsonl");
  const store = createJsonLinesMessageRepository({ path });
  rmSync(path);
  for (const call of [() => store.append(draftOf(1), null), () => store.ping()])
    await expect(call()).rejects.toSatisfy((error) => isChatError(error) && error.code === "UNAVAILABLE");
  appendFileSync(path, "");
  expect(await store.append(draftOf(1), null)).toMatchObject({ outcome: "stored", message: { seq: 1 } });
});
