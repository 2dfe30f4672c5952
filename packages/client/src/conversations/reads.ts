import { insist } from "../connection/insist.ts";
import type { Calls } from "../http/calls.ts";
import type { Timing } from "../options.ts";
import type { ConversationState } from "./conversation-state.ts";
import type { ConversationStore } from "./conversation-store.ts";

export interface ReadsOptions {
  readonly me: string;
  readonly store: ConversationStore;
  readonly calls: Calls;
  readonly timing: Timing;
  /** Of the connection that is there now; null: there is none. */
  readonly signal: () => AbortSignal | null;
}

/** How far people have read. */
export interface Reads {
  /** One has read up to there, on this device. */
  mark(state: ConversationState, seq: number): void;
  /** Somebody has read, oneself on another device included. */
  take(read: { readonly userId: string; readonly peer: string; readonly seq: number }): void;
  /** Tells the server what it was not told yet. */
  flush(): void;
}

export const createReads = ({ me, store, calls, timing, signal }: ReadsOptions): Reads => {
  const telling = new Set<ConversationState>();

  /** Tells the server how far one has read; its answer also says how many are left, which it alone may know. */
  const tell = async (state: ConversationState, connected: AbortSignal): Promise<void> => {
    const { generation } = store;
    const { read } = state;
    const answer = await insist(() => calls.markRead(state.peer, read, { signal: connected }), connected, timing);
    if (generation !== store.generation) return;
    state.readSeq = Math.max(state.readSeq, answer.readSeq);
    if (read === state.readHere) state.readHere = 0;
    if (!state.recount()) state.unread = answer.unread;
    store.touch(state);
  };

  const start = (state: ConversationState): void => {
    const connected = signal();
    if (connected === null || telling.has(state)) return;
    telling.add(state);
    const { read } = state;
    tell(state, connected)
      // What the server refuses for good is not asked again; what it could not be told is, with the next connection.
      .catch(() => {
        if (!connected.aborted) state.readHere = 0;
      })
      .finally(() => {
        telling.delete(state);
        if (state.readHere > Math.max(state.readSeq, read)) start(state);
      });
  };

  return {
    mark: (state, wanted) => {
      const seq = Math.min(wanted, state.window.last);
      if (seq <= state.read) return;
      state.readHere = seq;
      state.recount();
      store.touch(state);
      start(state);
    },
    take: ({ userId, peer, seq }) => {
      if (userId !== me) {
        const state = store.state(userId);
        state.peerReadSeq = Math.max(state.peerReadSeq, seq);
        return store.touch(state);
      }
      const state = store.state(peer);
      if (seq <= state.readSeq) return;
      state.readSeq = seq;
      if (!state.recount()) start(state);
      store.touch(state);
    },
    flush: () => {
      for (const state of store.all()) if (state.readHere > state.readSeq) start(state);
    },
  };
};
