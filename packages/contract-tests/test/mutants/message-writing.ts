import { ChatError, type Id, type Message, peopleOf } from "@standin/core/ports";
import type { MessageBreak } from "./message-break.ts";

/** Stores that take messages in wrongly. */
export const messageWritingBreaks: readonly MessageBreak[] = [
  ["is never well", ["ping"], () => ({ ping: () => Promise.reject(new ChatError("UNAVAILABLE")) })],
  ["has one epoch for ever", ["epoch"], (store) => ({ newEpoch: () => store.epoch() })],
  [
    "trims what people write",
    ["append"],
    (store) => ({
      append: (draft, job) => store.append({ ...draft, content: draft.content.replace(/\s+/g, " ") }, job),
    }),
  ],
  [
    "forgets what was written for the owner alone",
    ["append"],
    (store) => ({ append: (draft, job) => store.append({ ...draft, messageOnly: false }, job) }),
  ],
  [
    "numbers all conversations together",
    ["append-numbers", "insert-next", "insert-id-taken", "conversations"],
    (store) => {
      let last = 0;
      return {
        async append(draft, job) {
          const result = await store.append(draft, job);
          if (result.outcome !== "stored") return result;
          last += 1;
          return { ...result, message: { ...result.message, seq: last } };
        },
      };
    },
  ],
  [
    "stores a retry once more",
    ["repeated", "repeated-unknown-outcome", "job-of-the-first-time", "race-one-send"],
    (store) => {
      let copies = 0;
      return {
        async append(draft, job) {
          const result = await store.append(draft, job);
          if (result.outcome !== "repeated") return result;
          copies += 1;
          return store.append(
            { ...draft, id: copies.toString(16).padStart(24, "f"), clientMsgId: `copy-${copies}` },
            job,
          );
        },
      };
    },
  ],
  [
    "takes an id that it knows for an error",
    ["repeated-unknown-outcome"],
    (store) => ({
      append: async (draft, job) =>
        (await store.find(draft.id)) === null ? store.append(draft, job) : { outcome: "conflict" },
    }),
  ],
  [
    "knows a retry by its clientMsgId alone",
    ["conflict", "client-ids-apart"],
    (store) => {
      const sends = new Map<string, Message>();
      return {
        async append(draft, job) {
          const earlier = draft.clientMsgId === null ? undefined : sends.get(draft.clientMsgId);
          if (earlier !== undefined) return { outcome: "repeated", message: earlier };
          const result = await store.append(draft, job);
          if (result.outcome === "stored" && draft.clientMsgId !== null) sends.set(draft.clientMsgId, result.message);
          return result;
        },
      };
    },
  ],
  [
    "gives a retry a job of its own",
    ["job-of-the-first-time"],
    (store) => {
      const given = new Map<Id, number>();
      return {
        async append(draft, job) {
          const result = await store.append(draft, job);
          if (result.outcome === "repeated" && job !== null) given.set(result.message.id, job.period);
          return result;
        },
        async job(trigger) {
          const [job, period] = [await store.job(trigger), given.get(trigger)];
          return job === null || period === undefined ? job : { ...job, period };
        },
      };
    },
  ],
  [
    "counts every message of both",
    ["counts", "conversations-self", "race-one-conversation"],
    (store) => ({
      async append(draft, job) {
        const result = await store.append(draft, job);
        if (result.outcome !== "stored") return result;
        const [low] = peopleOf(draft.conversation);
        const page = await store.page(draft.conversation, { limit: 10_000 });
        const fromLow = page.filter(({ sender }) => sender === low).length;
        return { ...result, message: { ...result.message, counts: [fromLow, page.length - fromLow] } };
      },
    }),
  ],
  [
    "forgets jobs that were decided at once",
    [
      "job-with-message",
      "next-wake",
      "pending-batch",
      "claim-refused",
      "merge",
      "end-refused",
      "drop-jobs",
      "decisions",
    ],
    (store) => ({ append: (draft, job) => store.append(draft, job?.decision == null ? job : null) }),
  ],
  [
    "hands out what it keeps",
    ["copies"],
    (store) => {
      const kept = new Map<string, Message>();
      const keep = (message: Message): Message => {
        const key = `${message.id} ${message.rev}`;
        kept.set(key, kept.get(key) ?? message);
        return kept.get(key) ?? message;
      };
      return {
        find: async (id) => {
          const message = await store.find(id);
          return message && keep(message);
        },
        page: async (conversation, range) => (await store.page(conversation, range)).map(keep),
      };
    },
  ],
  [
    "inserts messages without their jobs",
    ["insert-job"],
    (store) => ({ insertAt: (seq, draft) => store.insertAt(seq, draft, null) }),
  ],
  [
    "inserts under whatever number is next",
    ["insert-elsewhere", "insert-job", "insert-precedence"],
    (store) => ({
      async insertAt(_, draft, job) {
        const head = await store.head(draft.conversation);
        return store.insertAt((head?.seq ?? 0) + 1, draft, job);
      },
    }),
  ],
  [
    "inserts only between messages",
    [
      "insert-next",
      "insert-id-taken",
      "insert-notice-taken",
      "amend-after-confirmation",
      "changed-after",
      "stand-in-messages",
      "race-insert",
      "race-verdicts",
    ],
    (store) => ({ insertAt: async (seq, draft, job) => (seq === 1 ? "seq-taken" : store.insertAt(seq, draft, job)) }),
  ],
  [
    "inserts the same id again",
    ["insert-id-taken", "insert-precedence", "race-insert"],
    (store) => {
      let copies = 0;
      return {
        async insertAt(seq, draft, job) {
          const result = await store.insertAt(seq, draft, job);
          if (result !== "id-taken") return result;
          copies += 1;
          return store.insertAt(seq, { ...draft, id: copies.toString(16).padStart(24, "f") }, job);
        },
      };
    },
  ],
  [
    "answers a message twice",
    ["insert-reply-taken", "insert-precedence"],
    (store) => ({
      async insertAt(seq, draft, job) {
        const result = await store.insertAt(seq, draft, job);
        return result === "reply-taken" ? store.insertAt(seq, { ...draft, inReplyTo: null }, job) : result;
      },
    }),
  ],
  [
    "gives notice twice",
    ["insert-notice-taken", "insert-precedence"],
    (store) => ({
      async insertAt(seq, draft, job) {
        const result = await store.insertAt(seq, draft, job);
        return result === "notice-taken" ? store.insertAt(seq, { ...draft, notice: false }, job) : result;
      },
    }),
  ],
  [
    "gives notice once for all periods",
    ["insert-notice-taken", "insert-precedence"],
    (store) => {
      const given = new Set<string>();
      return {
        async insertAt(seq, draft, job) {
          const key = `${draft.conversation} ${draft.sender}`;
          if (draft.notice && given.has(key) && (await store.find(draft.id)) === null) return "notice-taken";
          const result = await store.insertAt(seq, draft, job);
          if (draft.notice && result === "inserted") given.add(key);
          return result;
        },
      };
    },
  ],
  [
    "promises changes",
    ["amend", "amend-after-confirmation", "amend-refused", "changed-after", "conversations", "race-verdicts"],
    (store) => ({ amend: async (id) => store.find(id) }),
  ],
  [
    "takes a confirmation for the last word",
    ["amend-after-confirmation"],
    (store) => ({
      amend: async (id, change) => ((await store.find(id))?.verdict === "confirmed" ? null : store.amend(id, change)),
    }),
  ],
  [
    "answers what it could not amend",
    ["amend-refused"],
    (store) => ({ amend: async (id, change) => (await store.amend(id, change)) ?? store.find(id) }),
  ],
  [
    "tells every change again",
    ["changed-after"],
    (store) => ({ changedAfter: (conversation, _, limit) => store.changedAfter(conversation, 0, limit) }),
  ],
];
