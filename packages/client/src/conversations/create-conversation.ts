import { abortable } from "../connection/wait.ts";
import { mistakeIn } from "../outbox/mistake-in.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { OutboxEntry } from "../outbox/outbox-entry.ts";
import type { Message } from "../wire.ts";
import type { Conversation, ConversationSummary, TimelineEntry } from "./conversation.ts";
import type { ConversationState } from "./conversation-state.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { History } from "./history.ts";
import type { Reads } from "./reads.ts";
import type { Sync } from "./sync.ts";

/** A key is worth a packet at most this often, in milliseconds. */
const typingEveryMs = 3_000;
const defaultOlder = 100;

export interface ConversationParts {
  readonly store: ConversationStore;
  readonly outbox: Outbox;
  readonly history: History;
  readonly sync: Sync;
  readonly reads: Reads;
  readonly keepMessages: number;
  /** Resolves once the server's list was read at least once, ever. */
  readonly begun: () => Promise<void>;
  readonly tellTyping: (peer: string) => void;
}

/** Made anew only when something changed. */
const cached = <Value>(version: () => number, make: () => Value): (() => Value) => {
  let madeAt = -1;
  let made: Value;
  return () => {
    const now = version();
    if (now !== madeAt) {
      made = make();
      madeAt = now;
    }
    return made;
  };
};

/** Where a conversation stands, as the app sees it. */
export const summaryOf = (state: ConversationState, outbox: Outbox): (() => ConversationSummary) =>
  cached(
    () => state.version,
    () => ({
      peer: state.peer,
      user: state.user,
      lastSeq: state.window.last,
      readSeq: state.read,
      peerReadSeq: state.peerReadSeq,
      unread: state.unread,
      lastMessage: state.lastMessage,
      unsent: outbox.to(state.peer),
    }),
  );

/** Each line stays the same object as long as what it shows does: lists of thousands are compared by identity. */
const lines = new WeakMap<Message | OutboxEntry, TimelineEntry>();

const lineOf = <Shown extends Message | OutboxEntry>(
  shown: Shown,
  make: (shown: Shown) => TimelineEntry,
): TimelineEntry => {
  let line = lines.get(shown);
  if (line === undefined) {
    line = make(shown);
    lines.set(shown, line);
  }
  return line;
};

const stored = (message: Message): TimelineEntry => ({
  key: message.clientMsgId ?? message._id,
  message,
  unsent: null,
});
const onItsWay = (unsent: OutboxEntry): TimelineEntry => ({ key: unsent.id, message: null, unsent });

const timelineOf = (state: ConversationState, outbox: Outbox): readonly TimelineEntry[] => [
  ...state.window.messages.map((message) => lineOf(message, stored)),
  ...outbox.to(state.peer).map((entry) => lineOf(entry, onItsWay)),
];

/** The app's side of one conversation. */
export const createConversation = (
  state: ConversationState,
  summary: () => ConversationSummary,
  parts: ConversationParts,
): Conversation => {
  const { store, outbox, history, sync, reads, keepMessages, begun, tellTyping } = parts;
  const { peer } = state;
  let typedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | null = null;
  let fetching: Promise<boolean> | null = null;
  state.isHeld = true;

  const older = (limit: number, signal: AbortSignal | undefined): Promise<boolean> => {
    // Two at a time would ask for the same page.
    fetching ??= history.older(state, limit, signal).finally(() => {
      fetching = null;
    });
    return fetching;
  };

  const load = async (): Promise<void> => {
    await begun();
    const isFirst = !state.isLoaded;
    state.isLoaded = true;
    if (isFirst) await history.fromDevice(state);
    if (state.window.size === 0) await older(keepMessages, undefined);
    // How far the other person has read is not in the list.
    else if (isFirst && sync.isSynced) await sync.catchUp(peer).catch(() => {});
  };

  return {
    peer,
    summary,
    messages: () => state.window.messages,
    timeline: cached(
      () => state.version,
      () => timelineOf(state, outbox),
    ),
    get hasOlder() {
      return state.window.from > 0;
    },
    load: ({ signal } = {}) => {
      loading ??= load().finally(() => {
        loading = null;
      });
      return abortable(loading, signal);
    },
    older: ({ limit = defaultOlder, signal } = {}) => abortable(older(limit, undefined), signal),
    send: (content, { signal, clientMsgId } = {}) => {
      const error = mistakeIn(content);
      if (error !== null) {
        const refused = Promise.reject(error);
        refused.catch(() => {});
        return refused;
      }
      const sent = abortable(outbox.add(peer, content, clientMsgId), signal);
      store.moveUp(state);
      store.touch(state);
      sent.catch(() => {});
      return sent;
    },
    markRead: (seq = state.window.last) => reads.mark(state, seq),
    typing: () => {
      const now = performance.now();
      if (now - typedAt < typingEveryMs) return;
      typedAt = now;
      tellTyping(peer);
    },
  };
};
