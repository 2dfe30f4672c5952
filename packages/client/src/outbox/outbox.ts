import { backoff } from "../connection/wait.ts";
import type { Emitter } from "../emitter.ts";
import { ClientError, localError } from "../errors.ts";
import type { Timing } from "../options.ts";
import type { Keeper } from "../storage/keeper.ts";
import type { PersonKeys } from "../storage/keys.ts";
import type { Message } from "../wire.ts";
import { newClientMsgId } from "./client-msg-id.ts";
import type { OutboxEntry } from "./outbox-entry.ts";

/** How often a message is tried that makes the server stumble. */
const mostStumbles = 5;

export interface OutboxOptions {
  readonly emitter: Emitter;
  readonly keeper: Keeper;
  readonly keys: PersonKeys;
  readonly timing: Timing;
  /** The server's time. */
  readonly now: () => number;
  readonly isOnline: () => boolean;
  /** Sends it and resolves with the stored message. Rejects with ClientError; NETWORK and TIMEOUT: unknown. */
  readonly transmit: (entry: OutboxEntry) => Promise<Message>;
  /** The server has it. It is announced here first, and in its conversation as soon as all messages before it are. */
  readonly onSent: (message: Message) => void;
  /** Fetches what is missing of the conversation with that person; rejects when it cannot. */
  readonly lookUp: (peer: string) => Promise<void>;
  /** No answer came in time, though there seemed to be a connection. */
  readonly onSilence: () => void;
  /** Something about the entries to that person changed. */
  readonly onChange: (peer: string) => void;
}

interface Waiter {
  readonly promise: Promise<Message>;
  resolve(message: Message): void;
  reject(error: unknown): void;
}

const newWaiter = (): Waiter => {
  const { promise, resolve, reject } = Promise.withResolvers<Message>();
  // Nobody has to wait.
  promise.catch(() => {});
  return { promise, resolve, reject };
};

/**
 * Messages on their way. Each is kept on the device before it is sent, and sent under the same id until the server says what became of
 * it; the server stores what has one id once. One at a time to each person, so that they arrive in order.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  /** In the order in which they were written. */
  readonly #entries = new Map<string, OutboxEntry>();
  readonly #waiters = new Map<string, Waiter>();
  readonly #kept = new Set<string>();
  /** People to whom something is being sent right now. */
  readonly #busy = new Set<string>();
  /** Done with, and not yet gone from the device. */
  readonly #leaving = new Set<string>();
  /** Gone from the device by another tab's doing, and still waited for here. */
  readonly #taken = new Set<string>();
  readonly #stumbles = new Map<string, number>();
  readonly #snapshots = new Map<string, readonly OutboxEntry[]>();
  #all: readonly OutboxEntry[] | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** By the clock of this page: the server wants to be left alone until then. */
  #notBefore = 0;
  #isClosed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  all(): readonly OutboxEntry[] {
    this.#all ??= [...this.#entries.values()];
    return this.#all;
  }

  /** Those to one person; the same array until something changes. */
  to(peer: string): readonly OutboxEntry[] {
    let entries = this.#snapshots.get(peer);
    if (entries === undefined) {
      entries = this.all().filter(({ to }) => to === peer);
      this.#snapshots.set(peer, entries);
    }
    return entries;
  }

  /** Does the device keep those of them that are still to be sent? */
  isKept(entries: readonly OutboxEntry[]): boolean {
    return entries.every(({ id }) => this.#kept.has(id) || (this.#entries.get(id)?.state ?? "sent") === "sent");
  }

  /** Takes up what the device keeps: of a time before a reload, or of another tab that may be gone. */
  async restore(): Promise<void> {
    const { keeper, keys } = this.#options;
    const kept = await keeper.list<OutboxEntry>(keys.outbox);
    if (this.#isClosed) return;
    for (const entry of kept.toSorted((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1))) {
      if (this.#leaving.has(entry.id)) continue;
      this.#kept.add(entry.id);
      if (!this.#entries.has(entry.id)) this.#set(entry);
    }
    this.pump();
  }

  /** Puts a message in. The same id again, as long as it is here: nothing but the same promise. */
  add(to: string, content: string, id: string = newClientMsgId()): Promise<Message> {
    if (this.#isClosed) return Promise.reject(localError("SIGNED_OUT"));
    const waiter = this.#waiters.get(id) ?? newWaiter();
    this.#waiters.set(id, waiter);
    if (this.#entries.has(id)) return waiter.promise;
    const order = (this.all().at(-1)?.order ?? 0) + 1;
    const entry: OutboxEntry = {
      id,
      to,
      content,
      writtenAt: this.#options.now(),
      order,
      state: "waiting",
      error: null,
      message: null,
    };
    this.#set(entry);
    this.#keep(entry).then(this.pump, this.pump);
    return waiter.promise;
  }

  retry(id: string): void {
    const entry = this.#entries.get(id);
    if (entry?.state !== "failed") return;
    // The id was spent on another message, so that this one can never have it.
    const isSpent = entry.error?.code === "CONFLICT";
    if (isSpent) this.#drop(entry);
    const next: OutboxEntry = {
      ...entry,
      id: isSpent ? newClientMsgId() : id,
      state: "waiting",
      error: null,
      order: (this.all().at(-1)?.order ?? 0) + 1,
    };
    this.#entries.delete(id);
    this.#set(next);
    this.#keep(next).then(this.pump, this.pump);
  }

  discard(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.state === "sent") return;
    this.#drop(entry);
    this.#settle(id, (waiter) => waiter.reject(localError("DISCARDED")));
    this.pump();
  }

  /** A message of one's own is at hand in its conversation, by whichever way it came. */
  stored(message: Message): void {
    const id = message.clientMsgId;
    if (id === undefined) return;
    if (this.#taken.delete(id)) this.#settle(id, (waiter) => waiter.resolve(message));
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    // An id that was spent on something else says nothing of this entry; the server will.
    const isSame = message.recipient === entry.to && message.content === entry.content;
    if (entry.state !== "sent" && !isSame) return;
    this.#drop(entry);
    this.#settle(entry.id, (waiter) => waiter.resolve(message));
    this.pump();
  }

  /** Its writer is not signed in any more. What was not sent is kept for the next time. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    for (const id of this.#waiters.keys()) this.#settle(id, (waiter) => waiter.reject(localError("SIGNED_OUT")));
  }

  /** Sends what can be sent now. */
  readonly pump = (): void => {
    if (this.#isClosed || !this.#options.isOnline()) return;
    const wait = this.#notBefore - performance.now();
    clearTimeout(this.#timer);
    if (wait > 0) {
      this.#timer = setTimeout(this.pump, wait);
      return;
    }
    const blocked = new Set(this.#busy);
    for (const entry of this.all()) {
      if (entry.state !== "waiting" || blocked.has(entry.to)) continue;
      blocked.add(entry.to);
      this.#busy.add(entry.to);
      void this.#send(entry).finally(() => {
        this.#busy.delete(entry.to);
        this.pump();
      });
    }
  };

  async #send(entry: OutboxEntry): Promise<void> {
    const { transmit, onSent } = this.#options;
    if (await this.#isTakenElsewhere(entry)) {
      if (this.#entries.get(entry.id)?.state === "waiting") this.#letGo(entry);
      return;
    }
    if (this.#isClosed || this.#entries.get(entry.id)?.state !== "waiting") return;
    try {
      const message = await transmit(entry);
      this.#remove(entry.id);
      if (this.#entries.has(entry.id)) this.#set({ ...entry, state: "sent", error: null, message });
      this.#settle(entry.id, (waiter) => waiter.resolve(message));
      onSent(message);
    } catch (error) {
      this.#sendingFailed(entry, error instanceof ClientError ? error : localError("UNEXPECTED", error));
    }
  }

  /** Whether it was sent or discarded elsewhere, the conversation will tell. */
  #letGo(entry: OutboxEntry): void {
    this.#drop(entry);
    this.#taken.add(entry.id);
    this.#options.lookUp(entry.to).then(this.#settleTaken, () => {
      // The connection is gone; the next one begins with looking everything up.
    });
  }

  readonly #settleTaken = (): void => {
    for (const id of this.#taken) this.#settle(id, (waiter) => waiter.reject(localError("DISCARDED")));
    this.#taken.clear();
  };

  #sendingFailed(entry: OutboxEntry, error: ClientError): void {
    const { timing, onSilence, keeper } = this.#options;
    if (this.#entries.get(entry.id)?.state !== "waiting") return;
    if (error.code === "TIMEOUT") onSilence();
    // With the next connection it is sent again.
    if (error.code === "TIMEOUT" || error.code === "NETWORK") return;
    const stumbles = (this.#stumbles.get(entry.id) ?? 0) + 1;
    const isStumble = error.code === "INTERNAL" || error.code === "UNEXPECTED";
    const isOver = isStumble ? stumbles >= mostStumbles : !error.retryable && error.code !== "UNAUTHORIZED";
    const next: OutboxEntry = { ...entry, state: isOver ? "failed" : "waiting", error: error.toJSON() };
    if (isOver) {
      this.#stumbles.delete(entry.id);
      keeper.put(this.#options.keys.entry(entry.id), next);
      this.#set(next);
      this.#settle(entry.id, (waiter) => waiter.reject(error));
      return;
    }
    if (isStumble) this.#stumbles.set(entry.id, stumbles);
    this.#set(next);
    const own = backoff(isStumble ? stumbles : 0, timing.reconnectMinMs, timing.reconnectMaxMs);
    this.#notBefore = performance.now() + (error.retryAfterMs ?? 0) + own;
  }

  /** All is at hand that the server has. What is not among it is in a part that was skipped, or was never sent. */
  caughtUp(isPast: (message: Message) => boolean): void {
    this.#settleTaken();
    for (const entry of this.all()) if (entry.message !== null && isPast(entry.message)) this.#drop(entry);
  }

  /** The server's store is another one, in which what was just sent may not be: it is sent again. */
  afresh(): void {
    for (const entry of this.all()) {
      if (entry.state !== "sent") continue;
      const again: OutboxEntry = { ...entry, state: "waiting", message: null };
      this.#set(again);
      this.#keep(again).then(this.pump, this.pump);
    }
  }

  /** Everything is thrown away. */
  clear(): void {
    for (const { id } of this.all()) this.discard(id);
  }

  /**
   * Another tab over the same storage has sent or discarded it. Sending it once more would do no harm where it was sent, but one that
   * was discarded would go out.
   */
  async #isTakenElsewhere({ id }: OutboxEntry): Promise<boolean> {
    return this.#kept.has(id) && (await this.#options.keeper.isRemoved(this.#options.keys.entry(id)));
  }

  async #keep(entry: OutboxEntry): Promise<void> {
    const { keeper, keys } = this.#options;
    this.#leaving.delete(entry.id);
    keeper.put(keys.entry(entry.id), entry);
    if (await keeper.flushed()) this.#kept.add(entry.id);
  }

  #set(entry: OutboxEntry): void {
    this.#entries.set(entry.id, entry);
    this.#changed(entry, false);
  }

  #remove(id: string): void {
    const { keeper, keys } = this.#options;
    keeper.remove(keys.entry(id));
    this.#leaving.add(id);
    void keeper.flushed().then(() => this.#leaving.delete(id));
  }

  #drop(entry: OutboxEntry): void {
    this.#entries.delete(entry.id);
    this.#kept.delete(entry.id);
    this.#stumbles.delete(entry.id);
    this.#remove(entry.id);
    this.#changed(entry, true);
  }

  #changed(entry: OutboxEntry, gone: boolean): void {
    this.#all = null;
    this.#snapshots.delete(entry.to);
    this.#options.onChange(entry.to);
    this.#options.emitter.emit("outbox", { entry, gone });
  }

  #settle(id: string, how: (waiter: Waiter) => void): void {
    const waiter = this.#waiters.get(id);
    this.#waiters.delete(id);
    if (waiter !== undefined) how(waiter);
  }
}
