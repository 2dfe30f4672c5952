import type { Conversation } from "@standin/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { client } from "../chat/client.ts";
import { connection } from "../chat/connection.ts";
import { t } from "../texts/texts.ts";

/** A conversation whose newest messages are at hand. */
export interface Opened {
  /** Up to where it was read when it was opened, if there was anything new. */
  readonly readSeq: number | null;
  /** What stands above the messages instead of the usual; null: the usual. */
  readonly top: string | null;
  /** Brings in older messages, once at a time. */
  readonly readOlder: () => void;
}

/** How many older messages come at once. */
const pageSize = 500;
/** How far back a message that was asked for is looked for. */
const searchPages = 8;

/** Loads a conversation; null until that is done. */
export const useOpened = (conversation: Conversation, wanted: string | null): Opened | null => {
  const [state, setState] = useState<{ readonly readSeq: number | null } | null>(null);
  const [failed, setFailed] = useState(false);
  const reading = useRef(false);
  const [, setPages] = useState(0);

  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const open = async (): Promise<void> => {
      const { unread, readSeq } = conversation.summary();
      await conversation.load({ signal }).catch(() => undefined);
      for (let page = 0; wanted !== null && page < searchPages && conversation.hasOlder; page += 1) {
        if (conversation.messages().some(({ _id }) => _id === wanted)) break;
        await conversation.older({ limit: pageSize, signal });
      }
      // Somebody whom nothing here speaks of, as after the address was opened directly, may be in the directory.
      if (client.user(conversation.peer) === undefined && conversation.summary().user === null)
        await client.listUsers({ limit: 1_000, signal }).catch(() => undefined);
      if (!signal.aborted) setState({ readSeq: unread > 0 && wanted === null ? readSeq : null });
    };
    open().catch(() => setState({ readSeq: null }));
    return () => gone.abort();
  }, [conversation]);

  const readOlder = (): void => {
    if (reading.current || !conversation.hasOlder || connection.value !== "online") return;
    reading.current = true;
    conversation
      .older({ limit: pageSize })
      .then(
        () => setFailed(false),
        () => setFailed(true),
      )
      .finally(() => {
        reading.current = false;
        // Whoever still is near the top is asked about it again.
        setPages((count) => count + 1);
      });
  };

  if (state === null) return null;
  const offline = connection.value === "offline" && conversation.hasOlder;
  const texts = t().conversation;
  return { ...state, top: offline ? texts.olderOffline : failed ? texts.olderFailed : null, readOlder };
};
