import type { Message, MessageRepository } from "@standin/core/ports";
import type { Access } from "../access.ts";
import { messageFrom } from "../documents/message.ts";
import { takenIndexOf } from "../driver-error.ts";
import { indexNames } from "../indexes.ts";
import { isThe, storedText } from "../values.ts";
import type { Reader } from "./read.ts";

/**
 * Changes stand-in messages. The change and its number are one update, which finds the message only as it was read; the number is unique within the
 * conversation. Whoever comes second, on either count, reads again.
 */
export const createAmend =
  ({ messages, run }: Access, reader: Reader): MessageRepository["amend"] =>
  (id, change) =>
    run(async (time): Promise<Message | null> => {
      const content = storedText(change.content);
      for (;;) {
        const before = await messages.findOne({ _id: isThe(id) }, time.options());
        if (before?.origin !== "standin" || before.verdict === "withdrawn") return null;
        const saidFirst = before.previousContent ?? (content === before.content ? undefined : before.content);
        const rev = (await reader.lastRev(before.conversation, time)) + 1;
        const amended = {
          verdict: change.verdict,
          content,
          rev,
          ...(saidFirst === undefined ? {} : { previousContent: saidFirst }),
        };
        // A change always sets `rev`: while that is as it was read, so is all the rest.
        const asRead = { _id: isThe(id), rev: before.rev === undefined ? { $exists: false } : { $eq: before.rev } };
        try {
          const options = { returnDocument: "after", ...time.options() } as const;
          const after = await messages.findOneAndUpdate(asRead, { $set: amended }, options);
          if (after !== null) return messageFrom(after);
        } catch (error) {
          if (takenIndexOf(error) !== indexNames.rev) throw error;
        }
      }
    });
