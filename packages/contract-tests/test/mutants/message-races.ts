import type { ConversationId, Id, Message, MessageRange, MessageRepository } from "@standin/core/ports";
import type { MessageBreak } from "./message-break.ts";
import { pause } from "./mutant.ts";

/** Shows messages under numbers of its own. */
const renumbered = (
  store: MessageRepository,
  numbers: ReadonlyMap<Id, number>,
): Pick<MessageRepository, "page" | "head"> => {
  const shown = (message: Message): Message => ({ ...message, seq: numbers.get(message.id) ?? message.seq });
  const all = async (conversation: ConversationId): Promise<Message[]> =>
    (await store.page(conversation, { limit: 10_000 })).map(shown).sort((one, other) => one.seq - other.seq);
  return {
    async page(conversation: ConversationId, range: MessageRange) {
      const { before = Number.POSITIVE_INFINITY, after = 0, limit } = range;
      const within = (await all(conversation)).filter(({ seq }) => seq < before && seq > after);
      return range.after === undefined ? within.slice(-limit) : within.slice(0, limit);
    },
    head: async (conversation: ConversationId) => (await all(conversation)).at(-1) ?? null,
  };
};

/** Stores that are right as long as nobody else is at work. */
export const messageRaceBreaks: readonly MessageBreak[] = [
  [
    "gives the number before the commit",
    [
      "repeated",
      "repeated-unknown-outcome",
      "insert-next",
      "stand-in-messages",
      "conversations",
      "race-one-conversation",
      "race-many-conversations",
      "race-first-messages",
      "race-one-send",
      "race-insert-among-writers",
    ],
    (store) => {
      const last = new Map<ConversationId, number>();
      const given = new Map<Id, number>();
      return {
        ...renumbered(store, given),
        async append(draft, job) {
          const seq = (last.get(draft.conversation) ?? (await store.head(draft.conversation))?.seq ?? 0) + 1;
          last.set(draft.conversation, seq);
          for (let turn = 0; turn < seq % 3; turn += 1) await pause();
          const result = await store.append(draft, job);
          if (result.outcome !== "stored") return result;
          given.set(draft.id, seq);
          return { ...result, message: { ...result.message, seq } };
        },
      };
    },
  ],
  [
    "reads the head, and then writes",
    [
      "race-one-conversation",
      "race-many-conversations",
      "race-first-messages",
      "race-insert",
      "race-insert-among-writers",
    ],
    (store) => {
      const given = new Map<Id, number>();
      const shown = renumbered(store, given);
      return {
        ...shown,
        async append(draft, job) {
          const seq = ((await shown.head(draft.conversation))?.seq ?? 0) + 1;
          await pause();
          const result = await store.append(draft, job);
          if (result.outcome !== "stored") return result;
          given.set(draft.id, seq);
          return { ...result, message: { ...result.message, seq } };
        },
        async insertAt(seq, draft, job) {
          const head = await shown.head(draft.conversation);
          await pause();
          const next = ((await store.head(draft.conversation))?.seq ?? 0) + 1;
          const result = await store.insertAt(seq === (head?.seq ?? 0) + 1 ? next : 0, draft, job);
          if (result === "inserted") given.set(draft.id, seq);
          return result;
        },
      };
    },
  ],
  [
    "looks for the clientMsgId, and then writes",
    ["race-one-send", "race-one-client-id"],
    (store) => {
      const sends = new Map<string, Message>();
      let copies = 0;
      return {
        async append(draft, job) {
          if (draft.clientMsgId === null) return store.append(draft, job);
          const key = `${draft.sender} ${draft.clientMsgId}`;
          const isKnown = sends.has(key);
          await pause();
          const result = await store.append(draft, job);
          if (result.outcome === "stored") sends.set(key, result.message);
          if (result.outcome === "stored" || isKnown) return result;
          copies += 1;
          return store.append({ ...draft, clientMsgId: `${draft.clientMsgId} ${copies}` }, job);
        },
      };
    },
  ],
  [
    "numbers a change, and then writes",
    ["race-verdicts"],
    (store) => ({
      async amend(id, change) {
        const rev = (await store.lastRev((await store.find(id))?.conversation ?? "")) + 1;
        await pause();
        const message = await store.amend(id, change);
        return message && { ...message, rev };
      },
    }),
  ],
  [
    "compares the read position, and then writes",
    ["race-read-positions"],
    (store) => {
      const positions = new Map<string, number>();
      return {
        async readPosition(conversation, user) {
          const { readSeq, unread } = await store.readPosition(conversation, user);
          return { unread, readSeq: positions.get(conversation + user) ?? readSeq };
        },
        async markRead(conversation, user, seq) {
          const before = (await store.readPosition(conversation, user)).readSeq;
          await pause();
          const { readSeq, unread } = await store.markRead(conversation, user, seq);
          const after = Math.max(before, Math.min(seq, readSeq));
          positions.set(conversation + user, after);
          return { readSeq: after, unread };
        },
      };
    },
  ],
  [
    "looks whether a job is pending, and then claims it",
    ["race-claim"],
    (store) => ({
      async claimJob(trigger, claim) {
        const before = await store.job(trigger);
        await pause();
        const claimed = await store.claimJob(trigger, claim);
        const isTaken =
          claimed === null && before?.state === "pending" && (await store.job(trigger))?.state === "running";
        return isTaken ? { ...before, state: "running", claim: claim.worker, wakeAt: claim.until } : claimed;
      },
    }),
  ],
  [
    "looks whose claim it is, and then renews it",
    ["race-take-over"],
    (store) => ({
      async renewJob(trigger, worker, until) {
        const job = await store.job(trigger);
        await pause();
        await store.renewJob(trigger, worker, until);
        return job?.state === "running" && job.claim === worker;
      },
    }),
  ],
  [
    "lists what is committing, and then drops the rest",
    ["race-drop"],
    (store) => ({
      async dropJobs(filter, decision) {
        const committing = (await store.committingJobs(1_000)).filter(
          ({ owner, conversation }) =>
            owner === filter.owner && (filter.conversation === undefined || conversation === filter.conversation),
        );
        await pause();
        await store.dropJobs(filter, decision);
        return committing;
      },
    }),
  ],
  [
    "looks whether a job is committing, and then ends it",
    ["race-end"],
    (store) => ({
      async endJob(trigger, end) {
        const job = await store.job(trigger);
        await pause();
        const isEnded = await store.endJob(trigger, end);
        return isEnded || job?.state === "committing";
      },
    }),
  ],
];
