import { ChatError, type User, type UserRepository } from "@standin/core/ports";
import { type Access, findList } from "../access.ts";
import { changeableFields, firstUserDocument, type UserDocument, userFrom } from "../documents/user.ts";
import { takenIndexOf } from "../driver-error.ts";
import { indexNames } from "../indexes.ts";
import { isOneOf, isThe, toObjectId } from "../values.ts";
import { createUserList } from "./list.ts";

const firstUser = (document: UserDocument | null): User | null => (document === null ? null : userFrom(document));

/** People, in the collection `users`. */
export const createUserRepository = ({ users, run }: Access): UserRepository => {
  const list = createUserList(users);

  return {
    create: (user) =>
      run(async (time) => {
        try {
          await users.insertOne(firstUserDocument(user), time.options());
        } catch (cause) {
          throw takenIndexOf(cause) === indexNames.email ? new ChatError("EMAIL_TAKEN", { cause }) : cause;
        }
      }),
    find: (id) => run(async (time) => firstUser(await users.findOne({ _id: isThe(id) }, time.options()))),
    findMany: (ids) =>
      run(async (time) => {
        const sort = { _id: 1 } as const;
        return (await findList(users, { _id: isOneOf(ids) }, { sort, limit: ids.length, time })).map(userFrom);
      }),
    findByEmail: (emailKey) =>
      run(async (time) => firstUser(await users.findOne({ emailKey: { $eq: emailKey } }, time.options()))),
    list: (query) => run((time) => list(query, time)),
    compareAndSet: (user) =>
      run(async (time) => {
        const stored = await users.findOneAndUpdate(
          { _id: isThe(user.id), version: { $eq: user.version } },
          { $set: changeableFields(user), $inc: { version: 1 } },
          { returnDocument: "after", ...time.options() },
        );
        return firstUser(stored);
      }),
    publishedAs: (status, after, limit) =>
      run(async (time) => {
        const beyond = after === null ? {} : { _id: { $gt: toObjectId(after) } };
        const filter = { status: { $eq: status }, ...beyond };
        return (await findList(users, filter, { sort: { _id: 1 }, limit, time })).map(userFrom);
      }),
    publishedBusyUntil: (now, limit) =>
      run(async (time) => {
        // A comparison with a date leaves out those without an end.
        const filter = { status: { $eq: "BUSY" as const }, busyUntil: { $lte: new Date(now) } };
        return (await findList(users, filter, { sort: { busyUntil: 1, _id: 1 }, limit, time })).map(userFrom);
      }),
    delete: (id) =>
      run(async (time) => {
        await users.deleteOne({ _id: isThe(id) }, time.options());
      }),
  };
};
