import { ChatError, isChatError } from "@standin/core/ports";
import { BSON, MongoAPIError, MongoServerError } from "mongodb";

/** How long a caller is asked to wait before it tries again. */
export const retryAfterMs = 1_000;

/** The error for work that was not done, or whose outcome is unknown. */
export const unavailable = (cause?: unknown): ChatError => new ChatError("UNAVAILABLE", { cause, retryAfterMs });

const duplicateKey = 11_000;
/** A validator of the operator's refused the document; the document is too large. */
const refusedCodes: ReadonlySet<unknown> = new Set([121, 10_334]);

/** What the server says of one document: from a command's own error, or from an entry of a bulk write's errors. */
export interface ServerComplaint {
  readonly code?: number | string | undefined;
  readonly errmsg?: string | undefined;
}

/** The name of the index in which the key is taken; null: it is another complaint. A bulk write keeps the name in the text alone, before any stored value. */
export const takenIndex = ({ code, errmsg = "" }: ServerComplaint): string | null =>
  code === duplicateKey ? (/ index: (\S+) /.exec(errmsg)?.[1] ?? "") : null;

/** The same for whatever was thrown. */
export const takenIndexOf = (error: unknown): string | null =>
  error instanceof MongoServerError ? takenIndex({ code: error.code, errmsg: error.message }) : null;

/** Will this document never be stored, however often it is tried? */
export const isRefusal = ({ code }: ServerComplaint): boolean => refusedCodes.has(code);

/** Did the driver refuse before anything was sent, because of what it was given? */
export const isMistake = (error: unknown): boolean =>
  error instanceof TypeError ||
  BSON.BSONError.isBSONError(error) ||
  (error instanceof MongoAPIError && error.name === "MongoInvalidArgumentError");

/** What leaves the adapter instead of whatever was thrown within it: a taken key is CONFLICT, an unfit value INTERNAL, the rest UNAVAILABLE. */
export const toChatError = (error: unknown): ChatError => {
  if (isChatError(error)) return error;
  if (takenIndexOf(error) !== null) return new ChatError("CONFLICT", { cause: error });
  const isUnfit = isMistake(error) || (error instanceof MongoServerError && isRefusal(error));
  return isUnfit ? new ChatError("INTERNAL", { cause: error }) : unavailable(error);
};

/** Does a write with upserts. Of several that make the same document at once all but one may fail; the second time it is there. */
export const upsert = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (takenIndexOf(error) === null) throw error;
    return await write();
  }
};
