import { ChatError, type User, type UserRepository } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { insertInto } from "../rows/insert.ts";
import { changeableColumns, firstUserRow, type UserRow, userColumns, userFrom } from "../rows/user.ts";
import { createUserList } from "./list.ts";

const firstUser = (row: UserRow | undefined): User | null => (row === undefined ? null : userFrom(row));

/** People, in the table `users`. */
export const createUserRepository = (access: Access): UserRepository => {
  const { prepare, read, write } = access;
  const list = createUserList(access);
  const insert = prepare(insertInto("users", userColumns));
  const byId = prepare<UserRow>("SELECT * FROM users WHERE id = ?");
  const byIds = prepare<UserRow>("SELECT * FROM users WHERE id IN (SELECT value FROM json_each(?))");
  const byEmail = prepare<UserRow>("SELECT * FROM users WHERE email_key = ?");
  const update = prepare<UserRow>(
    `UPDATE users SET username = :username, username_key = :username_key, password_hash = :password_hash,
       declared = :declared, busy_since = :busy_since, busy_until = :busy_until, busy_note = :busy_note, resume = :resume,
       period = :period, last_busy_since = :last_busy_since, last_busy_until = :last_busy_until, published = :published,
       published_prev = :published_prev, published_until = :published_until, published_note = :published_note,
       version = version + 1
     WHERE id = :id AND version = :version RETURNING *`,
  );
  const remove = prepare("DELETE FROM users WHERE id = ?");
  const published = prepare<UserRow>("SELECT * FROM users WHERE published = ? AND id > ? ORDER BY id LIMIT ?");
  const publishedBusy = prepare<UserRow>(
    `SELECT * FROM users INDEXED BY users_by_published_until
     WHERE published = 'BUSY' AND published_until IS NOT NULL AND published_until <= ?
     ORDER BY published_until, id LIMIT ?`,
  );

  return {
    create(user) {
      const row = { ...firstUserRow(user) };
      return write(() => {
        if (byEmail.get(row.email_key) !== undefined) throw new ChatError("EMAIL_TAKEN");
        insert.run(row);
      });
    },
    find: (id) => read(() => firstUser(byId.get(id))),
    findMany: (ids) => read(() => byIds.all(JSON.stringify(ids)).map(userFrom)),
    findByEmail: (emailKey) => read(() => firstUser(byEmail.get(emailKey))),
    list: (query) => read(() => list(query)),
    compareAndSet(user) {
      const row = { ...changeableColumns(user), id: user.id, version: user.version };
      return write(() => firstUser(update.get(row)));
    },
    publishedAs: (status, after, limit) => read(() => published.all(status, after ?? "", limit).map(userFrom)),
    publishedBusyUntil: (now, limit) => read(() => publishedBusy.all(now, limit).map(userFrom)),
    delete: (id) =>
      write(() => {
        remove.run(id);
      }),
  };
};
