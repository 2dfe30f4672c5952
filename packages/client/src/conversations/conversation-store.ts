import type { Emitter } from "../emitter.ts";
import type { Keeper } from "../storage/keeper.ts";
import type { PersonKeys } from "../storage/keys.ts";
import type { Users } from "../users.ts";
import type { ConversationPage, Message, MessagePage } from "../wire.ts";
import type { ConversationRecord, Marker } from "./conversation-record.ts";
import { ConversationState } from "./conversation-state.ts";

export interface ConversationStoreOptions {
  /** The id of who is signed in. */
  readonly me: string;
  readonly users: Users;
  readonly emitter: Emitter;
  readonly keeper: Keeper;
  readonly keys: PersonKeys;
  readonly keepMessages: number;
  /** A message is at hand; one's own may still be in the outbox. */
  readonly onStored: (message: Message) => void;
  /** Everything was forgotten, and is about to be read anew. */
  readonly onAfresh: () => void;
  /** A message is at hand of a conversation with somebody of whom nothing is known but the id. */
  readonly onStranger: () => void;
}

type ListedConversation = ConversationPage["conversations"][number];

/** All conversations of one person, as far as they are known here, and what the device keeps of them. */
export class ConversationStore {
  readonly #options: ConversationStoreOptions;
  readonly #states = new Map<string, ConversationState>();
  readonly #touched = new Set<ConversationState>();
  #epoch: string | null = null;
  #generation = 0;
  #place = 0;
  #version = 0;

  constructor(options: ConversationStoreOptions) {
    this.#options = options;
  }

  /** Which store of the server's all this is from; null: nothing was read yet. */
  get epoch(): string | null {
    return this.#epoch;
  }

  /** Grows whenever everything is forgotten: what was asked before that has no answer any more. */
  get generation(): number {
    return this.#generation;
  }

  /** Grows with each change of any conversation. */
  get version(): number {
    return this.#version;
  }

  /** The newest first. */
  all(): readonly ConversationState[] {
    return [...this.#states.values()].sort((one, other) => other.place - one.place);
  }

  find(peer: string): ConversationState | undefined {
    return this.#states.get(peer);
  }

  /** The conversation with that person, a new and empty one if there is none. */
  state(peer: string): ConversationState {
    let state = this.#states.get(peer);
    if (state === undefined) {
      state = new ConversationState(peer);
      state.user = this.#options.users.get(peer) ?? null;
      this.#states.set(peer, state);
    }
    return state;
  }

  /** Takes up what the device keeps. */
  async restore(): Promise<void> {
    const { keeper, keys, users } = this.#options;
    const marker = (await keeper.read(keys.marker)) as Marker | undefined;
    this.#epoch = marker?.epoch ?? null;
    if (this.#epoch === null) return;
    for (const record of await keeper.list<ConversationRecord>(keys.conversations)) {
      if (record.epoch !== this.#epoch) continue;
      if (record.user !== null) users.learn(record.user, 0);
      const state = this.state(record.peer);
      state.restore(record);
      this.#place = Math.max(this.#place, record.place);
    }
    this.#version += 1;
  }

  /** The first answer of the server's: from here on there are cursors. */
  begin(epoch: string): void {
    this.#epoch = epoch;
    this.#options.keeper.put(this.#options.keys.marker, { epoch } satisfies Marker);
  }

  /** The server's store is another one: nothing that is known means anything any more, but for what is still to be sent. */
  startAfresh(epoch: string): void {
    const { keeper, keys, emitter, onAfresh } = this.#options;
    this.#generation += 1;
    keeper.removeAll(keys.conversations);
    keeper.removeAll(keys.messages);
    for (const state of this.#states.values()) {
      state.reset();
      this.touch(state);
    }
    this.begin(epoch);
    onAfresh();
    emitter.emit("afresh", {});
  }

  /**
   * What the server's list says, in its order. `anew`: there are no cursors yet, and everything up to now counts as known. What was
   * learnt while the list was on its way is not taken back by it; `asOf` is the moment of {@link Users.now} when it was asked for.
   */
  takeList(list: readonly ListedConversation[], anew: boolean, asOf: number): void {
    const { users } = this.#options;
    list.forEach((listed, index) => {
      users.learn(listed.user, asOf);
      const state = this.state(listed.user.id);
      state.user = users.get(listed.user.id) ?? null;
      state.place = this.#place + list.length - index;
      if (anew) {
        state.window.restart(listed.lastSeq);
        state.lastRev = listed.lastRev;
        state.counted = listed.lastSeq;
      }
      if (listed.readSeq >= state.read) {
        state.unread = listed.unread + state.unreadAfter(listed.lastSeq);
        state.counted = Math.max(listed.lastSeq, state.window.last);
      }
      state.readSeq = Math.max(state.readSeq, listed.readSeq);
      if (listed.lastMessage !== null && listed.lastMessage.seq >= (state.lastMessage?.seq ?? 0))
        state.lastMessage = listed.lastMessage;
      this.touch(state);
    });
    this.#place += list.length;
  }

  takePositions(state: ConversationState, { readSeq, peerReadSeq }: MessagePage): void {
    state.readSeq = Math.max(state.readSeq, readSeq);
    state.peerReadSeq = Math.max(state.peerReadSeq, peerReadSeq);
    this.touch(state);
  }

  /** The other person of a message. */
  peerOf({ sender, recipient }: Message): string {
    return sender === this.#options.me ? recipient : sender;
  }

  /** The next message of a conversation. `gap`: messages before it are missing, and it was not taken. */
  append(message: Message): "added" | "known" | "gap" {
    const { emitter, keepMessages, onStored, onStranger } = this.#options;
    const state = this.state(this.peerOf(message));
    const result = state.window.append(message);
    if (result === "gap") return result;
    if (result === "added") {
      const held = state.window.at(message.seq) ?? message;
      state.count(held);
      if (!message.blocked) this.moveUp(state);
      this.touch(state);
      this.keep(state, [held]);
      if (state.user === null) onStranger();
      if (!state.isHeld && state.window.size > 2 * keepMessages) state.window.trim(keepMessages);
    }
    onStored(message);
    // What a blocked person writes is kept, and is nothing to be told of.
    if (result === "added" && !message.blocked) emitter.emit("message", { peer: state.peer, message });
    return result;
  }

  /** A message that changed, in the order of the changes. */
  change(message: Message): void {
    const { emitter, keeper, keys, keepMessages } = this.#options;
    const state = this.state(this.peerOf(message));
    const rev = message.rev ?? 0;
    const isNews = rev > state.lastRev;
    state.lastRev = Math.max(state.lastRev, rev);
    if (state.window.change(message) && message.seq > state.window.last - keepMessages)
      keeper.put(keys.message(state.peer, message.seq), message);
    if (state.lastMessage?._id === message._id && rev > (state.lastMessage.rev ?? 0)) state.lastMessage = message;
    this.touch(state);
    if (isNews) emitter.emit("messageChanged", { peer: state.peer, message });
  }

  /** Lets go of the messages at hand and goes on after `seq`: too many were missed to fetch them all. */
  skipTo(state: ConversationState, seq: number): void {
    const { keeper, keys } = this.#options;
    state.window.restart(seq);
    keeper.removeAll(keys.messagesOf(state.peer));
    this.touch(state);
  }

  /** Keeps messages that are at hand on the device, as far as they are among the newest. */
  keep(state: ConversationState, messages: readonly Message[]): void {
    const { keeper, keys, keepMessages } = this.#options;
    const oldest = state.window.last - keepMessages + 1;
    for (const message of messages) {
      if (message.seq < oldest) continue;
      keeper.put(keys.message(state.peer, message.seq), message);
      if (message.seq > keepMessages) keeper.remove(keys.message(state.peer, message.seq - keepMessages));
    }
  }

  /** What the device keeps right before the messages at hand. */
  async kept(state: ConversationState): Promise<readonly Message[]> {
    const { keeper, keys } = this.#options;
    return keeper.list<Message>(keys.messagesOf(state.peer));
  }

  moveUp(state: ConversationState): void {
    this.#place += 1;
    state.place = this.#place;
  }

  /** Something about the conversation changed: listeners are told and the device keeps it, once for all that changes in this turn. */
  touch(state: ConversationState): void {
    state.version += 1;
    this.#version += 1;
    if (this.#touched.size === 0) queueMicrotask(() => this.#settle());
    this.#touched.add(state);
  }

  #settle(): void {
    const { emitter, keeper, keys } = this.#options;
    const touched = [...this.#touched];
    this.#touched.clear();
    for (const state of touched)
      if (this.#epoch !== null) keeper.put(keys.conversation(state.peer), state.record(this.#epoch));
    for (const { peer } of touched) emitter.emit("conversation", { peer });
  }
}
