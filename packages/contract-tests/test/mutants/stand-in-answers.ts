import type { Message, StandInJobDraft } from "@standin/core/ports";
import { type StandInBreak, withChat, withMessages, withPorts, withSettings } from "./stand-in-break.ts";

/** Whom it answers, and when. */
export const answerBreaks: readonly StandInBreak[] = [
  [
    "waits for the model before it stores a message",
    ["R01", "R11-next", "R20", "R23-hurried"],
    () => {
      let writing: Promise<unknown> = Promise.resolve();
      const broken = withPorts(({ responders = [] }) => ({
        responders: responders.map((responder) => ({
          provider: responder.provider,
          respond(request, signal) {
            const call = responder.respond(request, signal);
            writing = call.catch(() => {});
            return call;
          },
        })),
      }));
      const inner = broken({} as never).createChat;
      return {
        createChat: (ports, policy) => {
          const chat = (inner as NonNullable<typeof inner>)(ports, policy);
          return {
            ...chat,
            sendMessage: async (caller, input, via) => {
              await writing;
              return chat.sendMessage(caller, input, via);
            },
          };
        },
      };
    },
  ],
  [
    "stores the answer as if the writer had written it",
    [
      "R02",
      "R04",
      "R26",
      "R03",
      "R07-automatic",
      "R03-model",
      "R05-notices",
      "R07",
      "R07-readable",
      "R08-notice",
      "R08-unheard",
      "budget",
      "message-only",
      "R09",
      "R09-failed",
      "R09-mixed",
      "R10",
      "R10-set",
      "R11",
      "R11-long",
      "R11-wait",
      "R11-next",
      "R12",
      "R12-model",
      "R13",
      "R13-until",
      "R13-model",
      "R14-label",
      "R15-hidden",
      "R15-facts",
      "R17",
      "R18",
      "R19-extended",
      "R20-silence",
      "R20-before",
      "R22",
      "R22-running",
      "R22-committing",
      "R27",
      "R23",
      "R23-limits",
      "R23-late",
      "R25",
      "R25-any",
      "R28",
      "R29",
      "R29-verdict",
      "R29-again",
    ],
    withMessages((messages) => ({
      insertAt: (seq, draft, job) =>
        messages.insertAt(seq, { ...draft, sender: draft.recipient, recipient: draft.sender, origin: "person" }, job),
    })),
  ],
  [
    "keeps no record of what it says to somebody who is BUSY",
    ["R07-automatic"],
    withMessages((messages) => ({ insertAt: (seq, draft) => messages.insertAt(seq, draft, null) })),
  ],
  [
    "speaks to people who have blocked its owner",
    ["R08-unheard"],
    withMessages((messages) => ({
      insertAt: (seq, draft, job) => messages.insertAt(seq, { ...draft, blocked: false }, job),
    })),
  ],
  [
    "believes what a client says of its message",
    ["R04"],
    () => {
      let claims: Partial<Message> = {};
      return {
        createChat: (ports, policy) => {
          const chatOver = withMessages((messages) => ({
            append(draft, job) {
              const { origin = draft.origin, label = draft.label } = claims;
              return messages.append({ ...draft, origin, label }, job);
            },
          }))({} as never).createChat;
          const chat = (chatOver as NonNullable<typeof chatOver>)(ports, policy);
          return {
            ...chat,
            sendMessage: (caller, input, via) => {
              claims = input as Partial<Message>;
              return chat.sendMessage(caller, input, via);
            },
          };
        },
      };
    },
  ],
  [
    "announces a message after the next event",
    ["R01", "R26", "R12"],
    withPorts(({ events }) => {
      let held: Parameters<typeof events.publish>[0] | null = null;
      return {
        events: {
          ...events,
          publish(event) {
            const late = held;
            held = event.type === "message-stored" && event.message.origin === "person" ? event : null;
            if (held === null) events.publish(event);
            if (late !== null) events.publish(late);
          },
        },
      };
    }),
  ],
  [
    "announces an answer twice",
    ["R26", "R07-readable", "R22-committing", "R27", "R28-typing"],
    withPorts(({ events }) => ({
      events: {
        ...events,
        publish(event) {
          events.publish(event);
          if (event.type === "message-stored" && event.message.origin === "standin") events.publish(event);
        },
      },
    })),
  ],
  [
    "answers a stand-in",
    [
      "R03",
      "R07-automatic",
      "R03-model",
      "R07",
      "R07-readable",
      "R12",
      "R15-hidden",
      "R27",
      "R29-verdict",
      "R29-again",
    ],
    withMessages((messages) => ({
      async insertAt(_seq, draft) {
        const job: StandInJobDraft = { owner: draft.recipient, period: 1, wakeAt: draft.at + 2_000, decision: null };
        return (await messages.append(draft, job)).outcome === "stored" ? "inserted" : "id-taken";
      },
      async find(id) {
        const message = await messages.find(id);
        return message?.origin === "standin" ? { ...message, origin: "person" } : message;
      },
    })),
  ],
  [
    "answers its owner",
    ["R06"],
    withMessages((messages) => ({
      append: (draft, job) =>
        messages.append(
          draft,
          draft.sender === draft.recipient
            ? { owner: draft.sender, period: 1, wakeAt: draft.at + 2_000, decision: null }
            : job,
        ),
    })),
  ],
  [
    "counts caps in memory",
    ["R05", "R10"],
    withMessages((messages) => {
      const known = new Set<string>();
      return {
        insertAt(seq, draft, job) {
          known.add(draft.id);
          return messages.insertAt(seq, draft, job);
        },
        standInMessages: async (conversation, owner, limit) =>
          (await messages.standInMessages(conversation, owner, limit)).filter(({ id }) => known.has(id)),
      };
    }),
  ],
  [
    "knows no cap by the hour",
    ["R05", "R05-machine", "R05-notices", "R29"],
    withMessages((messages) => ({
      standInMessages: async (conversation, owner, limit) =>
        (await messages.standInMessages(conversation, owner, limit)).map((message) => ({ ...message, at: 0 })),
    })),
  ],
  [
    "does not count fixed texts",
    ["R05-notices", "R09-failed"],
    withMessages((messages) => ({
      standInMessages: async (conversation, owner, limit) =>
        (await messages.standInMessages(conversation, owner, limit)).filter(({ notice }) => !notice),
    })),
  ],
  [
    "repeats fixed texts",
    ["R07", "R09", "R09-failed", "R09-mixed"],
    withMessages((messages) => ({
      insertAt: (seq, draft, job) =>
        messages.insertAt(seq, draft.notice ? { ...draft, period: 1_000 + seq } : draft, job),
    })),
  ],
  [
    "answers each message of a burst",
    ["R07", "R11", "R11-long", "R11-next", "R15-last", "R15-size", "R22-running", "R27"],
    withMessages((messages) => ({
      mergeJobs: async () => {},
      async pendingBatch(conversation, owner) {
        const batch = await messages.pendingBatch(conversation, owner);
        return batch && { first: batch.first, last: batch.first };
      },
    })),
  ],
  [
    "gives a job to whoever asks",
    ["R27"],
    withMessages((messages) => ({
      claimJob: async (trigger, claim) => (await messages.claimJob(trigger, claim)) ?? messages.job(trigger),
    })),
  ],
  [
    "waits for ever for a burst to end",
    ["R11-long"],
    withMessages((messages) => ({
      async pendingBatch(conversation, owner) {
        const batch = await messages.pendingBatch(conversation, owner);
        return batch && { first: { ...batch.first, at: batch.last.at }, last: batch.last };
      },
    })),
  ],
  ["leaves its owner no time", ["R11-wait"], withSettings(() => ({ waitSeconds: 0 }))],
  ["answers three times, whatever is set", ["R10-set", "R17"], withSettings(() => ({ answersPerPeriod: 3 }))],
  [
    "leaves the label out of what stock clients show",
    [
      "R08-notice",
      "R13",
      "R13-until",
      "R13-delegate",
      "R13-model",
      "R14",
      "R14-honest",
      "R14-label",
      "R17-canary",
      "R17",
      "R17-markup",
      "R17-links",
      "R23-limits",
      "R23-late",
      "R24",
      "R25",
      "R25-any",
    ],
    withMessages((messages) => ({
      insertAt: (seq, draft, job) =>
        messages.insertAt(seq, { ...draft, content: draft.content.replace(`${draft.label ?? ""}: `, "") }, job),
    })),
  ],
  [
    "lets a model write where it likes",
    ["R18"],
    withMessages((messages) => ({
      async insertAt(seq, draft, job) {
        const [, to] = /"to":"([0-9a-f]{24})"/.exec(draft.content) ?? [];
        if (to !== undefined) {
          const conversation = [draft.sender, to].sort().join(":");
          const id = `f${draft.id.slice(1)}`;
          await messages.append({ ...draft, id, conversation, recipient: to, inReplyTo: null, origin: "person" }, null);
        }
        return messages.insertAt(seq, draft, job);
      },
    })),
  ],
  [
    "says nothing while a model writes",
    ["R28-typing"],
    withPorts(({ events }) => ({
      events: { ...events, publish: (event) => event.type !== "stand-in-typing" && events.publish(event) },
    })),
  ],
  [
    "does not shut its door to names like a label",
    ["R14-label"],
    withChat((chat) => ({
      signUp: (input, origin) =>
        chat.signUp({ ...input, username: input.username.replace(/assistant\s*$/i, "assistance") }, origin),
    })),
  ],
];
