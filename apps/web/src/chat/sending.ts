import type { Conversation } from "@standin/client";
import { allSending, forgetSending, keepSending } from "../device/sending.ts";
import { client } from "./client.ts";

const forgetOnceWritten = async (me: string, id: string): Promise<void> => {
  if (await client.flush()) forgetSending(me, id);
};

/** Sends a text so that not even a crash in the next moment loses it. A refusal is shown at the message itself. */
export const sendText = (me: string, conversation: Conversation, text: string): void => {
  conversation.send(text).catch(() => undefined);
  const entry = client.outbox().findLast(({ to }) => to === conversation.peer);
  if (entry === undefined) return;
  keepSending(me, entry);
  void forgetOnceWritten(me, entry.id);
};

/** Sends again what a page before this one may not have written to the outbox. What is there, or was sent, is not doubled. */
export const sendLeft = (me: string): void => {
  for (const { id, to, content } of allSending(me)) {
    client
      .conversation(to)
      .send(content, { clientMsgId: id })
      .catch(() => undefined);
    void forgetOnceWritten(me, id);
  }
};

/** Forgets, from now on, what was sent or discarded, also where the device's storage fails. */
export const startSending = (): void => {
  client.on("outbox", ({ entry, gone }) => {
    if (gone && client.me !== null) forgetSending(client.me.id, entry.id);
  });
};
