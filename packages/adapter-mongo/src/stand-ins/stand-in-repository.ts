import { defaultSettings, type StandInRepository } from "@standin/core/ports";
import { type Access, findList } from "../access.ts";
import { budgetKey } from "../documents/budget.ts";
import { settingsFields, settingsFrom } from "../documents/settings.ts";
import { requestDocument, requestFrom } from "../documents/stand-in-request.ts";
import { takenIndexOf } from "../driver-error.ts";
import { isThe, toObjectId } from "../values.ts";
import { createSuggestions } from "./suggestions.ts";

/** At most so many kinds of requests there are. */
const kinds = 2;

/** Settings, drafts, requests and budgets, in collections of their own. */
export const createStandInRepository = (access: Access): StandInRepository => {
  const { settings: settingsOf, budgets, requests, suggestions, run, settle } = access;

  return {
    settings: (owner) =>
      run(async (time) => {
        const found = await settingsOf.findOne({ _id: isThe(owner) }, time.options());
        return found === null
          ? { settings: { ...defaultSettings, people: new Map() }, version: 0 }
          : { settings: settingsFrom(found), version: found.version };
      }),
    compareAndSetSettings: (owner, settings, version) =>
      run(async (time) => {
        const fields = settingsFields(settings);
        if (version > 0) {
          const filter = { _id: isThe(owner), version: { $eq: version } };
          const changed = await settingsOf.updateOne(filter, { $set: fields, $inc: { version: 1 } }, time.options());
          return changed.matchedCount === 1;
        }
        try {
          await settingsOf.insertOne({ _id: toObjectId(owner), ...fields, version: 1 }, time.options());
          return true;
        } catch (error) {
          if (takenIndexOf(error) === null) throw error;
          return false;
        }
      }),

    spend: (owner, day, { limit, newPeopleLimit }) =>
      run(async (time) => {
        if (limit < 1 || (newPeopleLimit !== null && newPeopleLimit < 1)) return false;
        const isNew = newPeopleLimit !== null;
        const _id = budgetKey(day, owner);
        const within = {
          _id: { $eq: _id },
          spent: { $lt: limit },
          ...(isNew && { spentForNew: { $lt: newPeopleLimit } }),
        };
        const taking = { $inc: { spent: 1, spentForNew: isNew ? 1 : 0 } };
        const take = async (): Promise<boolean> =>
          (await budgets.updateOne(within, taking, time.options())).matchedCount === 1;
        if (await take()) return true;
        try {
          const first = { _id, day, owner: toObjectId(owner), spent: 1, spentForNew: isNew ? 1 : 0 };
          await budgets.insertOne(first, time.options());
          return true;
        } catch (error) {
          if (takenIndexOf(error) === null) throw error;
          // The day had begun: by a racing call, which leaves something, or long ago, and then it is used up.
          return take();
        }
      }),

    request: (request) =>
      run(async (time) => {
        try {
          await requests.insertOne(requestDocument(request), time.options());
          return true;
        } catch (error) {
          if (takenIndexOf(error) === null) throw error;
          await settle(time);
          return false;
        }
      }),
    requestsOf: (owner, writer, period) =>
      run(async (time) => {
        const filter = { owner: isThe(owner), writer: isThe(writer), period: { $eq: period } };
        return (await findList(requests, filter, { sort: { _id: 1 }, limit: kinds, time })).map(requestFrom);
      }),
    urgentSince: (owner, since, limit) =>
      run(async (time) => {
        const filter = { owner: isThe(owner), kind: { $eq: "urgent" as const }, at: { $gte: new Date(since) } };
        return (await findList(requests, filter, { sort: { at: -1 }, limit, time })).map(requestFrom);
      }),

    ...createSuggestions(access),

    forgetBudgets: (day, limit) =>
      run(async (time) => {
        const filter = { day: { $lt: day } };
        const old = await findList(budgets, filter, { sort: { day: 1, _id: 1 }, limit, time });
        const ids = old.map(({ _id }) => _id);
        if (ids.length === 0) return 0;
        return (await budgets.deleteMany({ _id: { $in: ids } }, time.options())).deletedCount;
      }),
    forgetUser: (userId) =>
      run(async (time) => {
        await settingsOf.deleteOne({ _id: isThe(userId) }, time.options());
        await budgets.deleteMany({ owner: isThe(userId) }, time.options());
        await requests.deleteMany({ owner: isThe(userId) }, time.options());
        await requests.deleteMany({ writer: isThe(userId) }, time.options());
        await suggestions.deleteMany({ owner: isThe(userId) }, time.options());
        await suggestions.deleteMany({ peer: isThe(userId) }, time.options());
      }),
  };
};
