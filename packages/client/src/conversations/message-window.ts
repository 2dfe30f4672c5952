import type { Message } from "../wire.ts";

/** Of two states of one message the one that changed last. */
const newer = (one: Message, other: Message): Message => ((other.rev ?? 0) > (one.rev ?? 0) ? other : one);

/**
 * The messages of one conversation that are at hand: all those numbered `from + 1` to `last`, and no other. Nothing gets in that would
 * leave a hole, and nothing twice.
 */
export class MessageWindow {
  #from = 0;
  #messages: Message[] = [];
  #snapshot: readonly Message[] | null = null;
  /** Newer states of messages that are not at hand: a page that was read before the change may still be on its way. */
  readonly #elsewhere = new Map<string, Message>();

  /** The number before the first message at hand; 0: there is nothing older. */
  get from(): number {
    return this.#from;
  }

  /** The number of the newest message known. */
  get last(): number {
    return this.#from + this.#messages.length;
  }

  get size(): number {
    return this.#messages.length;
  }

  /** The same array until something changes. */
  get messages(): readonly Message[] {
    this.#snapshot ??= this.#messages.slice();
    return this.#snapshot;
  }

  at(seq: number): Message | undefined {
    return this.#messages[seq - this.#from - 1];
  }

  /** `added`; `known`: it was here, or is older than what is here; `gap`: something before it is missing, and it is not taken. */
  append(message: Message): "added" | "known" | "gap" {
    if (message.seq > this.last + 1) return "gap";
    if (message.seq <= this.last) return "known";
    this.#messages.push(this.#latest(message));
    this.#snapshot = null;
    return "added";
  }

  /** Takes, of a page that is ordered by `seq`, what goes right before the first message at hand. Returns what it took. */
  prepend(page: readonly Message[]): readonly Message[] {
    const taken: Message[] = [];
    for (const message of page.toReversed()) {
      if (message.seq > this.#from) continue;
      if (message.seq !== this.#from) break;
      taken.push(this.#latest(message));
      this.#from -= 1;
    }
    taken.reverse();
    if (taken.length > 0) {
      this.#messages = taken.concat(this.#messages);
      this.#snapshot = null;
    }
    return taken;
  }

  /** A message changed. Returns whether it was at hand and in an older state. */
  change(message: Message): boolean {
    const held = this.at(message.seq);
    if (held === undefined) {
      this.#elsewhere.set(message._id, message);
      return false;
    }
    if (newer(held, message) === held) return false;
    this.#messages[message.seq - this.#from - 1] = message;
    this.#snapshot = null;
    return true;
  }

  /** Lets go of everything: the next message is the one after `seq`. */
  restart(seq: number): void {
    this.#from = seq;
    this.#messages = [];
    this.#snapshot = null;
  }

  /** Lets go of all but the newest `count`. */
  trim(count: number): void {
    const gone = this.#messages.length - count;
    if (gone <= 0) return;
    this.#messages = this.#messages.slice(gone);
    this.#from += gone;
    this.#snapshot = null;
  }

  #latest(message: Message): Message {
    const changed = this.#elsewhere.get(message._id);
    if (changed === undefined) return message;
    this.#elsewhere.delete(message._id);
    return newer(message, changed);
  }
}
