import { type Database, readPragma } from "./database.ts";

/** Marks a file as ours: "Stnd" in ASCII. */
export const applicationId = 0x53746e64;

/**
 * The schema, step by step: the entry at index n leads from version n to n + 1. A released step never changes; a new one goes to the end.
 *
 * Times are milliseconds since the epoch, flags 0 or 1, ids text of 24 hexadecimal digits.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO meta VALUES ('epoch', lower(hex(randomblob(16))));

  CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    declared TEXT NOT NULL CHECK (declared IN ('none', 'AVAILABLE', 'BUSY')),
    busy_since INTEGER,
    busy_until INTEGER,
    busy_note TEXT,
    resume TEXT CHECK (resume IN ('none', 'AVAILABLE')),
    period INTEGER NOT NULL,
    published TEXT NOT NULL CHECK (published IN ('AVAILABLE', 'BUSY', 'ONLINE')),
    published_prev TEXT NOT NULL CHECK (published_prev IN ('AVAILABLE', 'BUSY', 'ONLINE')),
    published_until INTEGER,
    published_note TEXT,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX users_by_name ON users (username_key, id);
  CREATE INDEX users_by_published ON users (published, id);
  CREATE INDEX users_by_published_until ON users (published_until, id)
    WHERE published = 'BUSY' AND published_until IS NOT NULL;

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_user ON sessions (user);
  CREATE INDEX sessions_by_end ON sessions (expires_at);

  CREATE TABLE addresses (
    user TEXT NOT NULL,
    address TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user, address)
  ) STRICT;
  CREATE INDEX addresses_by_time ON addresses (user, at);

  CREATE TABLE blocks (
    owner TEXT NOT NULL,
    blocked TEXT NOT NULL,
    at INTEGER NOT NULL,
    owner_read_seq INTEGER NOT NULL,
    blocked_read_seq INTEGER NOT NULL,
    PRIMARY KEY (owner, blocked)
  ) STRICT;
  CREATE INDEX blocks_by_time ON blocks (owner, at);
  CREATE INDEX blocks_by_blocked ON blocks (blocked);

  CREATE TABLE messages (
    id TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL CHECK (seq > 0),
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    content TEXT NOT NULL,
    at INTEGER NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('person', 'standin', 'system')),
    client_msg_id TEXT,
    period INTEGER,
    blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
    count_low INTEGER NOT NULL,
    count_high INTEGER NOT NULL,
    rev INTEGER,
    in_reply_to TEXT,
    provider TEXT CHECK (provider IN ('template', 'gemini', 'openai')),
    model TEXT,
    notice INTEGER NOT NULL CHECK (notice IN (0, 1)),
    label TEXT,
    verdict TEXT CHECK (verdict IN ('unconfirmed', 'confirmed', 'corrected', 'withdrawn')),
    previous_content TEXT
  ) STRICT;
  CREATE UNIQUE INDEX messages_by_seq ON messages (conversation, seq);
  -- The client's id first: time-ordered ids then append to the index instead of landing all over it.
  CREATE UNIQUE INDEX messages_by_client_id ON messages (client_msg_id, sender) WHERE client_msg_id IS NOT NULL;
  CREATE UNIQUE INDEX messages_by_rev ON messages (conversation, rev) WHERE rev IS NOT NULL;
  CREATE UNIQUE INDEX messages_by_reply ON messages (in_reply_to) WHERE origin = 'standin' AND in_reply_to IS NOT NULL;
  CREATE UNIQUE INDEX messages_by_notice ON messages (conversation, sender, period) WHERE notice = 1;
  CREATE INDEX messages_by_owner ON messages (conversation, sender, seq) WHERE origin = 'standin';

  -- One row for each person of a conversation. last_visible is the id of the newest message that the person may see as
  -- news, last_in_person the number of the newest one that the person wrote.
  CREATE TABLE participants (
    user TEXT NOT NULL,
    conversation TEXT NOT NULL,
    peer TEXT NOT NULL,
    read_seq INTEGER NOT NULL DEFAULT 0,
    last_visible TEXT,
    last_in_person INTEGER,
    PRIMARY KEY (user, conversation)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX participants_by_news ON participants (user, last_visible, peer);

  CREATE TABLE jobs (
    message TEXT PRIMARY KEY,
    conversation TEXT NOT NULL,
    seq INTEGER NOT NULL,
    owner TEXT NOT NULL,
    writer TEXT NOT NULL,
    period INTEGER NOT NULL,
    at INTEGER NOT NULL,
    wake_at INTEGER,
    state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'committing', 'done', 'dropped')),
    decision TEXT,
    detail TEXT,
    claim TEXT,
    answer TEXT
  ) STRICT;
  CREATE INDEX jobs_by_wake ON jobs (wake_at, message) WHERE wake_at IS NOT NULL;
  CREATE INDEX jobs_by_owner_state ON jobs (owner, state, conversation, seq);
  CREATE INDEX jobs_by_decision ON jobs (owner, message) WHERE decision IS NOT NULL;
  CREATE INDEX jobs_committing ON jobs (state, message) WHERE state = 'committing';
  CREATE UNIQUE INDEX jobs_at_work ON jobs (conversation, owner) WHERE state IN ('running', 'committing');
  `,
  `
  ALTER TABLE users ADD COLUMN last_busy_since INTEGER;
  ALTER TABLE users ADD COLUMN last_busy_until INTEGER;
  ALTER TABLE messages ADD COLUMN message_only INTEGER NOT NULL DEFAULT 0 CHECK (message_only IN (0, 1));

  -- JSON, read and replaced whole.
  CREATE TABLE stand_in_settings (
    owner TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    version INTEGER NOT NULL
  ) STRICT;

  -- Provider calls of one owner on one UTC day ('2031-05-01'), and how many of them were for people to whom the owner never wrote.
  CREATE TABLE budgets (
    day TEXT NOT NULL,
    owner TEXT NOT NULL,
    spent INTEGER NOT NULL DEFAULT 0,
    spent_new INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, owner)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX budgets_by_owner ON budgets (owner);

  CREATE TABLE stand_in_requests (
    owner TEXT NOT NULL,
    writer TEXT NOT NULL,
    period INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('message-only', 'urgent')),
    at INTEGER NOT NULL,
    PRIMARY KEY (owner, writer, period, kind)
  ) STRICT;
  CREATE INDEX requests_by_writer ON stand_in_requests (writer);
  CREATE INDEX requests_urgent ON stand_in_requests (owner, at) WHERE kind = 'urgent';

  CREATE TABLE suggestions (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    peer TEXT NOT NULL,
    conversation TEXT NOT NULL,
    in_reply_to TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL,
    provider TEXT NOT NULL CHECK (provider IN ('template', 'gemini', 'openai')),
    model TEXT,
    notice INTEGER NOT NULL CHECK (notice IN (0, 1)),
    period INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'sent', 'dismissed'))
  ) STRICT;
  CREATE UNIQUE INDEX suggestions_by_notice ON suggestions (owner, conversation, period) WHERE notice = 1;
  CREATE INDEX suggestions_open ON suggestions (owner, id) WHERE state = 'open';
  CREATE INDEX suggestions_by_owner ON suggestions (owner);
  CREATE INDEX suggestions_by_peer ON suggestions (peer);
  `,
];

/** The version that this code writes and reads. */
export const schemaVersion: number = migrations.length;

/** Brings the file to {@link schemaVersion}, all steps or none. Another process that was first is noticed within the transaction. */
export const migrate = (database: Database): void => {
  if (readPragma(database, "user_version") === schemaVersion) return;
  database.exec("BEGIN IMMEDIATE");
  for (const step of migrations.slice(readPragma(database, "user_version"))) database.exec(step);
  database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
};
