import assert from "node:assert/strict";
import type { ChatEvent, EventPublisher } from "@standin/core/ports";
import { createDrafts } from "../drafts.ts";
import type { Contract, ContractCase, Subject } from "../engine/contract.ts";
import { numbers, until } from "../expectations.ts";

export type EventPublisherSubject = Subject<EventPublisher>;

const typing = (number: number): ChatEvent => ({
  type: "typing",
  from: number.toString(16).padStart(24, "0"),
  to: "f".repeat(24),
});

/** Every kind of event there is. */
const oneOfEach = (): readonly ChatEvent[] => {
  const drafts = createDrafts();
  const [one, other] = [drafts.id(), drafts.id()];
  const message = { ...drafts.message(one, other), seq: 1, counts: [1, 0] as const, rev: null };
  return [
    { type: "message-stored", message, via: "connection-1" },
    { type: "message-changed", message: { ...message, rev: 1, verdict: "confirmed" } },
    { type: "messages-read", reader: one, peer: other, seq: 1, via: null, hidden: true },
    { type: "typing", from: one, to: other },
    {
      type: "status-changed",
      user: {
        id: one,
        username: "Ada",
        email: null,
        status: "BUSY",
        prevstatus: "ONLINE",
        busySince: 1,
        busyUntil: null,
        busyNote: null,
        connected: true,
      },
      audience: [other],
    },
    { type: "sessions-ended", userId: one, sessions: { allBut: "session-1" } },
  ];
};

const cases: readonly ContractCase<EventPublisherSubject>[] = [
  {
    id: "isolation",
    title: "two subjects hear nothing of each other",
    invariants: [],
    async run({ port }, another) {
      const { port: other } = await another();
      const [heard, otherHeard]: [ChatEvent[], ChatEvent[]] = [[], []];
      port.subscribe((event) => heard.push(event));
      other.subscribe((event) => otherHeard.push(event));
      port.publish(typing(1));
      await until("the subscriber is told", () => heard.length >= 1);
      other.publish(typing(2));
      await until("the other's subscriber is told", () => otherHeard.length > 0);
      assert.deepEqual(otherHeard, [typing(2)]);
      assert.deepEqual(heard, [typing(1)]);
    },
  },
  {
    id: "each-once-in-order",
    title: "tells every subscriber every event, once, in the order of publishing",
    invariants: ["EV-01"],
    async run({ port }) {
      const heard: ChatEvent[][] = [[], [], []];
      for (const events of heard) port.subscribe((event) => events.push(event));
      const published = numbers(1, 50).map(typing);
      for (const event of published) port.publish(event);
      await until("every subscriber is told", () => heard.every((events) => events.length >= 50));
      // Published after them, so that a second copy of any would have come before it.
      port.publish(typing(51));
      await until("every subscriber is told once more", () => heard.every((events) => events.length >= 51));
      for (const events of heard) assert.deepEqual(events, [...published, typing(51)]);
    },
  },
  {
    id: "every-kind",
    title: "carries every kind of event unchanged",
    invariants: ["EV-01"],
    async run({ port }) {
      const heard: ChatEvent[] = [];
      port.subscribe((event) => heard.push(event));
      for (const event of oneOfEach()) port.publish(event);
      await until("the subscriber is told", () => heard.length >= oneOfEach().length);
      assert.deepEqual(heard, oneOfEach());
    },
  },
  {
    id: "returns-first",
    title: "returns before anybody is told",
    invariants: ["EV-02"],
    async run({ port }) {
      const order: string[] = [];
      port.subscribe(() => order.push("told"));
      port.publish(typing(1));
      order.push("returned");
      await until("the subscriber is told", () => order.includes("told"));
      assert.deepEqual(order, ["returned", "told"]);
    },
  },
  {
    id: "throwing-subscriber",
    title: "a subscriber that throws disturbs neither the publisher nor anybody else, and is told again",
    invariants: ["EV-03"],
    async run({ port }) {
      const [before, thrown, after]: [ChatEvent[], ChatEvent[], ChatEvent[]] = [[], [], []];
      port.subscribe((event) => before.push(event));
      port.subscribe((event) => {
        thrown.push(event);
        throw new Error("A subscriber that throws");
      });
      port.subscribe((event) => after.push(event));
      port.publish(typing(1));
      port.publish(typing(2));
      await until("everybody is told", () => [before, thrown, after].every((events) => events.length >= 2));
      for (const events of [before, thrown, after]) assert.deepEqual(events, [typing(1), typing(2)]);
    },
  },
  {
    id: "from-now-on",
    title: "events published before the subscription are not told",
    invariants: ["EV-04"],
    async run({ port }) {
      const heard: ChatEvent[] = [];
      const others: ChatEvent[] = [];
      port.subscribe((event) => others.push(event));
      port.publish(typing(1));
      await until("the first event is told", () => others.length >= 1);
      port.publish(typing(2));
      port.subscribe((event) => heard.push(event));
      port.publish(typing(3));
      await until("the last event is told", () => others.length >= 3 && heard.length > 0);
      assert.deepEqual(heard, [typing(3)]);
    },
  },
  {
    id: "unsubscribe",
    title: "what ended a subscription ends it for good, alone, and twice does nothing",
    invariants: ["EV-04"],
    async run({ port }) {
      const [ended, kept]: [ChatEvent[], ChatEvent[]] = [[], []];
      const end = port.subscribe((event) => ended.push(event));
      port.subscribe((event) => kept.push(event));
      port.publish(typing(1));
      await until("both are told", () => ended.length >= 1 && kept.length >= 1);
      end();
      end();
      port.publish(typing(2));
      await until("the one that stayed is told", () => kept.length >= 2);
      assert.deepEqual(ended, [typing(1)]);
    },
  },
  {
    id: "nobody-listens",
    title: "publishing to nobody is no error",
    invariants: ["EV-03"],
    async run({ port }) {
      for (const event of oneOfEach()) port.publish(event);
    },
  },
];

/** What every {@link EventPublisher} must do. */
export const eventPublisherContract: Contract<EventPublisherSubject> = {
  id: "event-publisher",
  version: 1,
  title: "Event publisher",
  capabilities: {},
  cases,
};
