import type { Entry } from "../chat/entry.ts";
import { dayOf } from "../texts/moments.ts";
import type { LogRow } from "./log-row.ts";

/** A row of the conversation as it is drawn. */
export type Row = LogRow &
  (
    | { readonly kind: "top" }
    | { readonly kind: "day"; readonly at: number }
    | { readonly kind: "new" }
    | {
        readonly kind: "entry";
        readonly entry: Entry;
        /** Follows an entry of the same voice so closely that it needs no distance from it. */
        readonly joined: boolean;
      }
  );

const joinedWithinMs = 5 * 60_000;
const lineHeight = 22;
const charactersPerLine = 46;

const linesOf = (text: string): number =>
  text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / charactersPerLine)), 0);

const estimateOf = (entry: Entry): number =>
  linesOf(entry.text) * lineHeight + (entry.kind === "message" && entry.message.origin === "standin" ? 130 : 32);

const sameVoice = (one: Entry, other: Entry): boolean =>
  one.mine === other.mine &&
  (one.kind !== "message" || one.message.origin === "person") &&
  (other.kind !== "message" || other.message.origin === "person");

/** The key of the line above what is new. */
export const newLineKey = "new";

/**
 * Entries with what stands between them: a heading where a day begins, in the device's time zone, and a line above the first message
 * of the other person that was not read when the conversation was opened. The order is the entries' own.
 *
 * @param readSeq up to where everything was read then; null: draw no line
 */
export const rowsOf = (entries: readonly Entry[], readSeq: number | null): readonly Row[] => {
  const rows: Row[] = [{ kind: "top", key: "top", estimate: 48, landmark: false }];
  let before: Entry | null = null;
  const first = entries.find((entry) => entry.kind === "message");
  // Where the line belongs above messages that are not at hand, there is no place for it.
  let lineDrawn = readSeq === null || first === undefined || first.message.seq > readSeq + 1;
  for (const entry of entries) {
    const newDay = before === null || dayOf(before.at) !== dayOf(entry.at);
    if (newDay) rows.push({ kind: "day", key: `day ${entry.key}`, estimate: 52, landmark: false, at: entry.at });
    const isNew = !lineDrawn && entry.kind === "message" && !entry.mine && entry.message.seq > (readSeq ?? 0);
    if (isNew) {
      rows.push({ kind: "new", key: newLineKey, estimate: 36, landmark: false });
      lineDrawn = true;
    }
    const joined =
      before !== null &&
      !newDay &&
      !isNew &&
      sameVoice(before, entry) &&
      Math.abs(entry.at - before.at) < joinedWithinMs;
    rows.push({ kind: "entry", key: entry.key, estimate: estimateOf(entry), landmark: true, entry, joined });
    before = entry;
  }
  return rows;
};
