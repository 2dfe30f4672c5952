import { ChatError, type Id, isId } from "@standin/core/ports";

/** What a cursor goes through; one given for the one list is no cursor of the other. */
export type CursorKind = "users" | "conversations";

/** An opaque string that stands for the last row of a page. */
export const encodeCursor = (kind: CursorKind, id: Id): string => Buffer.from(`${kind}:${id}`).toString("base64url");

/** The error for a cursor that was never given. */
export const badCursor = (): ChatError =>
  new ChatError("INVALID", { errors: [{ path: "cursor", message: "cursor is not one that the server gave" }] });

/** The id behind a cursor of this kind; INVALID for anything that {@link encodeCursor} does not write. */
export const decodeCursor = (kind: CursorKind, cursor: string): Id => {
  const id = Buffer.from(cursor, "base64url")
    .toString()
    .slice(kind.length + 1);
  if (!isId(id) || encodeCursor(kind, id) !== cursor) throw badCursor();
  return id;
};
