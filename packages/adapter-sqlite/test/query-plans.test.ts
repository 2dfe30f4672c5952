import { expect, test } from "vitest";
import { createAccess } from "../src/access.ts";
import { createMessageRepository } from "../src/messages/message-repository.ts";
import { openDatabase } from "../src/open.ts";
import { createRelationRepository } from "../src/relation-repository.ts";
import { createSessionRepository } from "../src/session-repository.ts";
import { createStandInRepository } from "../src/stand-ins/stand-in-repository.ts";
import { createUserRepository } from "../src/users/user-repository.ts";
import { createWriteQueue } from "../src/write-queue.ts";
import { databasePath } from "./fixtures.ts";

interface Step {
  readonly detail: string;
}

/** Steps that read a whole table or sort what an index should have delivered. A list of values and a subquery with a limit are neither. */
const isCostly = ({ detail }: Step): boolean =>
  (/^SCAN /.test(detail) && !/VIRTUAL TABLE|^SCAN \(subquery|^SCAN CONSTANT ROW/.test(detail)) ||
  /USE TEMP B-TREE FOR ORDER BY|AUTOMATIC/.test(detail);

/** Each list, limit and look-up has an index made for it; a statement that fell back to another would cost more as history grows. jobs_at_work is a rule alone. */
const indexes = [
  "addresses_by_time",
  "blocks_by_blocked",
  "blocks_by_time",
  "budgets_by_owner",
  "jobs_by_decision",
  "jobs_by_owner_state",
  "jobs_by_wake",
  "jobs_committing",
  "messages_by_client_id",
  "messages_by_notice",
  "messages_by_owner",
  "messages_by_reply",
  "messages_by_rev",
  "messages_by_seq",
  "participants_by_news",
  "requests_by_writer",
  "requests_urgent",
  "sessions_by_end",
  "sessions_by_user",
  "suggestions_by_notice",
  "suggestions_by_owner",
  "suggestions_by_peer",
  "suggestions_open",
  "users_by_name",
  "users_by_published",
  "users_by_published_until",
];

test("no statement of the repositories reads a whole table or sorts, and every index has its use", async () => {
  const database = await openDatabase(databasePath(), 0);
  try {
    const before = database.statements().length;
    const queue = createWriteQueue(database, { maxBatch: 1, maxQueue: 1, lockTimeoutMs: 0 });
    const access = createAccess(database, queue, () => false);
    createUserRepository(access);
    createSessionRepository(access);
    createRelationRepository(access);
    createMessageRepository(access);
    createStandInRepository(access);
    const statements = database.statements().slice(before);
    const steps = statements.flatMap((sql) =>
      database
        .prepare<Step>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => ({ sql, detail })),
    );
    const used = steps.flatMap(({ detail }) => /USING (?:COVERING )?INDEX ((?!sqlite_)\w+)/.exec(detail)?.[1] ?? []);
    expect(statements.length).toBeGreaterThan(60);
    expect(steps.filter(isCostly)).toEqual([]);
    expect([...new Set(used)].sort()).toEqual(indexes);
  } finally {
    database.close();
  }
});
