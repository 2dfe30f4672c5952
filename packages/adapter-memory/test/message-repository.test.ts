import { conversationOf, type Id, type Message, type MessageDraft } from "@standin/core/ports";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createIdGenerator, createMemoryMessageRepository } from "../src/index.ts";

const people = ["a", "b", "c"].map((letter) => letter.repeat(24)) as [Id, Id, Id];
const person = fc.constantFrom(...people);

type Step =
  | {
      readonly do: "append";
      readonly from: Id;
      readonly to: Id;
      readonly blocked: boolean;
      readonly send: number;
      readonly text: string;
    }
  | { readonly do: "insert"; readonly from: Id; readonly to: Id; readonly blocked: boolean; readonly skip: number }
  | { readonly do: "amend"; readonly pick: number; readonly withdrawn: boolean }
  | { readonly do: "read"; readonly who: Id; readonly peer: Id; readonly seq: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("append" as const),
      from: person,
      to: person,
      blocked: fc.boolean(),
      send: fc.nat(30),
      text: fc.constantFrom("one", "two"),
    }),
  },
  fc.record({
    do: fc.constant("insert" as const),
    from: person,
    to: person,
    blocked: fc.boolean(),
    skip: fc.integer({ min: -1, max: 1 }),
  }),
  fc.record({ do: fc.constant("amend" as const), pick: fc.nat(), withdrawn: fc.boolean() }),
  fc.record({ do: fc.constant("read" as const), who: person, peer: person, seq: fc.integer({ min: -2, max: 12 }) }),
);

/** The same store as one list in commit order, each question answered by going through it. */
class Model {
  messages: Message[] = [];
  readonly readSeq = new Map<string, number>();

  in(conversation: string): Message[] {
    return this.messages.filter((message) => message.conversation === conversation);
  }

  store(draft: MessageDraft): Message {
    const before = this.in(draft.conversation);
    const isCounted = (message: MessageDraft) => !message.blocked && message.sender !== message.recipient;
    const countOf = (sender: string) =>
      [...before, draft].filter((one) => isCounted(one) && one.sender === sender).length;
    const [low = "", high = ""] = draft.conversation.split(":");
    const message = { ...draft, seq: before.length + 1, counts: [countOf(low), countOf(high)] as const, rev: null };
    this.messages.push(message);
    return message;
  }

  position(user: Id, peer: Id) {
    const conversation = conversationOf(user, peer);
    const readSeq = this.readSeq.get(`${conversation} ${user}`) ?? 0;
    const news = this.in(conversation).filter(
      (message) => message.seq > readSeq && message.sender !== user && !message.blocked,
    );
    return { readSeq, unread: news.length };
  }

  conversations(user: Id) {
    const rows = people.flatMap((peer) => {
      const conversation = conversationOf(user, peer);
      const all = this.in(conversation);
      const lastMessage = all.findLast((message) => message.sender === user || !message.blocked);
      if (lastMessage === undefined) return [];
      const lastRev = Math.max(0, ...all.map((message) => message.rev ?? 0));
      return { conversation, peer, lastSeq: all.length, lastRev, ...this.position(user, peer), lastMessage };
    });
    return rows.sort((one, other) => (one.lastMessage.id < other.lastMessage.id ? 1 : -1));
  }
}

test("numbers, counts, changes, read positions and lists are those of a plain list, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
      const repository = createMemoryMessageRepository();
      const model = new Model();
      const ids = createIdGenerator();
      const draftOf = (from: Id, to: Id, rest: Partial<MessageDraft>): MessageDraft => ({
        id: ids.id(),
        conversation: conversationOf(from, to),
        sender: from,
        recipient: to,
        content: "text",
        at: 0,
        origin: "person",
        clientMsgId: null,
        period: null,
        blocked: false,
        messageOnly: false,
        inReplyTo: null,
        generator: null,
        notice: false,
        label: null,
        verdict: null,
        previousContent: null,
        ...rest,
      });

      for (const next of steps) {
        if (next.do === "append") {
          const { from, to, blocked, send, text } = next;
          const draft = draftOf(from, to, { blocked, clientMsgId: `send-${send}`, content: text });
          const earlier = model.messages.find((one) => one.sender === from && one.clientMsgId === draft.clientMsgId);
          const result = await repository.append(draft, null);
          if (earlier === undefined)
            expect(result).toEqual({ outcome: "stored", message: model.store(draft), job: null });
          else if (earlier.recipient === to && earlier.content === text)
            expect(result).toEqual({ outcome: "repeated", message: earlier });
          else expect(result).toEqual({ outcome: "conflict" });
        } else if (next.do === "insert") {
          const { from, to, blocked, skip } = next;
          const draft = draftOf(from, to, {
            blocked,
            origin: "standin",
            verdict: "unconfirmed",
            generator: { provider: "template" },
          });
          const free = model.in(draft.conversation).length + 1;
          expect(await repository.insertAt(free + skip, draft, null)).toBe(skip === 0 ? "inserted" : "seq-taken");
          if (skip === 0) {
            model.store(draft);
            expect(await repository.insertAt(free + 1, draft, null)).toBe("id-taken");
          }
        } else if (next.do === "amend") {
          const message = model.messages[next.pick % (model.messages.length + 1)];
          const verdict = next.withdrawn ? ("withdrawn" as const) : ("corrected" as const);
          const change = { verdict, content: next.withdrawn ? "" : `corrected ${next.pick}` };
          const result = await repository.amend(message?.id ?? ids.id(), change);
          if (message === undefined || message.origin !== "standin" || message.verdict === "withdrawn") {
            expect(result).toBeNull();
          } else {
            const rev = 1 + Math.max(0, ...model.in(message.conversation).map((one) => one.rev ?? 0));
            const amended = { ...message, ...change, rev, previousContent: "text" };
            model.messages = model.messages.map((one) => (one === message ? amended : one));
            expect(result).toEqual(amended);
          }
        } else {
          const { who, peer, seq } = next;
          const conversation = conversationOf(who, peer);
          const name = `${conversation} ${who}`;
          const reached = Math.min(seq, model.in(conversation).length);
          model.readSeq.set(name, Math.max(model.readSeq.get(name) ?? 0, reached));
          expect(await repository.markRead(conversation, who, seq)).toEqual(model.position(who, peer));
        }
      }

      for (const user of people) {
        expect((await repository.conversations(user, { limit: 10, cursor: null })).conversations).toEqual(
          model.conversations(user),
        );
        const paged: unknown[] = [];
        let cursor: string | null = null;
        do {
          const page = await repository.conversations(user, { limit: 1, cursor });
          paged.push(...page.conversations);
          cursor = page.nextCursor;
        } while (cursor !== null && paged.length <= people.length);
        expect(paged).toEqual(model.conversations(user));

        for (const peer of people) {
          const conversation = conversationOf(user, peer);
          const all = model.in(conversation);
          expect(await repository.readPosition(conversation, user)).toEqual(model.position(user, peer));
          expect(await repository.page(conversation, { limit: 100 })).toEqual(all);
          expect(await repository.page(conversation, { limit: 2 })).toEqual(all.slice(-2));
          expect(await repository.page(conversation, { before: 4, limit: 2 })).toEqual(all.slice(0, 3).slice(-2));
          expect(await repository.page(conversation, { after: 2, limit: 2 })).toEqual(all.slice(2, 4));
          expect(await repository.page(conversation, { after: 1, before: 4, limit: 9 })).toEqual(all.slice(1, 3));
          const changed = all.filter((one) => one.rev !== null).sort((one, other) => (one.rev ?? 0) - (other.rev ?? 0));
          expect(await repository.changedAfter(conversation, 0, 100)).toEqual(changed);
          expect(await repository.changedAfter(conversation, 1, 2)).toEqual(
            changed.filter((one) => (one.rev ?? 0) > 1).slice(0, 2),
          );
          expect(await repository.lastInPerson(conversation, user)).toEqual(
            all.findLast((one) => one.sender === user && one.origin === "person") ?? null,
          );
          expect(await repository.standInMessages(conversation, user, 2)).toEqual(
            all
              .filter((one) => one.sender === user && one.origin === "standin")
              .slice(-2)
              .reverse(),
          );
        }
      }
    }),
    { numRuns: 200 },
  );
});

test("a message whose outcome was unknown, sent again under its own id, is stored once", async () => {
  const repository = createMemoryMessageRepository();
  const [sender, recipient] = people;
  const draft: MessageDraft = {
    id: "1".repeat(24),
    conversation: conversationOf(sender, recipient),
    sender,
    recipient,
    content: "hello",
    at: 0,
    origin: "person",
    clientMsgId: null,
    period: null,
    blocked: false,
    messageOnly: false,
    inReplyTo: null,
    generator: null,
    notice: false,
    label: null,
    verdict: null,
    previousContent: null,
  };
  const first = await repository.append(draft, null);
  expect(await repository.append(draft, null)).toEqual({
    outcome: "repeated",
    message: first.outcome === "stored" && first.message,
  });
  expect(await repository.append({ ...draft, content: "other" }, null)).toEqual({ outcome: "conflict" });
  expect((await repository.head(draft.conversation))?.seq).toBe(1);
});
