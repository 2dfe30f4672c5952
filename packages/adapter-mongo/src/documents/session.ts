import type { Session } from "@standin/core/ports";
import type { ObjectId } from "mongodb";
import { toObjectId } from "../values.ts";

/** A document of `sessions`. */
export interface SessionDocument {
  readonly _id: string;
  readonly user: ObjectId;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** A document of `addresses`, one per user: where the user signed in from, newest first. */
export interface AddressesDocument {
  /** The user. */
  readonly _id: ObjectId;
  readonly addresses: readonly { readonly address: string; readonly at: Date }[];
}

export const sessionFrom = ({ _id, user, createdAt, expiresAt }: SessionDocument): Session => ({
  id: _id,
  userId: user.toHexString(),
  createdAt: createdAt.getTime(),
  expiresAt: expiresAt.getTime(),
});

export const sessionDocument = ({ id, userId, createdAt, expiresAt }: Session): SessionDocument => ({
  _id: id,
  user: toObjectId(userId),
  createdAt: new Date(createdAt),
  expiresAt: new Date(expiresAt),
});
