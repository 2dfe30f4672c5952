import type { Message } from "@standin/client";
import { expect, test } from "vitest";
import { type Entry, entryOf, withoutLabel } from "../src/chat/entry.ts";
import { rowsOf } from "../src/conversation/rows.ts";
import { daysBetween } from "../src/texts/moments.ts";

const me = "a".repeat(24);
const other = "b".repeat(24);

const entry = (seq: number, sender: string, at: string, part: Partial<Message> = {}): Entry => {
  const message: Message = {
    _id: String(seq).padStart(24, "0"),
    sender,
    recipient: sender === me ? other : me,
    content: `message ${seq}`,
    timestamp: new Date(at).toISOString(),
    seq,
    origin: "person",
    ...part,
  };
  return entryOf({ key: message._id, message, unsent: null }, me, 2);
};

const shape = (entries: readonly Entry[], readSeq: number | null) =>
  rowsOf(entries, readSeq).map((row) =>
    row.kind === "entry" ? `${row.entry.text}${row.joined ? " +" : ""}` : row.kind,
  );

test("a heading where a day begins, by the device's clock, and closely following ones of one voice joined", () => {
  const entries = [
    entry(1, other, "2026-03-01T22:00"),
    entry(2, me, "2026-03-01T23:58"),
    entry(3, me, "2026-03-01T23:59"),
    entry(4, me, "2026-03-02T00:01"),
    entry(5, me, "2026-03-02T00:20"),
  ];
  expect(shape(entries, null)).toEqual([
    "top",
    "day",
    "message 1",
    "message 2",
    "message 3 +",
    "day",
    "message 4",
    "message 5",
  ]);
});

test("one line above the first message of the other person that was not read", () => {
  const at = "2026-03-01T12:00";
  const entries = [entry(1, other, at), entry(2, me, at), entry(3, other, at), entry(4, other, at)];
  expect(shape(entries, 1)).toEqual(["top", "day", "message 1", "message 2", "new", "message 3", "message 4 +"]);
  expect(shape(entries, 4)).not.toContain("new");
  expect(shape(entries.slice(2), 1), "the message before it is not at hand").not.toContain("new");
});

test("an assistant's message is never joined to its owner's", () => {
  const at = "2026-03-01T12:00";
  const entries = [entry(1, other, at), entry(2, other, at, { origin: "standin" }), entry(3, other, at)];
  expect(shape(entries, null)).toEqual(["top", "day", "message 1", "message 2", "message 3"]);
});

test("keys are unique, whatever comes between", () => {
  const entries = [entry(1, other, "2026-03-01T12:00"), entry(2, other, "2026-03-02T12:00")];
  const keys = rowsOf(entries, 0).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test("a day on which the clock changes is one day", () => {
  for (const year of [2025, 2026])
    for (let month = 0; month < 12; month += 1)
      for (const day of [1, 8, 25, 28])
        expect(daysBetween(+new Date(year, month, day, 23, 59), +new Date(year, month, day + 1, 0, 1))).toBe(1);
});

test("the assistant's text is shown without its label, and only without that", () => {
  const label = "Ada's assistant";
  expect(withoutLabel({ label, content: "Ada's assistant: Back at five." })).toBe("Back at five.");
  expect(withoutLabel({ label, content: "What Ada corrected" })).toBe("What Ada corrected");
  expect(withoutLabel({ content: "Ada's assistant: a person wrote this" })).toBe(
    "Ada's assistant: a person wrote this",
  );
});
