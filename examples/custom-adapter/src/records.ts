import { randomUUID } from "node:crypto";
import type { ConversationId, Id, Message, StandInJob } from "@standin/core/ports";
import { openJournal } from "./journal.ts";

/** What a line of the file is made of: a record as it is from now on. */
type Fact =
  | { readonly message: Message }
  | { readonly job: StandInJob }
  | { readonly read: { readonly conversation: ConversationId; readonly user: Id; readonly seq: number } }
  | { readonly epoch: string };

/** What the file says, in memory. Changes by {@link Records.commit} only; its records are frozen. */
export interface Records {
  epoch(): string;
  newEpoch(): string;
  readonly messages: ReadonlyMap<Id, Message>;
  /** The message with the number `seq` is at `seq - 1`. */
  readonly threads: ReadonlyMap<ConversationId, readonly Message[]>;
  /** `keyOf(sender, clientMsgId)` → the message that was stored for it. */
  readonly sends: ReadonlyMap<string, Id>;
  /** `keyOf(conversation, user)` → the number up to which the user has read. */
  readonly reads: ReadonlyMap<string, number>;
  /** By trigger, in the order of their messages. */
  readonly jobs: ReadonlyMap<Id, StandInJob>;
  commit(facts: readonly Fact[]): void;
  check(): void;
}

export const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

export const openRecords = (path: string | null): Records => {
  let epoch = "";
  const messages = new Map<Id, Message>();
  const threads = new Map<ConversationId, Message[]>();
  const sends = new Map<string, Id>();
  const reads = new Map<string, number>();
  const jobs = new Map<Id, StandInJob>();

  const apply = (fact: Fact): void => {
    if ("epoch" in fact) epoch = fact.epoch;
    else if ("job" in fact) jobs.set(fact.job.trigger, fact.job);
    else if ("read" in fact) reads.set(keyOf(fact.read.conversation, fact.read.user), fact.read.seq);
    else applyMessage(fact.message);
  };
  const applyMessage = (message: Message): void => {
    const thread = threads.get(message.conversation) ?? [];
    thread[message.seq - 1] = message;
    threads.set(message.conversation, thread);
    messages.set(message.id, message);
    if (message.clientMsgId !== null) sends.set(keyOf(message.sender, message.clientMsgId), message.id);
  };

  const { commit, check } = openJournal(path, apply);
  const newEpoch = (): string => {
    commit([{ epoch: randomUUID() }]);
    return epoch;
  };
  if (epoch === "") newEpoch();
  return { epoch: () => epoch, newEpoch, messages, threads, sends, reads, jobs, commit, check };
};
