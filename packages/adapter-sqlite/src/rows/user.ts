import type { Declaration, PlainDeclaration, Status, User } from "@standin/core/ports";

/** A row of the table `users`. */
export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly email_key: string;
  readonly username: string;
  readonly username_key: string;
  readonly password_hash: string;
  readonly declared: "BUSY" | PlainDeclaration;
  readonly busy_since: number | null;
  readonly busy_until: number | null;
  readonly busy_note: string | null;
  readonly resume: PlainDeclaration | null;
  readonly period: number;
  readonly last_busy_since: number | null;
  readonly last_busy_until: number | null;
  readonly published: Status;
  readonly published_prev: Status;
  readonly published_until: number | null;
  readonly published_note: string | null;
  readonly version: number;
  readonly created_at: number;
}

export const userColumns: readonly (keyof UserRow)[] = [
  "id",
  "email",
  "email_key",
  "username",
  "username_key",
  "password_hash",
  "declared",
  "busy_since",
  "busy_until",
  "busy_note",
  "resume",
  "period",
  "last_busy_since",
  "last_busy_until",
  "published",
  "published_prev",
  "published_until",
  "published_note",
  "version",
  "created_at",
];

type DeclarationColumns = Pick<UserRow, "declared" | "busy_since" | "busy_until" | "busy_note" | "resume">;

const declaredFrom = (row: DeclarationColumns): Declaration =>
  row.declared === "BUSY"
    ? {
        word: "BUSY",
        since: row.busy_since ?? 0,
        until: row.busy_until,
        note: row.busy_note,
        resume: row.resume ?? "none",
      }
    : { word: row.declared };

const declarationColumns = (declared: Declaration): DeclarationColumns =>
  declared.word === "BUSY"
    ? {
        declared: "BUSY",
        busy_since: declared.since,
        busy_until: declared.until,
        busy_note: declared.note,
        resume: declared.resume,
      }
    : { declared: declared.word, busy_since: null, busy_until: null, busy_note: null, resume: null };

export const userFrom = (row: UserRow): User => ({
  id: row.id,
  email: row.email,
  emailKey: row.email_key,
  username: row.username,
  usernameKey: row.username_key,
  passwordHash: row.password_hash,
  declared: declaredFrom(row),
  period: row.period,
  lastBusy: row.last_busy_since === null ? null : { since: row.last_busy_since, until: row.last_busy_until },
  published: {
    status: row.published,
    prevstatus: row.published_prev,
    busyUntil: row.published_until,
    busyNote: row.published_note,
  },
  version: row.version,
  createdAt: row.created_at,
});

/** What compare-and-set may change. */
export const changeableColumns = (
  user: User,
): Omit<UserRow, "id" | "email" | "email_key" | "version" | "created_at"> => ({
  username: user.username,
  username_key: user.usernameKey,
  password_hash: user.passwordHash,
  ...declarationColumns(user.declared),
  period: user.period,
  last_busy_since: user.lastBusy?.since ?? null,
  last_busy_until: user.lastBusy?.until ?? null,
  published: user.published.status,
  published_prev: user.published.prevstatus,
  published_until: user.published.busyUntil,
  published_note: user.published.busyNote,
});

/** The first row of a new user. */
export const firstUserRow = (user: User): UserRow => ({
  id: user.id,
  email: user.email,
  email_key: user.emailKey,
  ...changeableColumns(user),
  version: 1,
  created_at: user.createdAt,
});
