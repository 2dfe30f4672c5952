import type { CreateIndexesOptions, IndexSpecification } from "mongodb";
import type { Access, Collections } from "./access.ts";

/** One index, whose name tells in a duplicate-key error what was taken. */
interface IndexStep {
  readonly collection: Exclude<keyof Collections, "meta">;
  readonly key: IndexSpecification;
  readonly options: CreateIndexesOptions & { readonly name: string };
}

/** The indexes whose duplicates decide something. */
export const indexNames = {
  id: "_id_",
  email: "users_by_email",
  seq: "messages_by_seq",
  clientId: "messages_by_client_id",
  rev: "messages_by_rev",
  reply: "messages_by_reply",
  notice: "messages_by_notice",
  lock: "jobs_at_work",
  draft: "suggestions_by_reply",
  fixedDraft: "suggestions_by_notice",
} as const;

const index = (
  collection: IndexStep["collection"],
  name: string,
  key: IndexSpecification,
  options: Omit<CreateIndexesOptions, "name"> = {},
): IndexStep => ({ collection, key, options: { ...options, name } });

const unique = { unique: true };
const where = (filter: object): CreateIndexesOptions => ({ partialFilterExpression: filter });
const exists = { $exists: true };

/**
 * The indexes, step by step: the entry at n leads from version n to n + 1. A released step never changes; a new one goes to the end.
 *
 * A query uses a partial index only if the server can see that the query's filter implies the index's: so `{ $gt: "" }` stands for "is a
 * string", which an equality implies, where `$type` would need to be repeated.
 */
const indexSteps: readonly (readonly IndexStep[])[] = [
  [
    index("users", indexNames.email, { emailKey: 1 }, unique),
    index("users", "users_by_name", { usernameKey: 1, _id: 1 }),
    index("users", "users_by_status", { status: 1, _id: 1 }),
    index("users", "users_by_busy_until", { busyUntil: 1, _id: 1 }, where({ status: "BUSY" })),

    index("sessions", "sessions_by_user", { user: 1 }),
    index("sessions", "sessions_by_end", { expiresAt: 1 }),

    index("relations", "relations_by_time", { owner: 1, at: -1, _id: -1 }),
    index("relations", "relations_by_blocked", { blocked: 1 }),

    index("messages", indexNames.seq, { conversation: 1, seq: 1 }, unique),
    // The client's id first: time-ordered ids then append to the index instead of landing all over it.
    index(
      "messages",
      indexNames.clientId,
      { clientMsgId: 1, sender: 1 },
      { ...unique, ...where({ clientMsgId: { $gt: "" } }) },
    ),
    index("messages", indexNames.rev, { conversation: 1, rev: 1 }, { ...unique, ...where({ rev: { $gt: 0 } }) }),
    index(
      "messages",
      indexNames.reply,
      { inReplyTo: 1 },
      { ...unique, ...where({ origin: "standin", inReplyTo: exists }) },
    ),
    index(
      "messages",
      indexNames.notice,
      { conversation: 1, sender: 1, period: 1 },
      { ...unique, ...where({ notice: true }) },
    ),
    index("messages", "messages_by_owner", { conversation: 1, sender: 1, seq: -1 }, where({ origin: "standin" })),

    index("messages", indexNames.lock, { "job.lock": 1 }, { ...unique, ...where({ "job.lock": { $gt: "" } }) }),
    index("messages", "jobs_by_wake", { "job.wakeAt": 1, _id: 1 }, where({ "job.wakeAt": exists })),
    index(
      "messages",
      "jobs_by_owner_state",
      { "job.owner": 1, "job.state": 1, conversation: 1, seq: 1 },
      where({ "job.owner": exists }),
    ),
    index("messages", "jobs_by_decision", { "job.owner": 1, _id: -1 }, where({ "job.decision": exists })),
    index("messages", "jobs_committing", { "job.state": 1, _id: 1 }, where({ "job.state": "committing" })),

    index("conversations", "conversations_by_news", { user: 1, lastVisible: -1 }),
  ],
  [
    index("budgets", "budgets_by_day", { day: 1, _id: 1 }),
    index("budgets", "budgets_by_owner", { owner: 1 }),

    index("requests", "requests_by_pair", { owner: 1, writer: 1, period: 1 }),
    index("requests", "requests_by_writer", { writer: 1 }),
    index("requests", "requests_urgent", { owner: 1, at: -1 }, where({ kind: "urgent" })),

    index("suggestions", indexNames.draft, { inReplyTo: 1 }, unique),
    index(
      "suggestions",
      indexNames.fixedDraft,
      { owner: 1, conversation: 1, period: 1 },
      { ...unique, ...where({ notice: true }) },
    ),
    index("suggestions", "suggestions_open", { owner: 1, state: 1, _id: -1 }),
    index("suggestions", "suggestions_by_peer", { peer: 1 }),
  ],
];

/** The version that this code makes and uses. */
export const schemaVersion: number = indexSteps.length;

/** How long making the indexes of one step may take, in milliseconds: over an old collection that is minutes. */
const buildLimitMs = 600_000;

/** Makes what is missing. Several processes may do so at once, and one that is cut off is gone on with by the next. */
export const makeIndexes = async (collections: Pick<Access, keyof Collections>, from: number): Promise<void> => {
  for (const step of indexSteps.slice(from))
    for (const { collection, key, options } of step)
      await collections[collection].createIndex(key, { ...options, maxTimeMS: buildLimitMs });
};
