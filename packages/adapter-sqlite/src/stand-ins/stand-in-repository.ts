import { defaultSettings, type StandInRepository, type StandInRequest } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { type SettingsRow, settingsFrom, settingsText } from "../rows/settings.ts";
import { createSuggestions } from "./suggestions.ts";

/** Settings, drafts, requests and budgets, in the tables `stand_in_settings`, `suggestions`, `stand_in_requests` and `budgets`. */
export const createStandInRepository = (access: Access): StandInRepository => {
  const { prepare, read, write } = access;
  const settingsOf = prepare<SettingsRow>("SELECT settings, version FROM stand_in_settings WHERE owner = ?");
  const firstSettings = prepare(
    "INSERT INTO stand_in_settings (owner, settings, version) VALUES (?, ?, 1) ON CONFLICT (owner) DO NOTHING",
  );
  const nextSettings = prepare(
    "UPDATE stand_in_settings SET settings = ?, version = version + 1 WHERE owner = ? AND version = ?",
  );
  const spend = prepare(
    `INSERT INTO budgets (day, owner, spent, spent_new)
     SELECT :day, :owner, 1, :is_new WHERE :limit > 0 AND (:is_new = 0 OR :new_limit > 0)
     ON CONFLICT (day, owner) DO UPDATE SET spent = spent + 1, spent_new = spent_new + :is_new
     WHERE spent < :limit AND (:is_new = 0 OR spent_new < :new_limit)`,
  );
  const forgetBudgets = prepare(
    "DELETE FROM budgets WHERE (day, owner) IN (SELECT day, owner FROM budgets WHERE day < ? ORDER BY day, owner LIMIT ?)",
  );
  const addRequest = prepare(
    `INSERT INTO stand_in_requests (owner, writer, period, kind, at) VALUES (:owner, :writer, :period, :kind, :at)
     ON CONFLICT (owner, writer, period, kind) DO NOTHING`,
  );
  const requestsOf = prepare<StandInRequest>(
    "SELECT kind, owner, writer, period, at FROM stand_in_requests WHERE owner = ? AND writer = ? AND period = ?",
  );
  // Of one instant, the request that came last is the newest: rowid says which.
  const urgent = prepare<StandInRequest>(
    `SELECT kind, owner, writer, period, at FROM stand_in_requests
     WHERE owner = ? AND kind = 'urgent' AND at >= ? ORDER BY at DESC, rowid DESC LIMIT ?`,
  );
  const forgetting = [
    "DELETE FROM stand_in_settings WHERE owner = ?",
    "DELETE FROM budgets WHERE owner = ?",
    "DELETE FROM stand_in_requests WHERE owner = ?",
    "DELETE FROM stand_in_requests WHERE writer = ?",
    "DELETE FROM suggestions WHERE owner = ?",
    "DELETE FROM suggestions WHERE peer = ?",
  ].map((sql) => prepare(sql));

  return {
    settings: (owner) =>
      read(() => {
        const row = settingsOf.get(owner);
        return row === undefined
          ? { settings: { ...defaultSettings, people: new Map() }, version: 0 }
          : { settings: settingsFrom(row.settings), version: row.version };
      }),
    compareAndSetSettings(owner, settings, version) {
      const text = settingsText(settings);
      return write(
        () => (version === 0 ? firstSettings.run(owner, text) : nextSettings.run(text, owner, version)) === 1,
      );
    },
    spend: (owner, day, { limit, newPeopleLimit }) =>
      write(() => {
        const is_new = newPeopleLimit === null ? 0 : 1;
        return spend.run({ day, owner, limit, is_new, new_limit: newPeopleLimit ?? 0 }) === 1;
      }),
    request({ owner, writer, period, kind, at }) {
      return write(() => addRequest.run({ owner, writer, period, kind, at }) === 1);
    },
    requestsOf: (owner, writer, period) =>
      read(() => requestsOf.all(owner, writer, period).map((request) => ({ ...request }))),
    urgentSince: (owner, since, limit) =>
      read(() => urgent.all(owner, since, limit).map((request) => ({ ...request }))),
    ...createSuggestions(access),
    forgetBudgets: (day, limit) => write(() => forgetBudgets.run(day, limit)),
    forgetUser: (userId) =>
      write(() => {
        for (const statement of forgetting) statement.run(userId);
      }),
  };
};
