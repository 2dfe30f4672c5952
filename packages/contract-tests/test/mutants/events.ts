import { createMemoryEventPublisher } from "@standin/adapter-memory";
import { eventPublisherContract } from "@standin/contract-tests";
import type { ChatEvent, EventPublisher } from "@standin/core/ports";
import { type Family, familyOf } from "./mutant.ts";

type Listener = (event: ChatEvent) => void;

/** A publisher whose way of telling is up to the mutant. */
const publisherOf = (tell: (listeners: readonly Listener[], event: ChatEvent) => void): EventPublisher => {
  const listeners = new Set<Listener>();
  return {
    publish: (event) => tell([...listeners], event),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

const tellAll = (listeners: readonly Listener[], event: ChatEvent): void => {
  for (const listener of listeners) listener(event);
};

const quietly = (run: () => void): void => {
  try {
    run();
  } catch {
    // The mutant's fault is another.
  }
};

export const eventFamily: Family = familyOf(
  eventPublisherContract,
  { name: "memory", capabilities: {}, create: () => ({ port: createMemoryEventPublisher() }) },
  [
    [
      "tells everything twice",
      [
        "isolation",
        "each-once-in-order",
        "every-kind",
        "returns-first",
        "throwing-subscriber",
        "from-now-on",
        "unsubscribe",
      ],
      (port) => ({
        publish(event) {
          port.publish(event);
          port.publish(event);
        },
      }),
    ],
    [
      "carries messages only",
      ["every-kind"],
      (port) => ({
        publish(event) {
          if (event.type.startsWith("message") || event.type === "typing") port.publish(event);
        },
      }),
    ],
    [
      "tells before it returns",
      ["returns-first"],
      () =>
        publisherOf((listeners, event) => {
          for (const listener of listeners) quietly(() => listener(event));
        }),
    ],
    [
      "stops at the first subscriber that throws",
      ["throwing-subscriber"],
      () => publisherOf((listeners, event) => queueMicrotask(() => quietly(() => tellAll(listeners, event)))),
    ],
    ["throws what a subscriber threw", ["returns-first", "throwing-subscriber"], () => publisherOf(tellAll)],
    [
      "tells what was published before",
      ["from-now-on"],
      (port) => {
        const past: ChatEvent[] = [];
        return {
          publish(event) {
            past.push(event);
            port.publish(event);
          },
          subscribe(listener) {
            for (const event of past) queueMicrotask(() => listener(event));
            return port.subscribe(listener);
          },
        };
      },
    ],
    [
      "never lets a subscriber go",
      ["unsubscribe"],
      (port) => ({
        subscribe(listener) {
          port.subscribe(listener);
          return () => {};
        },
      }),
    ],
    [
      "needs a subscriber",
      ["nobody-listens"],
      (port) => {
        let isHeard = false;
        return {
          publish(event) {
            if (!isHeard) throw new Error("Nobody listens");
            port.publish(event);
          },
          subscribe(listener) {
            isHeard = true;
            return port.subscribe(listener);
          },
        };
      },
    ],
  ],
);
