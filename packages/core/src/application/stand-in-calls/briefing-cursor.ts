import { invalid } from "../input-rules.ts";

/** Where a briefing goes on. Instants are milliseconds since the epoch. */
export interface Place {
  readonly since: number;
  readonly until: number | null;
  /** How many of the urgent people were looked at. */
  readonly urgent: number;
  /** The store's cursor in the list of conversations; null: from its beginning. */
  readonly conversations: string | null;
}

const form = /^(\d{1,15})\.(\d{1,15})?\.(\d{1,4})\.(.*)$/u;

export const writePlace = ({ since, until, urgent, conversations }: Place): string =>
  `${since}.${until ?? ""}.${urgent}.${conversations ?? ""}`;

/** The place behind a cursor; one that no briefing from `earliest` until `now` ever gave is INVALID. */
export const readPlace = (cursor: unknown, earliest: number, now: number): Place => {
  const parts = typeof cursor === "string" ? form.exec(cursor) : null;
  const [, since, until, urgent, conversations] = parts ?? [];
  const isOurs = parts !== null && Number(since) >= earliest && Number(since) <= now && Number(until ?? 0) <= now;
  if (!isOurs) throw invalid({ path: "cursor", message: "cursor must be one that a list answered" });
  return {
    since: Number(since),
    until: until === undefined ? null : Number(until),
    urgent: Number(urgent),
    conversations: conversations === "" || conversations === undefined ? null : conversations,
  };
};
