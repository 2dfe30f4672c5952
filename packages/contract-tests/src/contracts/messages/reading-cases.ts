import assert from "node:assert/strict";
import { conversationOf, type Id, type MessageRepository } from "@standin/core/ports";
import { createDrafts, noon } from "../../drafts.ts";
import { numbers, rejectsWith } from "../../expectations.ts";
import { createPair, insertNext, type MessageCase, seqsOf, store } from "./message-case.ts";

/** The peers of a user's conversations, page after page, as they are listed. */
const listPeers = async (port: MessageRepository, user: Id, limit: number): Promise<Id[]> => {
  const peers: Id[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    pages += 1;
    assert.ok(pages <= 100, "The list does not end");
    const page = await port.conversations(user, { limit, cursor });
    assert.ok(page.conversations.length <= limit, "A page is longer than its limit");
    peers.push(...page.conversations.map(({ peer }) => peer));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return peers;
};

/** What people are shown of their conversations. */
export const readingCases: readonly MessageCase[] = [
  {
    id: "absent",
    title: "where there is nothing the answer is null, 0 or empty",
    invariants: [],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      assert.equal(await port.find(drafts.id()), null);
      assert.equal(await port.head(conversation), null);
      assert.deepEqual(await port.page(conversation, { limit: 9 }), []);
      assert.deepEqual(await port.changedAfter(conversation, 0, 9), []);
      assert.equal(await port.lastInPerson(conversation, low), null);
      assert.deepEqual(await port.standInMessages(conversation, low, 9), []);
      assert.equal(await port.lastRev(conversation), 0);
      assert.deepEqual(await port.readPosition(conversation, low), { readSeq: 0, unread: 0 });
      assert.deepEqual(await port.markRead(conversation, high, 5), { readSeq: 0, unread: 0 });
      assert.deepEqual(await port.conversations(low, { limit: 9, cursor: null }), {
        conversations: [],
        nextCursor: null,
      });
      assert.deepEqual(await port.peers(low, 9), []);
    },
  },
  {
    id: "page",
    title: "pages a long conversation: the newest, the newest before, the oldest after a number; oldest first",
    invariants: ["MR-11"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      for (const number of numbers(1, 300))
        await store(port, drafts.message(number % 3 === 0 ? high : low, number % 3 === 0 ? low : high));
      const page = async (range: Parameters<MessageRepository["page"]>[1]): Promise<number[]> =>
        seqsOf(await port.page(conversation, range));
      assert.deepEqual(await page({ limit: 5 }), numbers(296, 300));
      assert.deepEqual(await page({ limit: 1_000 }), numbers(1, 300));
      assert.deepEqual(await page({ before: 100, limit: 4 }), numbers(96, 99));
      assert.deepEqual(await page({ before: 4, limit: 9 }), [1, 2, 3]);
      assert.deepEqual(await page({ before: 1, limit: 9 }), []);
      assert.deepEqual(await page({ before: 9_999, limit: 2 }), [299, 300]);
      assert.deepEqual(await page({ after: 0, limit: 3 }), [1, 2, 3]);
      assert.deepEqual(await page({ after: 150, limit: 3 }), [151, 152, 153]);
      assert.deepEqual(await page({ after: 298, limit: 9 }), [299, 300]);
      assert.deepEqual(await page({ after: 300, limit: 9 }), []);
    },
  },
  {
    id: "last-in-person",
    title: "the newest message that a person wrote here themselves, not their stand-in, not elsewhere",
    invariants: ["MR-16"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      await store(port, drafts.message(low, high));
      assert.equal(await port.lastInPerson(conversation, high), null);
      const own = await store(port, drafts.message(high, low));
      await store(port, drafts.message(low, high));
      await insertNext(port, drafts.standInMessage(high, low));
      await store(port, drafts.message(high, drafts.id()));
      assert.deepEqual(await port.lastInPerson(conversation, high), own);
    },
  },
  {
    id: "stand-in-messages",
    title: "what an owner's stand-in said here, newest first, within the limit",
    invariants: ["MR-17"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      const said: Id[] = [];
      for (const _ of numbers(1, 3)) {
        await store(port, drafts.message(high, low));
        said.unshift((await insertNext(port, drafts.standInMessage(high, low))).id);
      }
      await insertNext(port, drafts.standInMessage(low, high));
      await insertNext(port, drafts.standInMessage(high, drafts.id()));
      const ids = async (limit: number): Promise<Id[]> =>
        (await port.standInMessages(conversation, high, limit)).map(({ id }) => id);
      assert.deepEqual(await ids(9), said);
      assert.deepEqual(await ids(2), said.slice(0, 2));
    },
  },
  {
    id: "unread",
    title: "unread is what the other, in person or not, wrote after the read position and was not blocked",
    invariants: ["MR-07", "MR-13"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      for (const draft of [
        drafts.message(low, high), // 1
        drafts.message(high, low), // 2
        drafts.message(low, high, { blocked: true }), // 3
        drafts.message(low, high), // 4
      ])
        await store(port, draft);
      await insertNext(port, drafts.standInMessage(high, low)); // 5
      const unread = async (): Promise<number[]> =>
        Promise.all([low, high].map(async (user) => (await port.readPosition(conversation, user)).unread));
      assert.deepEqual(await unread(), [2, 2]);
      assert.deepEqual(await port.markRead(conversation, high, 1), { readSeq: 1, unread: 1 });
      assert.deepEqual(await port.markRead(conversation, high, 3), { readSeq: 3, unread: 1 });
      assert.deepEqual(await port.markRead(conversation, low, 2), { readSeq: 2, unread: 1 });
      assert.deepEqual(await port.markRead(conversation, high, 4), { readSeq: 4, unread: 0 });
      assert.deepEqual(await port.markRead(conversation, low, 5), { readSeq: 5, unread: 0 });
      await store(port, drafts.message(low, high));
      await store(port, drafts.message(high, low, { blocked: true }));
      assert.deepEqual(await unread(), [0, 1]);
      assert.deepEqual(await port.readPosition(conversation, high), { readSeq: 4, unread: 1 });
    },
  },
  {
    id: "mark-read",
    title: "the read position goes forward, never back, and at most to the newest message",
    invariants: ["MR-13"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      for (const _ of numbers(1, 5)) await store(port, drafts.message(low, high));
      assert.deepEqual(await port.markRead(conversation, high, 3), { readSeq: 3, unread: 2 });
      for (const seq of [2, 0, 3, -1])
        assert.deepEqual(await port.markRead(conversation, high, seq), { readSeq: 3, unread: 2 }, `To ${seq}`);
      assert.deepEqual(await port.markRead(conversation, high, 900), { readSeq: 5, unread: 0 });
      await store(port, drafts.message(low, high));
      assert.deepEqual(await port.readPosition(conversation, high), { readSeq: 5, unread: 1 });
      assert.deepEqual(await port.readPosition(conversation, low), { readSeq: 0, unread: 0 });
    },
  },
  {
    id: "conversations",
    title: "lists each conversation as its reader sees it",
    invariants: ["MR-14"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      await store(port, drafts.message(low, high));
      const said = await insertNext(port, drafts.standInMessage(high, low));
      await port.amend(said.id, { verdict: "corrected", content: "Better" });
      const last = await store(port, drafts.message(low, high));
      await port.markRead(conversation, low, 1);
      await port.markRead(conversation, high, 1);
      const shared = { conversation, lastSeq: 3, lastRev: 1, readSeq: 1, lastMessage: last };
      assert.deepEqual(await port.conversations(low, { limit: 9, cursor: null }), {
        conversations: [{ ...shared, peer: high, unread: 1 }],
        nextCursor: null,
      });
      assert.deepEqual(await port.conversations(high, { limit: 9, cursor: null }), {
        conversations: [{ ...shared, peer: low, unread: 1 }],
        nextCursor: null,
      });
      assert.deepEqual(await port.conversations(drafts.id(), { limit: 9, cursor: null }), {
        conversations: [],
        nextCursor: null,
      });
    },
  },
  {
    id: "conversations-order",
    title: "the conversation with the newest last message first, by its id and never by time, page after page",
    invariants: ["MR-14"],
    async run({ port }) {
      const drafts = createDrafts();
      const user = drafts.id();
      const peers = numbers(1, 7).map(() => drafts.id());
      // The later a message, the earlier its `at`.
      let at = noon;
      const write = async (from: Id, to: Id): Promise<void> => {
        at -= 60_000;
        await store(port, drafts.message(from, to, { at }));
      };
      for (const [index, peer] of peers.entries()) await (index % 2 === 0 ? write(user, peer) : write(peer, user));
      const [a = "", b = "", c = "", d = "", e = "", f = "", g = ""] = peers;
      await write(c, user);
      await write(user, a);
      for (const limit of [1, 2, 3, 7, 100])
        assert.deepEqual(await listPeers(port, user, limit), [a, c, g, f, e, d, b]);
      assert.deepEqual(await listPeers(port, b, 9), [user]);
    },
  },
  {
    id: "conversations-self",
    title: "a conversation with oneself is listed, with nothing unread",
    invariants: ["MR-14"],
    async run({ port }) {
      const drafts = createDrafts();
      const user = drafts.id();
      const note = await store(port, drafts.message(user, user));
      const conversation = conversationOf(user, user);
      const { conversations } = await port.conversations(user, { limit: 9, cursor: null });
      const expected = { conversation, peer: user, lastSeq: 1, lastRev: 0, readSeq: 0, unread: 0, lastMessage: note };
      assert.deepEqual(conversations, [expected]);
    },
  },
  {
    id: "conversations-blocked",
    title: "a blocked message is no news to its recipient: it moves lastSeq alone; to its sender it is",
    invariants: ["MR-07", "MR-14", "MR-15"],
    async run({ port }) {
      const drafts = createDrafts();
      const [owner, blocked, friend] = [drafts.id(), drafts.id(), drafts.id()];
      const heard = await store(port, drafts.message(blocked, owner));
      const friends = await store(port, drafts.message(friend, owner));
      const unheard = await store(port, drafts.message(blocked, owner, { blocked: true }));
      const rows = async (user: Id): Promise<unknown[]> =>
        (await port.conversations(user, { limit: 9, cursor: null })).conversations.map((row) => [
          row.peer,
          row.lastSeq,
          row.unread,
          row.lastMessage?.id,
        ]);
      assert.deepEqual(await rows(owner), [
        [friend, 1, 1, friends.id],
        [blocked, 2, 1, heard.id],
      ]);
      assert.deepEqual(await rows(blocked), [[owner, 2, 0, unheard.id]]);
      // What the owner writes is news to the owner, though blocked on the other side.
      const own = await store(port, drafts.message(owner, blocked, { blocked: true }));
      assert.deepEqual((await rows(owner))[0], [blocked, 3, 1, own.id]);
      assert.deepEqual(await rows(blocked), [[owner, 3, 0, unheard.id]]);
    },
  },
  {
    id: "conversations-only-blocked",
    title: "a conversation with nothing but blocked messages is listed for their sender alone",
    invariants: ["MR-15"],
    async run({ port }) {
      const { drafts, low, high, conversation } = createPair();
      await store(port, drafts.message(low, high, { blocked: true }));
      await store(port, drafts.message(low, high, { blocked: true }));
      assert.deepEqual(await listPeers(port, high, 9), []);
      assert.deepEqual(await listPeers(port, low, 9), [high]);
      assert.equal((await port.page(conversation, { limit: 9 })).length, 2);
      await store(port, drafts.message(high, low));
      assert.deepEqual(await listPeers(port, high, 9), [low]);
    },
  },
  {
    id: "conversations-bad-cursor",
    title: "a cursor that the store never gave is INVALID",
    invariants: [],
    async run({ port }) {
      const { drafts, low, high } = createPair();
      await store(port, drafts.message(low, high));
      for (const cursor of ["", "nonsense", "0", "null", "{}", "%00", "a".repeat(2_000)])
        await rejectsWith("INVALID", port.conversations(low, { limit: 9, cursor }));
    },
  },
  {
    id: "peers",
    title: "everybody with whom a user has a conversation, each once, within the limit",
    invariants: ["MR-18"],
    async run({ port }) {
      const drafts = createDrafts();
      const [user, ...peers] = numbers(1, 5).map(() => drafts.id());
      if (user === undefined) return;
      for (const peer of peers) {
        await store(port, drafts.message(user, peer));
        await store(port, drafts.message(peer, user));
      }
      assert.deepEqual([...(await port.peers(user, 99))].sort(), peers);
      assert.equal((await port.peers(user, 3)).length, 3);
      assert.deepEqual(await port.peers(peers[0] ?? "", 9), [user]);
    },
  },
];
