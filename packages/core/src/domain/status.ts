/** The three words on the wire. */
export type Status = "AVAILABLE" | "BUSY" | "ONLINE";

/** What a person says, apart from being BUSY: nothing, or AVAILABLE. */
export type PlainDeclaration = "none" | "AVAILABLE";

/** What a person says of themselves. Instants are milliseconds since the epoch. */
export type Declaration =
  | { readonly word: PlainDeclaration }
  | {
      readonly word: "BUSY";
      readonly since: number;
      /** When the owner said it ends; null: until the owner says so. */
      readonly until: number | null;
      /** At most 200 characters that everybody may read. */
      readonly note: string | null;
      /** What holds once `until` has passed. */
      readonly resume: PlainDeclaration;
    };

/** A period of BUSY, in milliseconds since the epoch. `until` is when it really ended; null: nobody has seen it end. */
export interface BusySpan {
  readonly since: number;
  readonly until: number | null;
}

/** What everybody was last told of a person: the documented fields of a user. */
export interface PublishedStatus {
  readonly status: Status;
  readonly prevstatus: Status;
  readonly busyUntil: number | null;
  readonly busyNote: string | null;
}

/** What a person shows at one moment. */
export interface StatusView extends PublishedStatus {
  readonly busySince: number | null;
  readonly connected: boolean;
}

/** The declaration that holds at `now`: an ended BUSY is what it resumes to. */
export const declarationAt = (declared: Declaration, now: number): Declaration =>
  declared.word === "BUSY" && declared.until !== null && now >= declared.until ? { word: declared.resume } : declared;

/** The status that follows from what a person says and whether any connection of theirs lives. Never cached across a decision. */
export const deriveStatus = (declared: Declaration, connected: boolean, now: number): Status => {
  const { word } = declarationAt(declared, now);
  if (word === "BUSY") return "BUSY";
  return word === "none" && connected ? "ONLINE" : "AVAILABLE";
};

/** What a reader is told at `now`; `published` supplies `prevstatus`, being itself the previous one once the derived status differs. */
export const viewStatus = (
  declared: Declaration,
  published: PublishedStatus,
  connected: boolean,
  now: number,
): StatusView => {
  const status = deriveStatus(declared, connected, now);
  const busy = declarationAt(declared, now);
  const isBusy = busy.word === "BUSY";
  return {
    status,
    prevstatus: status === published.status ? published.prevstatus : published.status,
    busySince: isBusy ? busy.since : null,
    busyUntil: isBusy ? busy.until : null,
    busyNote: isBusy ? busy.note : null,
    connected,
  };
};

/** Must everybody be told? Only when the derived status, its end or its note changed. */
export const differs = (view: StatusView, published: PublishedStatus): boolean =>
  view.status !== published.status || view.busyUntil !== published.busyUntil || view.busyNote !== published.busyNote;

/** What a person asks for when changing their status. */
export type StatusChange =
  | { readonly status: "AVAILABLE" | "ONLINE" }
  | { readonly status: "BUSY"; readonly until: number | null; readonly note: string | null };

/** The declaration after a change, and the period: a number that grows each time BUSY starts, and stays while BUSY is only amended. */
export const applyChange = (
  declared: Declaration,
  period: number,
  change: StatusChange,
  now: number,
): { readonly declared: Declaration; readonly period: number } => {
  if (change.status !== "BUSY")
    return { declared: { word: change.status === "ONLINE" ? "none" : "AVAILABLE" }, period };
  const current = declarationAt(declared, now);
  const { until, note } = change;
  if (current.word === "BUSY") return { declared: { ...current, until, note }, period };
  return { declared: { word: "BUSY", since: now, until, note, resume: current.word }, period: period + 1 };
};

/** The newest period once `after` replaces `before` at `now`: begun, ended (by its owner now, or by its own end), or as it was. */
export const lastBusyAfter = (
  lastBusy: BusySpan | null,
  before: Declaration,
  after: Declaration,
  now: number,
): BusySpan | null => {
  if (after.word === "BUSY") {
    const goesOn = lastBusy?.until === null && lastBusy.since === after.since;
    return goesOn ? lastBusy : { since: after.since, until: null };
  }
  if (before.word !== "BUSY" || lastBusy === null) return lastBusy;
  return { ...lastBusy, until: Math.min(now, before.until ?? now) };
};
