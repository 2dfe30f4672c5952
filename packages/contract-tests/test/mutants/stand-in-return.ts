import type { CancelSignal, User } from "@standin/core/ports";
import { type StandInBreak, withMessages, withPorts, withResponders } from "./stand-in-break.ts";

/** What it does when its owner comes back or writes, or after a restart. */
export const returnBreaks: readonly StandInBreak[] = [
  [
    "commits after its owner is back",
    ["R19-abort", "R19-elsewhere", "R19-extended", "R21", "R23-given-up"],
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
    [
      "R07-automatic",
      "R07",
      "R13",
      "R19",
      "R19-online",
      "R19-until",
      "R19-abort",
      "R19-elsewhere",
      "R19-expiry",
      "R19-expiry-abort",
      "R22",
      "R23-given-up",
    ],
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
    "lets a model write on when the end passes that its owner gave",
    ["R19-expiry-abort"],
    withResponders((responder) => (request, signal) => {
      const deaf: CancelSignal = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} };
      return responder.respond(request, request.busyUntil === null ? signal : deaf);
    }),
  ],
  [
    "holds its owner to the first end that they gave",
    ["R19-extended"],
    withPorts(({ users }) => {
      const ends = new Map<string, number>();
      const withFirstEnd = (user: User): User => {
        const { declared, id, period } = user;
        if (declared.word !== "BUSY" || declared.until === null) return user;
        const until = ends.get(`${id} ${period}`) ?? declared.until;
        ends.set(`${id} ${period}`, until);
        return { ...user, declared: { ...declared, until } };
      };
      return {
        users: {
          ...users,
          async find(id) {
            const user = await users.find(id);
            return user && withFirstEnd(user);
          },
          findMany: async (ids) => (await users.findMany(ids)).map(withFirstEnd),
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
      async insertAt(_seq, draft, job) {
        const head = await messages.head(draft.conversation);
        return messages.insertAt((head?.seq ?? 0) + 1, draft, job);
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
];
