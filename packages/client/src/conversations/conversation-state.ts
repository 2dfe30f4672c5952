import type { Message, User } from "../wire.ts";
import type { ConversationRecord } from "./conversation-record.ts";
import { MessageWindow } from "./message-window.ts";

/** What is known of the conversation with one person: cursors, positions, and the messages at hand. */
export class ConversationState {
  readonly peer: string;
  readonly window: MessageWindow = new MessageWindow();
  user: User | null = null;
  lastRev = 0;
  readSeq = 0;
  readHere = 0;
  peerReadSeq = 0;
  unread = 0;
  /** Messages up to this one are counted in `unread`; the server may have counted some that are still to come. */
  counted = 0;
  lastMessage: Message | null = null;
  place = 0;
  /** Grows with each change, for whoever keeps something that is made from this. */
  version = 0;
  /** The app holds the conversation: what is at hand stays at hand. */
  isHeld = false;
  /** The app shows it: it is kept fresh. */
  isLoaded = false;

  constructor(peer: string) {
    this.peer = peer;
  }

  /** How far one has read, as far as this device is concerned. */
  get read(): number {
    return Math.max(this.readSeq, this.readHere);
  }

  /** A message that was just appended: does it count, and as what? */
  count(message: Message): void {
    if (!message.blocked && message.seq > (this.lastMessage?.seq ?? 0)) this.lastMessage = message;
    if (message.seq <= this.counted) return;
    this.counted = message.seq;
    if (this.#isUnread(message)) this.unread += 1;
  }

  /** Counts anew, from the messages at hand. Returns false when they do not suffice. */
  recount(): boolean {
    const { read, window } = this;
    if (window.last < this.counted || (window.from > read && window.last > read)) return false;
    this.unread = this.unreadAfter(read);
    return true;
  }

  /** How many messages at hand after that number the other person wrote and one has not read. */
  unreadAfter(seq: number): number {
    let count = 0;
    for (let at = Math.max(seq, this.window.from) + 1; at <= this.window.last; at += 1) {
      const message = this.window.at(at);
      if (message !== undefined && this.#isUnread(message)) count += 1;
    }
    return count;
  }

  /** Everything is forgotten but that the app holds it. */
  reset(): void {
    this.window.restart(0);
    this.lastRev = 0;
    this.readSeq = 0;
    this.readHere = 0;
    this.peerReadSeq = 0;
    this.unread = 0;
    this.counted = 0;
    this.lastMessage = null;
  }

  restore(record: ConversationRecord): void {
    this.window.restart(record.last);
    this.user = record.user;
    this.lastRev = record.lastRev;
    this.readSeq = record.readSeq;
    this.readHere = record.readHere;
    this.peerReadSeq = record.peerReadSeq;
    this.unread = record.unread;
    this.counted = record.last;
    this.lastMessage = record.lastMessage;
    this.place = record.place;
  }

  record(epoch: string): ConversationRecord {
    const { peer, user, window, lastRev, readSeq, readHere, peerReadSeq, unread, lastMessage, place } = this;
    return {
      epoch,
      peer,
      user,
      last: window.last,
      lastRev,
      readSeq,
      readHere,
      peerReadSeq,
      unread,
      lastMessage,
      place,
    };
  }

  #isUnread({ sender, recipient, blocked, seq }: Message): boolean {
    return sender === this.peer && recipient !== this.peer && !blocked && seq > this.read;
  }
}
