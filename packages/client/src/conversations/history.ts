import type { Calls } from "../http/calls.ts";
import type { ConversationState } from "./conversation-state.ts";
import type { ConversationStore } from "./conversation-store.ts";

export interface HistoryOptions {
  readonly store: ConversationStore;
  readonly calls: Calls;
  /** An answer did not fit what is known here: everything has to be looked at anew. */
  readonly onMisfit: () => void;
}

/** Brings older messages to hand. */
export interface History {
  /** From the device, what it keeps right before the messages at hand. */
  fromDevice(state: ConversationState): Promise<void>;
  /** From the server. Resolves with whether there is more. */
  older(state: ConversationState, limit: number, signal: AbortSignal | undefined): Promise<boolean>;
}

export const createHistory = ({ store, calls, onMisfit }: HistoryOptions): History => ({
  fromDevice: async (state) => {
    const { generation } = store;
    const kept = await store.kept(state);
    if (generation !== store.generation) return;
    // The conversation may have been taken up where nothing was at hand, and what is kept then ends right there.
    if (state.window.prepend(kept).length > 0) store.touch(state);
  },
  older: async (state, limit, signal) => {
    const { generation, epoch } = store;
    const { from } = state.window;
    if (from === 0) return false;
    const page = await calls.messages(state.peer, {
      before: from + 1,
      limit,
      ...(signal !== undefined && { signal }),
    });
    if (generation !== store.generation) return state.window.from > 0;
    if (page.epoch !== epoch || page.lastSeq < from) onMisfit();
    else {
      store.keep(state, state.window.prepend(page.messages));
      store.takePositions(state, page);
    }
    return state.window.from > 0;
  },
});
