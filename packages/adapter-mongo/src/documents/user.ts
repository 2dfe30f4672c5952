import type { Declaration, Id, PlainDeclaration, Status, User } from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { storedText, toObjectId } from "../values.ts";

/** What a person says of themselves. */
type DeclaredDocument =
  | { readonly word: PlainDeclaration }
  | {
      readonly word: "BUSY";
      readonly since: Date;
      readonly until: Date | null;
      readonly note: string | null;
      readonly resume: PlainDeclaration;
    };

/** A document of `users`: email, password, username, status and prevstatus are the documented fields. */
export interface UserDocument {
  readonly _id: ObjectId;
  readonly email: string;
  readonly emailKey: string;
  readonly username: string;
  readonly usernameKey: string;
  /** A hash. */
  readonly password: string;
  readonly status: Status;
  readonly prevstatus: Status;
  readonly busyUntil: Date | null;
  readonly busyNote: string | null;
  readonly declared: DeclaredDocument;
  readonly period: number;
  /** Absent in documents of earlier versions. */
  readonly lastBusy?: { readonly since: Date; readonly until: Date | null } | null;
  readonly version: number;
  readonly createdAt: Date;
}

const toDate = (at: number | null): Date | null => (at === null ? null : new Date(at));
const toText = (text: string | null): string | null => (text === null ? null : storedText(text));

const declaredDocument = (declared: Declaration): DeclaredDocument => {
  if (declared.word !== "BUSY") return { word: declared.word };
  const { word, since, until, note, resume } = declared;
  return { word, since: new Date(since), until: toDate(until), note: toText(note), resume };
};

const declaredFrom = (declared: DeclaredDocument): Declaration => {
  if (declared.word !== "BUSY") return { word: declared.word };
  const { word, since, until, note, resume } = declared;
  return { word, since: since.getTime(), until: until?.getTime() ?? null, note, resume };
};

const lastBusyFrom = (lastBusy: NonNullable<UserDocument["lastBusy"]> | null): User["lastBusy"] =>
  lastBusy && { since: lastBusy.since.getTime(), until: lastBusy.until?.getTime() ?? null };

export const userFrom = (document: UserDocument): User => ({
  id: document._id.toHexString() as Id,
  email: document.email,
  emailKey: document.emailKey,
  username: document.username,
  usernameKey: document.usernameKey,
  passwordHash: document.password,
  declared: declaredFrom(document.declared),
  period: document.period,
  lastBusy: lastBusyFrom(document.lastBusy ?? null),
  published: {
    status: document.status,
    prevstatus: document.prevstatus,
    busyUntil: document.busyUntil?.getTime() ?? null,
    busyNote: document.busyNote,
  },
  version: document.version,
  createdAt: document.createdAt.getTime(),
});

/** What compare-and-set may change. */
export const changeableFields = (
  user: User,
): Omit<UserDocument, "_id" | "email" | "emailKey" | "version" | "createdAt"> => ({
  username: storedText(user.username),
  usernameKey: storedText(user.usernameKey),
  password: user.passwordHash,
  status: user.published.status,
  prevstatus: user.published.prevstatus,
  busyUntil: toDate(user.published.busyUntil),
  busyNote: toText(user.published.busyNote),
  declared: declaredDocument(user.declared),
  period: user.period,
  lastBusy: user.lastBusy && { since: new Date(user.lastBusy.since), until: toDate(user.lastBusy.until) },
});

/** The document of a new user. */
export const firstUserDocument = (user: User): UserDocument => ({
  _id: toObjectId(user.id),
  email: storedText(user.email),
  emailKey: storedText(user.emailKey),
  ...changeableFields(user),
  version: 1,
  createdAt: new Date(user.createdAt),
});
