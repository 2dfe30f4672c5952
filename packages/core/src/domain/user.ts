import type { Id } from "./ids.ts";
import type { BusySpan, Declaration, PublishedStatus, StatusView } from "./status.ts";

/** A person's record, as stored. */
export interface User {
  readonly id: Id;
  /** As entered, trimmed. */
  readonly email: string;
  /** The e-mail address in lower case (ASCII): what is unique. */
  readonly emailKey: string;
  /** The display name, NFC-normalised. Not unique. */
  readonly username: string;
  /** The username folded for searching, see {@link usernameKey}. */
  readonly usernameKey: string;
  readonly passwordHash: string;
  readonly declared: Declaration;
  /** Grows each time BUSY starts; 0: never was. */
  readonly period: number;
  /** The newest period, which may still run; null: never was BUSY. */
  readonly lastBusy: BusySpan | null;
  readonly published: PublishedStatus;
  /** Grows by one with each change of the record: what compare-and-set compares. */
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A user as others see them. */
export interface UserView extends StatusView {
  readonly id: Id;
  readonly username: string;
  /** null where the directory hides e-mail addresses. */
  readonly email: string | null;
}

/** What a user is called whose account was deleted and whose messages stay for the other person. */
export const deletedUsername = "deleted user";

export const emailKey = (email: string): string => email.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The form in which usernames are searched: NFC, lower case. */
export const usernameKey = (username: string): string => username.normalize("NFC").toLowerCase();
