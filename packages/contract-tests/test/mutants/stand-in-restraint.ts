import type { createChat } from "@standin/core";
import type { Message } from "@standin/core/ports";
import { type StandInBreak, withChat, withMessages, withPorts, withSettings, withStandIns } from "./stand-in-break.ts";

/** What a model is shown: the only page of 20, or of 19 and what is asked in a preview. */
const shown = 20;
const shownInPreview = 19;

/** When it must be silent, what it must not see, and what it leaves untouched. */
export const restraintBreaks: readonly StandInBreak[] = [
  [
    "keeps a record of messages to people who are not BUSY",
    ["R07"],
    withMessages((messages) => ({
      append: (draft, job) =>
        messages.append(
          draft,
          job ??
            (draft.sender === draft.recipient
              ? null
              : { owner: draft.recipient, period: 0, wakeAt: null, decision: "off" }),
        ),
    })),
  ],
  [
    "speaks where it is off",
    ["R08-off", "R08", "R08-meanwhile", "R11-wait"],
    withSettings(({ mode }) => ({ mode: mode === "off" ? "notice" : mode })),
  ],
  [
    "asks a model for a notice",
    ["R08-notice", "R09-mixed"],
    withSettings(({ mode }) => ({ mode: mode === "notice" ? "answer" : mode })),
  ],
  [
    "sends what should be a draft",
    ["R07-readable", "R08-suggest", "R20-drafts", "R23-total", "R25-answered"],
    withSettings(({ mode }) => ({ mode: mode === "suggest" ? "answer" : mode })),
  ],
  ["treats everybody alike", ["R08", "R15"], withSettings(() => ({ people: new Map(), newPeople: null }))],
  [
    "reads no settings while a model writes",
    ["R07-readable", "R08", "R08-meanwhile", "R23-total", "R25-answered"],
    withPorts(({ standIns, responders = [] }) => {
      let writing = 0;
      const last = new Map<string, Awaited<ReturnType<typeof standIns.settings>>>();
      return {
        standIns: {
          ...standIns,
          async settings(owner) {
            const known = last.get(owner);
            if (writing > 0 && known !== undefined) return known;
            const stored = await standIns.settings(owner);
            last.set(owner, stored);
            return stored;
          },
        },
        responders: responders.map((responder) => ({
          provider: responder.provider,
          respond(request, signal) {
            writing += 1;
            return responder.respond(request, signal);
          },
        })),
      };
    }),
  ],
  [
    "answers people whom its owner has blocked",
    ["R08-blocked", "R08-unheard", "R15-hidden"],
    withPorts(({ relations }) => ({ relations: { ...relations, between: async () => [] } })),
  ],
  [
    "answers what was waiting when its owner blocked the writer",
    ["R08-block"],
    withPorts(({ relations, messages }) => ({
      // The send path asks with the writer first.
      relations: {
        ...relations,
        between: async (one, other) => (await relations.between(one, other)).filter(({ owner }) => owner !== one),
      },
      messages: {
        ...messages,
        dropJobs: async (filter, decision) => (decision === "blocked" ? [] : messages.dropJobs(filter, decision)),
      },
    })),
  ],
  [
    "takes one period for another",
    ["R19-again", "R22-over"],
    withPorts(({ users, messages }) => ({
      messages: {
        ...messages,
        async claimJob(trigger, claim) {
          const job = await messages.claimJob(trigger, claim);
          return job && { ...job, period: (await users.find(job.owner))?.period ?? job.period };
        },
        dropJobs: async (filter, decision) =>
          decision === "owner-returned" ? [] : messages.dropJobs(filter, decision),
      },
    })),
  ],
  ["has no budget", ["budget", "budget-known"], withStandIns(() => ({ spend: async () => true }))],
  [
    "keeps nothing back for people whom its owner knows",
    ["budget", "budget-known"],
    withStandIns((standIns) => ({
      spend: (owner, day, limits) => standIns.spend(owner, day, { ...limits, newPeopleLimit: null }),
    })),
  ],
  [
    "forgets what a writer asked for",
    ["message-only", "message-only-running"],
    withPorts(({ standIns, messages }) => ({
      standIns: { ...standIns, requestsOf: async () => [] },
      messages: {
        ...messages,
        dropJobs: async (filter, decision) => (decision === "message-only" ? [] : messages.dropJobs(filter, decision)),
      },
    })),
  ],
  [
    "is urgent as often as one likes",
    ["urgent"],
    withStandIns((standIns) => ({
      request: async (request) => {
        await standIns.request(request);
        return true;
      },
    })),
  ],
  [
    "shows a model what others wrote",
    ["R15"],
    withMessages((messages) => {
      const written: Message[] = [];
      return {
        async append(draft, job) {
          const result = await messages.append(draft, job);
          if (result.outcome === "stored") written.push(result.message);
          return result;
        },
        page: async (conversation, range) =>
          range.limit === shown
            ? [
                ...written.filter((each) => each.conversation !== conversation),
                ...(await messages.page(conversation, range)),
              ]
            : messages.page(conversation, range),
      };
    }),
  ],
  [
    "shows a model more than the last 20 messages",
    ["R15-last", "R15-preview"],
    withMessages((messages) => ({
      page: (conversation, range) =>
        messages.page(
          conversation,
          range.limit === shown || range.limit === shownInPreview ? { ...range, limit: 40 } : range,
        ),
    })),
  ],
  [
    "shows a model more than 8,000 characters",
    ["R15-size"],
    withMessages((messages) => ({
      async page(conversation, range) {
        const page = await messages.page(conversation, range);
        const last = page.at(-1);
        if (range.limit !== shown || last === undefined) return page;
        const kept = page.filter(
          ({ blocked, messageOnly, verdict }) => !blocked && !messageOnly && verdict !== "withdrawn",
        );
        return [{ ...last, content: kept.map(({ content }) => content).join("\n") }];
      },
    })),
  ],
  [
    "shows a model what was blocked or withdrawn",
    ["message-only", "R15-hidden"],
    withMessages((messages) => ({
      async page(conversation, range) {
        const page = await messages.page(conversation, range);
        if (range.limit !== shown) return page;
        return page.map((message) => ({
          ...message,
          blocked: false,
          messageOnly: false,
          verdict: null,
          content: message.previousContent ?? message.content,
        }));
      },
    })),
  ],
  [
    "marks read for its owner what it answers",
    ["R28", "R29"],
    withMessages((messages) => ({
      async insertAt(seq, draft, job) {
        const result = await messages.insertAt(seq, draft, job);
        await messages.markRead(draft.conversation, draft.sender, seq);
        return result;
      },
    })),
  ],
  ["does not tell its owner what was urgent", ["R29"], withStandIns(() => ({ urgentSince: async () => [] }))],
  [
    "does not find the first words of what was corrected again",
    ["R29-again"],
    withMessages((messages) => ({
      async find(id) {
        const message = await messages.find(id);
        return message && { ...message, previousContent: null };
      },
    })),
  ],
  [
    "keeps no first words of what was corrected",
    ["R29-verdict", "R29-again"],
    withMessages((messages) => ({
      page: async (conversation, range) =>
        (await messages.page(conversation, range)).map((message) => ({ ...message, previousContent: null })),
    })),
  ],
  [
    "shows its decisions to anybody",
    ["R07-automatic", "R07"],
    () => {
      let owner: Parameters<ReturnType<typeof createChat>["me"]>[0] | null = null;
      return withChat((chat) => ({
        changeStatus: (caller, input) => {
          owner ??= caller;
          return chat.changeStatus(caller, input);
        },
        standIn: { ...chat.standIn, decisions: (caller, input) => chat.standIn.decisions(owner ?? caller, input) },
      }))({} as never);
    },
  ],
];
