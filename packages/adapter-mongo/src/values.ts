import { type Id, isId } from "@standin/core/ports";
import { ObjectId } from "mongodb";

/** The id as it is in the database; it must be one. */
export const toObjectId = (id: Id): ObjectId => ObjectId.createFromHexString(id);

/** The id in a filter. What is no id becomes a value that no id equals, and is never read as anything else. */
export const isThe = (id: Id): { readonly $eq: ObjectId } => ({
  $eq: isId(id) ? toObjectId(id) : ("" as unknown as ObjectId),
});

/** Those of the ids that are ids, in a filter. */
export const isOneOf = (ids: readonly Id[]): { readonly $in: ObjectId[] } => ({
  $in: ids.filter(isId).map(toObjectId),
});

/** Text as BSON keeps it: half a surrogate pair has no UTF-8 form. What is stored, answered and compared is this. */
export const storedText = (text: string): string => text.toWellFormed();

/** A document in which a null of the domain is a field that is not there. */
export type Present<Fields> = { [Key in keyof Fields as null extends Fields[Key] ? never : Key]: Fields[Key] } & {
  [Key in keyof Fields as null extends Fields[Key] ? Key : never]?: NonNullable<Fields[Key]>;
};

export const present = <Fields extends object>(fields: Fields): Present<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Present<Fields>;
