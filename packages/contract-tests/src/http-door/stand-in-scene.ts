import type { Caller, Chat } from "@standin/core";
import { anId, type Expected, messageOf, type Person } from "./row.ts";

/** Longer than the stand-in waits for a burst to end, in milliseconds. */
export const untilAnswered = 10_000;

export const callerOf = (chat: Chat, { token }: Person): Promise<Caller> => chat.authenticate(token);

/** That person declares to be BUSY, or to be back. */
export const declare = async (chat: Chat, person: Person, status: "AVAILABLE" | "BUSY"): Promise<void> => {
  await chat.changeStatus(await callerOf(chat, person), { status });
};

/** One writes to the other, past the door. Returns the message's id. */
export const write = async (chat: Chat, from: Person, to: Person, message: string): Promise<string> => {
  const { id } = await chat.sendMessage(await callerOf(chat, from), { to: to.id, message });
  return id;
};

/** A fixed answer in the owner's name, as both see it. */
export const answerOf = (owner: Person, writer: Person, seq: number): Readonly<Record<string, Expected>> => ({
  ...messageOf(owner, writer, "", seq),
  content: new RegExp(`^${owner.username}'s assistant: .`),
  origin: "standin",
  onBehalfOf: owner.id,
  label: `${owner.username}'s assistant`,
  inReplyTo: anId,
  generator: { provider: "template" },
  verdict: "unconfirmed",
  notice: true,
});

/** The value at a path of keys and indices in an answer, as text. */
export const valueAt = (answer: unknown, ...path: readonly (string | number)[]): string =>
  String(path.reduce((value: unknown, key) => Reflect.get(Object(value), key), answer));
