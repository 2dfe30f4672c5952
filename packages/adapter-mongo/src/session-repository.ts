import type { SessionRepository } from "@standin/core/ports";
import { type Access, findList } from "./access.ts";
import { sessionDocument, sessionFrom } from "./documents/session.ts";
import { upsert } from "./driver-error.ts";
import { isThe, storedText, toObjectId } from "./values.ts";

/** How many addresses are remembered per account. */
const addressesKept = 100;

/** Sessions and the addresses of sign-ins, in the collections `sessions` and `addresses`. */
export const createSessionRepository = ({ sessions, addresses, run }: Access): SessionRepository => ({
  create: (session) =>
    run(async (time) => {
      const { _id, ...fields } = sessionDocument(session);
      const write = { $set: fields };
      await upsert(() => sessions.updateOne({ _id: { $eq: _id } }, write, { upsert: true, ...time.options() }));
    }),
  find: (id) =>
    run(async (time) => {
      const found = await sessions.findOne({ _id: { $eq: id } }, time.options());
      return found === null ? null : sessionFrom(found);
    }),
  findMany: (ids) =>
    run(async (time) => {
      const sort = { _id: 1 } as const;
      const found = await findList(sessions, { _id: { $in: [...ids] } }, { sort, limit: ids.length, time });
      return found.map(sessionFrom);
    }),
  delete: (id) =>
    run(async (time) => {
      await sessions.deleteOne({ _id: { $eq: id } }, time.options());
    }),
  deleteAllOf: (userId, except) =>
    run(async (time) => {
      const kept = except === null ? {} : { _id: { $ne: except } };
      await sessions.deleteMany({ user: isThe(userId), ...kept }, time.options());
    }),
  deleteExpired: (now, limit) =>
    run(async (time) => {
      const ended = { expiresAt: { $lte: new Date(now) } };
      const found = await findList(sessions, ended, { sort: { expiresAt: 1 }, limit, time });
      const ids = found.map(({ _id }) => _id);
      const removed = await sessions.deleteMany({ _id: { $in: ids }, ...ended }, time.options());
      return removed.deletedCount;
    }),
  rememberAddress: (userId, from, at) =>
    run(async (time) => {
      const _id = toObjectId(userId);
      const entry = { address: storedText(from), at: new Date(at) };
      await upsert(() =>
        addresses.bulkWrite(
          [
            {
              updateOne: {
                filter: { _id },
                update: { $pull: { addresses: { address: { $eq: entry.address } } } },
                upsert: true,
              },
            },
            {
              updateOne: {
                filter: { _id },
                update: {
                  $push: { addresses: { $each: [entry], $position: 0, $sort: { at: -1 }, $slice: addressesKept } },
                },
                upsert: true,
              },
            },
          ],
          time.options(),
        ),
      );
    }),
  knowsAddress: (userId, from) =>
    run(async (time) => {
      const known = { _id: isThe(userId), "addresses.address": { $eq: from } };
      return (await addresses.findOne(known, { projection: { _id: 1 }, ...time.options() })) !== null;
    }),
  forgetUser: (userId) =>
    run(async (time) => {
      await sessions.deleteMany({ user: isThe(userId) }, time.options());
      await addresses.deleteOne({ _id: isThe(userId) }, time.options());
    }),
});
