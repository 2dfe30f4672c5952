import type { ChatEvent, EventPublisher, Logger } from "@standin/core/ports";
import { createSilentLogger } from "./silent-logger.ts";

export interface MemoryEventPublisherOptions {
  /** Hears of subscribers that threw. Default: nobody does. */
  readonly logger?: Logger;
}

/**
 * An {@link EventPublisher} within one process. Subscribers are told in a microtask of their own for each event.
 *
 * @example
 * const events = createMemoryEventPublisher({ logger });
 * const end = events.subscribe((event) => console.log(event.type));
 */
export const createMemoryEventPublisher = (options: MemoryEventPublisherOptions = {}): EventPublisher => {
  const { logger = createSilentLogger() } = options;
  /** One object for each subscription, so that a function may be subscribed twice. */
  const subscriptions = new Set<{ readonly listener: (event: ChatEvent) => unknown }>();

  return {
    publish(event: ChatEvent): void {
      // Who hears of it is settled now: one who subscribes before the microtask runs came too late.
      const audience = [...subscriptions];
      const failed = (err: unknown): void =>
        logger.error({ err, event: event.type }, "A subscriber to the chat's events failed");
      queueMicrotask(() => {
        for (const subscription of audience) {
          if (!subscriptions.has(subscription)) continue;
          try {
            const result = subscription.listener(event);
            // An async function is a listener too; its rejection must not end the process.
            if (result instanceof Promise) result.catch(failed);
          } catch (error) {
            failed(error);
          }
        }
      });
    },

    subscribe(listener: (event: ChatEvent) => void): () => void {
      const subscription = { listener };
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
      };
    },
  };
};
