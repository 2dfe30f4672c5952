import { insist } from "../connection/insist.ts";
import { backoff, wait } from "../connection/wait.ts";
import { ClientError, localError } from "../errors.ts";
import type { Calls, MessagesQuery } from "../http/calls.ts";
import type { Timing } from "../options.ts";
import type { Users } from "../users.ts";
import type { ConversationPage, Message, MessagePage } from "../wire.ts";
import type { ConversationStore } from "./conversation-store.ts";
import type { History } from "./history.ts";

/** The most that the server gives in one page. */
const pageSize = 1_000;
/** Conversations that are caught up with at a time. */
const atOnce = 4;

export interface SyncOptions {
  readonly store: ConversationStore;
  readonly users: Users;
  readonly calls: Calls;
  readonly history: History;
  readonly timing: Timing;
  readonly catchUpMessages: number;
  readonly keepMessages: number;
  /** All of the list of conversations. */
  readonly readList: (signal: AbortSignal) => Promise<ConversationPage>;
  /** Reads whatever else the server pushes changes of, when pushes may have been missed. */
  readonly refreshOthers: (signal: AbortSignal) => Promise<void>;
  /** The list was read: from here on there are cursors. */
  readonly onBegun: () => void;
  /** Nothing is missing any more. */
  readonly onSynced: () => void;
}

/**
 * Keeps what is known here equal to what the server has. What the server pushes is a hint: cursors say what is missing, and it is
 * fetched, after every connect and whenever a push shows a gap.
 */
export class Sync {
  readonly #options: SyncOptions;
  readonly #catching = new Map<string, { readonly signal: AbortSignal; again: boolean; done: Promise<void> }>();
  /** Of the connection that is there now; null: there is none. */
  #signal: AbortSignal | null = null;
  /** Pushes that wait until the list was read, because only then it is sure which store they are from; null: none have to. */
  #held: (() => void)[] | null = [];
  #isRunning = false;
  #again = false;
  #isSynced = false;
  #mustStartAfresh = false;

  constructor(options: SyncOptions) {
    this.#options = options;
  }

  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** A connection is there, until the signal says that it is gone. */
  connected(signal: AbortSignal): void {
    this.#signal = signal;
    this.#isSynced = false;
    this.#held = [];
    signal.addEventListener("abort", () => {
      if (this.#signal !== signal) return;
      this.#signal = null;
      this.#isSynced = false;
      // What they said will be in the lists.
      this.#held = [];
    });
    this.refresh();
  }

  /** Looks at everything anew. */
  readonly refresh = (): void => {
    if (this.#isRunning) {
      this.#again = true;
      return;
    }
    const signal = this.#signal;
    if (signal === null) return;
    this.#isRunning = true;
    this.#isSynced = false;
    void this.#run(signal).finally(() => {
      this.#isRunning = false;
      if (this.#again || (this.#signal !== null && this.#signal !== signal)) {
        this.#again = false;
        this.refresh();
      }
    });
  };

  /** Something that was pushed, in its order. */
  receive(apply: () => void): void {
    if (this.#held === null) apply();
    else this.#held.push(apply);
  }

  /** A message that the server pushed or acknowledged. */
  takeMessage(message: Message): void {
    const { store } = this.#options;
    if (store.append(message) === "gap") this.#close(store.peerOf(message));
  }

  /** A changed message that the server pushed. */
  takeChange(message: Message): void {
    const { store } = this.#options;
    const state = store.state(store.peerOf(message));
    if ((message.rev ?? 0) > state.lastRev + 1) this.#close(state.peer);
    else store.change(message);
  }

  /** Fetches what is missing of a conversation. Rejects when the connection goes or the server refuses. */
  catchUp(peer: string): Promise<void> {
    const signal = this.#signal;
    if (signal === null) return Promise.reject(localError("NETWORK"));
    const under = this.#catching.get(peer);
    if (under !== undefined && under.signal === signal) {
      under.again = true;
      return under.done;
    }
    const mine = { signal, again: false, done: Promise.resolve() };
    const run = async (): Promise<void> => {
      do {
        mine.again = false;
        await insist(() => this.#fetchMissing(peer, signal), signal, this.#options.timing);
      } while (mine.again);
    };
    mine.done = run().finally(() => {
      if (this.#catching.get(peer) === mine) this.#catching.delete(peer);
    });
    this.#catching.set(peer, mine);
    return mine.done;
  }

  /** An answer did not fit the cursors: what was known is of a store that is no more. */
  readonly misfit = (): void => {
    this.#mustStartAfresh = true;
    this.refresh();
  };

  /** Closes a gap; if that fails though the connection is there, everything is looked at anew. */
  #close(peer: string): void {
    const signal = this.#signal;
    if (signal === null) return;
    const { reconnectMaxMs } = this.#options.timing;
    this.catchUp(peer).catch(() => wait(reconnectMaxMs, signal).then(this.refresh, () => {}));
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { timing, onSynced } = this.#options;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await this.#readEverything(signal);
        if (this.#again) continue;
        this.#isSynced = true;
        onSynced();
        return;
      } catch (error) {
        if (signal.aborted || (error instanceof ClientError && error.code === "UNAUTHORIZED")) return;
        const asked = error instanceof ClientError ? (error.retryAfterMs ?? 0) : 0;
        await wait(asked + backoff(attempt, timing.reconnectMinMs, timing.reconnectMaxMs), signal).catch(() => {});
      }
    }
  }

  async #readEverything(signal: AbortSignal): Promise<void> {
    const { store, users, refreshOthers, readList, onBegun } = this.#options;
    this.#again = false;
    // What was pushed before the list is read is in the list.
    this.#held = [];
    const cursors = new Map(store.all().map(({ peer, window }) => [peer, window.last]));
    const asOf = users.now();
    const [list] = await Promise.all([readList(signal), refreshOthers(signal)]);
    signal.throwIfAborted();

    const isFirst = store.epoch === null;
    const isMisfit =
      this.#mustStartAfresh ||
      list.epoch !== store.epoch ||
      list.conversations.some(({ user, lastSeq }) => (cursors.get(user.id) ?? 0) > lastSeq);
    this.#mustStartAfresh = false;
    if (isFirst) store.begin(list.epoch);
    else if (isMisfit) store.startAfresh(list.epoch);
    store.takeList(list.conversations, isFirst || isMisfit, asOf);

    onBegun();

    const held = this.#held ?? [];
    this.#held = null;
    for (const apply of held) apply();
    await this.#catchUpAll(list, signal);
  }

  async #catchUpAll({ conversations }: ConversationPage, signal: AbortSignal): Promise<void> {
    const { store, history } = this.#options;
    const listed = new Map(conversations.map((each) => [each.user.id, each]));
    const waiting = store.all().filter(({ peer, window, lastRev, isLoaded }) => {
      const head = listed.get(peer);
      if (isLoaded || head === undefined) return isLoaded || window.last > 0;
      return window.last < head.lastSeq || lastRev < head.lastRev;
    });
    const worker = async (): Promise<void> => {
      for (let state = waiting.shift(); state !== undefined; state = waiting.shift()) {
        await this.catchUp(state.peer);
        if (state.isLoaded && state.window.size === 0) await history.older(state, this.#options.keepMessages, signal);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  async #fetchMissing(peer: string, signal: AbortSignal): Promise<void> {
    const { store, calls } = this.#options;
    const { generation } = store;
    const state = store.state(peer);
    const get = async (query: MessagesQuery): Promise<MessagePage | null> => {
      const { last } = state.window;
      const page = await calls.messages(peer, { ...query, signal });
      signal.throwIfAborted();
      if (generation !== store.generation) return null;
      if (page.epoch === store.epoch && page.lastSeq >= last) return page;
      this.misfit();
      return null;
    };

    let page = await get({ after: state.window.last, limit: pageSize });
    if (page === null) return;
    if (page.lastSeq - state.window.last > this.#options.catchUpMessages) {
      page = await get({ limit: this.#options.keepMessages });
      if (page === null) return;
      store.skipTo(state, (page.messages[0]?.seq ?? 1) - 1);
    }
    while (page !== null) {
      for (const message of page.messages) store.append(message);
      store.takePositions(state, page);
      // Where nothing more can be had, going on would go on for ever.
      if (!page.hasMore || page.messages.at(-1)?.seq !== state.window.last) break;
      page = await get({ after: state.window.last, limit: pageSize });
    }
    while (page !== null && state.lastRev < page.lastRev) {
      page = await get({ changedAfter: state.lastRev, limit: pageSize });
      for (const message of page?.messages ?? []) store.change(message);
      if (!page?.hasMore) break;
    }
  }
}
