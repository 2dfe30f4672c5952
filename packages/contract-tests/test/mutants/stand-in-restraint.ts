import type { createChat } from "@standin/core";
import type { Message, User } from "@standin/core/ports";
import { type StandInBreak, withChat, withMessages, withPorts, withSettings, withStandIns } from "./stand-in-break.ts";

/** What a model is shown: the only page of 20. */
const shown = 20;

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
    ["R08-suggest", "R20-drafts"],
    withSettings(({ mode }) => ({ mode: mode === "suggest" ? "answer" : mode })),
  ],
  ["treats everybody alike", ["R08", "R15"], withSettings(() => ({ people: new Map(), newPeople: null }))],
  [
    "reads no settings while a model writes",
    ["R08", "R08-meanwhile"],
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
    ["R08-blocked", "R15-hidden"],
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
    ["R19-again", "R19-elsewhere", "R22-over"],
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
    ["R15-last"],
    withMessages((messages) => ({
      page: (conversation, range) =>
        messages.page(conversation, range.limit === shown ? { ...range, limit: 40 } : range),
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
    "commits after its owner is back",
    ["R19-abort", "R19-elsewhere", "R21"],
    withPorts(({ users, messages }) => {
      const claimed = new Map<string, User>();
      const asClaimed = (user: User | null): User | null => (user && claimed.get(user.id)) ?? user;
      return {
        users: {
          ...users,
          find: async (id) => asClaimed(await users.find(id)),
          findMany: async (ids) => (await users.findMany(ids)).map((user) => asClaimed(user) ?? user),
          compareAndSet: async (user) =>
            users.compareAndSet({ ...user, version: (await users.find(user.id))?.version ?? 0 }),
        },
        messages: {
          ...messages,
          async claimJob(trigger, claim) {
            const job = await messages.claimJob(trigger, claim);
            const owner = job && (await users.find(job.owner));
            if (owner?.declared.word === "BUSY") claimed.set(owner.id, owner);
            return job;
          },
          async endJob(trigger, end) {
            claimed.clear();
            return messages.endJob(trigger, end);
          },
          dropJobs: async (filter, decision) =>
            decision === "owner-returned" ? [] : messages.dropJobs(filter, decision),
        },
      };
    }),
  ],
  [
    "does not see that its owner is back",
    ["R13", "R19", "R19-online", "R19-until", "R19-abort", "R19-elsewhere", "R19-expiry", "R22"],
    withPorts(({ users, messages }) => {
      const busy = (user: User): User => ({
        ...user,
        declared: { word: "BUSY", since: 0, until: null, note: null, resume: "none" },
      });
      let isAtWork = false;
      return {
        users: {
          ...users,
          async find(id) {
            const user = await users.find(id);
            return user !== null && isAtWork ? busy(user) : user;
          },
          async findMany(ids) {
            const found = await users.findMany(ids);
            return isAtWork ? found.map((user) => (user.id === ids[0] ? busy(user) : user)) : found;
          },
          compareAndSet: async (user) =>
            users.compareAndSet({ ...user, version: (await users.find(user.id))?.version ?? 0 }),
        },
        messages: {
          ...messages,
          async claimJob(trigger, claim) {
            const job = await messages.claimJob(trigger, claim);
            isAtWork = job !== null;
            return job;
          },
          async endJob(trigger, end) {
            isAtWork = false;
            return messages.endJob(trigger, end);
          },
          dropJobs: async (filter, decision) =>
            decision === "owner-returned" ? [] : messages.dropJobs(filter, decision),
        },
      };
    }),
  ],
  [
    "leaves to others what is committing when its owner comes back",
    ["R21"],
    withMessages((messages) => ({
      async dropJobs(filter, decision) {
        await messages.dropJobs(filter, decision);
        return [];
      },
    })),
  ],
  [
    "appends the answer wherever the end may be",
    ["R21-writes"],
    withMessages((messages) => ({
      async insertAt(_seq, draft) {
        const head = await messages.head(draft.conversation);
        return messages.insertAt((head?.seq ?? 0) + 1, draft);
      },
    })),
  ],
  [
    "does not see what its owner writes",
    ["R08", "budget-known", "R20", "R20-silence", "R20-first"],
    withMessages((messages) => ({
      lastInPerson: async () => null,
      dropJobs: async (filter, decision) => (decision === "owner-wrote" ? [] : messages.dropJobs(filter, decision)),
    })),
  ],
  [
    "is silenced by what its owner wrote long ago",
    ["budget-known", "R20-silence", "R20-first", "R20-before"],
    withMessages((messages) => {
      let newest = 0;
      return {
        append(draft, job) {
          newest = Math.max(newest, job?.period ?? 0);
          return messages.append(draft, job);
        },
        async lastInPerson(conversation, sender) {
          const message = await messages.lastInPerson(conversation, sender);
          return message && { ...message, period: Math.max(2, newest) };
        },
      };
    }),
  ],
  [
    "forgets its jobs at a restart",
    ["R22", "R22-running"],
    withMessages((messages) => {
      const known = new Set<string>();
      return {
        append(draft, job) {
          known.add(draft.id);
          return messages.append(draft, job);
        },
        dueJobs: async (now, limit) => (await messages.dueJobs(now, limit)).filter(({ trigger }) => known.has(trigger)),
      };
    }),
  ],
  [
    "leaves what was committing at a crash",
    ["R22-committing"],
    withMessages(() => ({ committingJobs: async () => [] })),
  ],
  [
    "marks read for its owner what it answers",
    ["R28", "R29"],
    withMessages((messages) => ({
      async insertAt(seq, draft) {
        const result = await messages.insertAt(seq, draft);
        await messages.markRead(draft.conversation, draft.sender, seq);
        return result;
      },
    })),
  ],
  ["does not tell its owner what was urgent", ["R29"], withStandIns(() => ({ urgentSince: async () => [] }))],
  [
    "keeps no first words of what was corrected",
    ["R29-verdict"],
    withMessages((messages) => ({
      page: async (conversation, range) =>
        (await messages.page(conversation, range)).map((message) => ({ ...message, previousContent: null })),
    })),
  ],
  [
    "shows its decisions to anybody",
    ["R07"],
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
