import type { Message, MessageRepository } from "@standin/core/ports";
import { type Access, findList } from "../access.ts";
import { type MessageDocument, messageFrom, sideOf } from "../documents/message.ts";
import type { TimeLimit } from "../time-limit.ts";
import { isThe } from "../values.ts";

type Reading = Pick<
  MessageRepository,
  "find" | "head" | "page" | "changedAfter" | "lastInPerson" | "standInMessages" | "lastRev"
>;

/** Single messages, read by other parts too. */
export interface Reader {
  head(conversation: string, time: TimeLimit): Promise<MessageDocument | null>;
  /** The message with this number; 0 is the number of none. */
  at(conversation: string, seq: number, time: TimeLimit): Promise<MessageDocument | null>;
  /** The number of the newest change; 0: none. */
  lastRev(conversation: string, time: TimeLimit): Promise<number>;
}

export const createReader = ({ messages }: Pick<Access, "messages">): Reader => ({
  head: (conversation, time) =>
    messages.findOne({ conversation: { $eq: conversation } }, { sort: { seq: -1 }, ...time.options() }),
  at: async (conversation, seq, time) =>
    seq < 1 ? null : messages.findOne({ conversation: { $eq: conversation }, seq: { $eq: seq } }, time.options()),
  async lastRev(conversation, time) {
    const filter = { conversation: { $eq: conversation }, rev: { $gt: 0 } };
    const changed = await messages.findOne(filter, { sort: { rev: -1 }, projection: { rev: 1 }, ...time.options() });
    return changed?.rev ?? 0;
  },
});

const firstMessage = (document: MessageDocument | null): Message | null =>
  document === null ? null : messageFrom(document);

/** Reads messages, each list along one index. */
export const createReading = ({ messages, run }: Access, reader: Reader): Reading => ({
  find: (id) => run(async (time) => firstMessage(await messages.findOne({ _id: isThe(id) }, time.options()))),
  head: (conversation) => run(async (time) => firstMessage(await reader.head(conversation, time))),
  page: (conversation, { before, after, limit }) =>
    run(async (time) => {
      const range = {
        ...(before === undefined ? {} : { $lt: before }),
        ...(after === undefined ? {} : { $gt: after }),
      };
      const isForward = before === undefined && after !== undefined;
      const filter = { conversation: { $eq: conversation }, seq: { $gt: 0, ...range } };
      const found = await findList(messages, filter, { sort: { seq: isForward ? 1 : -1 }, limit, time });
      return (isForward ? found : found.reverse()).map(messageFrom);
    }),
  changedAfter: (conversation, rev, limit) =>
    run(async (time) => {
      // At least 0, as in the index.
      const filter = { conversation: { $eq: conversation }, rev: { $gt: Math.max(0, rev) } };
      return (await findList(messages, filter, { sort: { rev: 1 }, limit, time })).map(messageFrom);
    }),
  lastInPerson: (conversation, sender) =>
    run(async (time) => {
      const seq = (await reader.head(conversation, time))?.inPerson[sideOf(conversation, sender)] ?? 0;
      return firstMessage(await reader.at(conversation, seq, time));
    }),
  standInMessages: (conversation, owner, limit) =>
    run(async (time) => {
      const filter = {
        conversation: { $eq: conversation },
        sender: isThe(owner),
        origin: { $eq: "standin" as const },
      };
      return (await findList(messages, filter, { sort: { seq: -1 }, limit, time })).map(messageFrom);
    }),
  lastRev: (conversation) => run((time) => reader.lastRev(conversation, time)),
});
