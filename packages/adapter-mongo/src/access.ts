import type { Collection, Db, Document, Filter, Sort } from "mongodb";
import type { BlockDocument } from "./documents/block.ts";
import type { BudgetDocument } from "./documents/budget.ts";
import type { ConversationDocument } from "./documents/conversation.ts";
import type { MessageDocument } from "./documents/message.ts";
import type { AddressesDocument, SessionDocument } from "./documents/session.ts";
import type { SettingsDocument } from "./documents/settings.ts";
import type { StandInRequestDocument } from "./documents/stand-in-request.ts";
import type { SuggestionDocument } from "./documents/suggestion.ts";
import type { UserDocument } from "./documents/user.ts";
import { toChatError, unavailable } from "./driver-error.ts";
import { startTimeLimit, type TimeLimit } from "./time-limit.ts";

/** A document of `meta`: the epoch, the version of the indexes, and what {@link Access.settle} writes to. */
interface MetaDocument {
  readonly _id: "epoch" | "schema" | "settled";
  readonly value?: string;
  readonly version?: number;
  readonly writes?: number;
}

export interface Collections {
  readonly users: Collection<UserDocument>;
  readonly sessions: Collection<SessionDocument>;
  readonly addresses: Collection<AddressesDocument>;
  readonly relations: Collection<BlockDocument>;
  readonly messages: Collection<MessageDocument>;
  readonly conversations: Collection<ConversationDocument>;
  readonly settings: Collection<SettingsDocument>;
  readonly budgets: Collection<BudgetDocument>;
  readonly requests: Collection<StandInRequestDocument>;
  readonly suggestions: Collection<SuggestionDocument>;
  readonly meta: Collection<MetaDocument>;
}

/** What a repository does its work with. Nothing read is kept but what cannot change: other processes write to the same database. */
export interface Access extends Collections {
  /** Runs the work of one call within its time limit. Whatever it throws leaves as a ChatError; after closing everything is UNAVAILABLE. */
  run<T>(work: (time: TimeLimit) => Promise<T>): Promise<T>;
  /**
   * Resolves when everything that can be read now is as durable as an acknowledged write. What was read may have been written by somebody
   * who still waits for the disk or for a majority; a small write that waits for both comes after it, so that it may be acknowledged too.
   */
  settle(time: TimeLimit): Promise<void>;
  /** Takes no more work; resolves when what runs has ended. */
  close(): Promise<void>;
}

export const openCollections = (db: Db): Collections => ({
  users: db.collection("users"),
  sessions: db.collection("sessions"),
  addresses: db.collection("addresses"),
  relations: db.collection("relations"),
  messages: db.collection("messages"),
  conversations: db.collection("conversations"),
  settings: db.collection("standin_settings"),
  budgets: db.collection("standin_budgets"),
  requests: db.collection("standin_requests"),
  suggestions: db.collection("standin_suggestions"),
  meta: db.collection("meta"),
});

/** Each call of `run` has `timeoutMs` in all. */
export const createAccess = (collections: Collections, timeoutMs: number): Access => {
  let running = 0;
  let isClosed = false;
  const idle: (() => void)[] = [];

  return {
    ...collections,
    async run(work) {
      if (isClosed) throw unavailable();
      running += 1;
      try {
        const time = startTimeLimit(timeoutMs);
        return await time.race(work(time));
      } catch (error) {
        throw toChatError(error);
      } finally {
        running -= 1;
        if (running === 0) for (const done of idle.splice(0)) done();
      }
    },
    async settle(time) {
      const written = await collections.meta.updateOne({ _id: "settled" }, { $inc: { writes: 1 } }, time.options());
      if (written.matchedCount === 0) throw unavailable();
    },
    close() {
      isClosed = true;
      return new Promise((resolve) => {
        if (running > 0) idle.push(resolve);
        else resolve();
      });
    },
  };
};

/** The first `limit` documents of the filter in this order, in one read. */
export const findList = async <Stored extends Document>(
  collection: Collection<Stored>,
  filter: Filter<Stored>,
  { sort, limit, time }: { readonly sort: Sort; readonly limit: number; readonly time: TimeLimit },
): Promise<Stored[]> => {
  // The server takes 0 for "no limit".
  if (limit < 1) return [];
  const found = collection.find<Stored>(filter, { sort, limit, batchSize: limit, ...time.options() });
  return await found.toArray();
};
