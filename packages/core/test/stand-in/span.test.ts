import { createMemoryStore } from "@standin/adapter-memory";
import { conversationOf, type MessageDraft } from "@standin/core/ports";
import fc from "fast-check";
import { expect, test } from "vitest";
import { spanOf } from "../../src/application/stand-in-calls/span.ts";

const [low, high] = ["a".repeat(24), "b".repeat(24)] as const;
const id = conversationOf(low, high);

const draft = (number: number, sender: string, fields: Pick<MessageDraft, "at" | "blocked">): MessageDraft => ({
  id: number.toString(16).padStart(24, "0"),
  conversation: id,
  sender,
  recipient: sender === low ? high : low,
  content: `${number}`,
  origin: "person",
  clientMsgId: null,
  period: null,
  messageOnly: false,
  inReplyTo: null,
  generator: null,
  notice: false,
  label: null,
  verdict: null,
  previousContent: null,
  ...fields,
});

test("what one person wrote within a time is found as by looking at every message, in few reads", async () => {
  const line = fc.record({ byWriter: fc.boolean(), blocked: fc.boolean(), pause: fc.integer({ min: 0, max: 3 }) });
  const conversation = fc.array(line, { maxLength: 60 });
  const bounds = fc.tuple(fc.integer({ min: -1, max: 120 }), fc.option(fc.integer({ min: 0, max: 120 })));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(low, high), conversation, bounds, async (writer, lines, [since, until]) => {
      const { messages } = createMemoryStore();
      const owner = writer === low ? high : low;
      let at = 0;
      for (const [number, { byWriter, blocked, pause }] of lines.entries()) {
        at += pause;
        await messages.append(draft(number, byWriter ? writer : owner, { at, blocked }), null);
      }
      let reads = 0;
      const counting: Parameters<typeof spanOf>[0] = {
        head: () => messages.head(id),
        page: (_, range) => {
          reads += 1;
          return messages.page(id, range);
        },
      };
      const span = await spanOf(counting, id, writer, { since, until });

      const all = await messages.page(id, { limit: 1_000 });
      const within = all.filter(
        (each) => each.sender === writer && !each.blocked && each.at >= since && (until === null || each.at <= until),
      );
      const [first, last] = [within[0], within.at(-1)];
      expect(span).toEqual(first === undefined ? null : { messages: within.length, first, last });
      // Four searches of at most six steps over 60 messages, and the counts at both ends.
      expect(reads).toBeLessThanOrEqual(4 * 6 + 4);
    }),
    { numRuns: 300 },
  );
});
