import { ChatError } from "@standin/core/ports";

/** Where a page ended: the kind of list it belongs to, and the keys of its last entry. */
export type Place = readonly [kind: string, ...keys: string[]];

/** An opaque string that stands for the place. */
export const writeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString("base64url");

/** The error for a cursor that this store never gave. */
export const badCursor = (): ChatError =>
  new ChatError("INVALID", { errors: [{ path: "cursor", message: "cursor is not one that the server gave" }] });

/** The place that {@link writeCursor} made the cursor of; anything else is INVALID. */
export const readCursor = (cursor: string): Place => {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw badCursor();
  }
  const isPlace = Array.isArray(place) && place.length > 1 && place.every((key) => typeof key === "string");
  // Decoding base64 is lenient: only the one spelling that was given out is accepted.
  if (!isPlace || writeCursor(place as unknown as Place) !== cursor) throw badCursor();
  return place as unknown as Place;
};
