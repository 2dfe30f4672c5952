import type { Message, MessageDraft } from "../domain/index.ts";
import type { EventPublisher } from "../ports/index.ts";
import type { Via } from "./chat.ts";

/** Most sends of which something is remembered; the oldest are forgotten first. */
const mostSends = 10_000;

type Send = Pick<MessageDraft, "sender" | "clientMsgId">;

/**
 * Announces each message that a person sends once. Where the store gave up, so that a send's outcome is unknown, the message may have been stored without
 * anybody hearing of it: then the repetition that finds it there announces it.
 */
export interface Announcements {
  /** The store did not say what became of it. */
  unknown(send: Send): void;
  /** This send stored the message (`first`), or found it stored. Returns whether it was news. */
  stored(message: Message, first: boolean, via: Via): boolean;
}

const keyOf = ({ sender, clientMsgId }: Send): string | null =>
  clientMsgId === null ? null : `${sender} ${clientMsgId}`;

const createRecent = (): { add(key: string): void; has(key: string): boolean } => {
  const keys = new Set<string>();
  return {
    add(key) {
      keys.delete(key);
      keys.add(key);
      const [oldest] = keys;
      if (keys.size > mostSends && oldest !== undefined) keys.delete(oldest);
    },
    has: (key) => keys.has(key),
  };
};

export const createAnnouncements = (events: EventPublisher): Announcements => {
  const unknown = createRecent();
  const announced = createRecent();
  return {
    unknown(send) {
      const key = keyOf(send);
      if (key !== null) unknown.add(key);
    },
    stored(message, first, { connectionId = null }) {
      const key = keyOf(message);
      const isNews = first || (key !== null && unknown.has(key) && !announced.has(key));
      if (!isNews) return false;
      if (key !== null) announced.add(key);
      events.publish({ type: "message-stored", message, via: connectionId });
      return true;
    },
  };
};
