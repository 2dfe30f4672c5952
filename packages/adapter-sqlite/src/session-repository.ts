import type { SessionRepository } from "@standin/core/ports";
import type { Access } from "./access.ts";
import { insertInto } from "./rows/insert.ts";
import { type SessionRow, sessionColumns, sessionFrom, sessionRow } from "./rows/session.ts";

/** How many addresses are remembered per account. */
const addressesKept = 100;

/** Sessions and the addresses of sign-ins, in the tables `sessions` and `addresses`. */
export const createSessionRepository = ({ prepare, read, write }: Access): SessionRepository => {
  const insert = prepare(
    `${insertInto("sessions", sessionColumns)} ON CONFLICT (id) DO UPDATE SET
       user = excluded.user, created_at = excluded.created_at, expires_at = excluded.expires_at`,
  );
  const byId = prepare<SessionRow>("SELECT * FROM sessions WHERE id = ?");
  const byIds = prepare<SessionRow>("SELECT * FROM sessions WHERE id IN (SELECT value FROM json_each(?))");
  const remove = prepare("DELETE FROM sessions WHERE id = ?");
  const removeOf = prepare("DELETE FROM sessions WHERE user = ? AND id IS NOT ?");
  const removeEnded = prepare(
    "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)",
  );
  const remember = prepare("INSERT OR REPLACE INTO addresses (user, address, at) VALUES (?, ?, ?)");
  // Of one instant, the address that came last is the newest: rowid says which.
  const forgetOld = prepare(
    `DELETE FROM addresses WHERE rowid IN
       (SELECT rowid FROM addresses WHERE user = ? ORDER BY at DESC, rowid DESC LIMIT -1 OFFSET ${addressesKept})`,
  );
  const address = prepare("SELECT 1 FROM addresses WHERE user = ? AND address = ?");
  const forgetAddresses = prepare("DELETE FROM addresses WHERE user = ?");

  return {
    create(session) {
      const row = { ...sessionRow(session) };
      return write(() => {
        insert.run(row);
      });
    },
    find: (id) =>
      read(() => {
        const row = byId.get(id);
        return row === undefined ? null : sessionFrom(row);
      }),
    findMany: (ids) => read(() => byIds.all(JSON.stringify(ids)).map(sessionFrom)),
    delete: (id) =>
      write(() => {
        remove.run(id);
      }),
    deleteAllOf: (userId, except) =>
      write(() => {
        removeOf.run(userId, except);
      }),
    deleteExpired: (now, limit) => write(() => removeEnded.run(now, limit)),
    rememberAddress: (userId, from, at) =>
      write(() => {
        remember.run(userId, from, at);
        forgetOld.run(userId);
      }),
    knowsAddress: (userId, from) => read(() => address.get(userId, from) !== undefined),
    forgetUser: (userId) =>
      write(() => {
        removeOf.run(userId, null);
        forgetAddresses.run(userId);
      }),
  };
};
