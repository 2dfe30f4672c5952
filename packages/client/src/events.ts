import type { OutboxEntry } from "./outbox/outbox-entry.ts";
import type { StandInTyping, Suggestion, Urgent } from "./stand-in-wire.ts";
import type { Message, User } from "./wire.ts";

/** `connecting`: it is being tried, or about to be tried again. `offline`: nothing is tried, because nobody is signed in or it was closed. */
export type ConnectionState = "offline" | "connecting" | "online";

/** What a client tells its listeners. Each is told after the state that it speaks of can be read. */
export interface ClientEvents {
  /** A message that is new to this device: once each, in order within a conversation; one's own from any device too, those of blocked people not. */
  message: { readonly peer: string; readonly message: Message };
  /** A message changed: an owner judged what was said in their name. It may be older than the messages at hand. */
  messageChanged: { readonly peer: string; readonly message: Message };
  /** Anything about a conversation changed: its messages, its outbox, its read positions, its person, its place in the list. */
  conversation: { readonly peer: string };
  /** An entry of the outbox came, changed, or is gone (`gone: true`): stored, or discarded. */
  outbox: { readonly entry: OutboxEntry; readonly gone: boolean };
  /** A person's status or name changed, one's own included. */
  user: { readonly user: User };
  typing: { readonly peer: string };
  standinTyping: StandInTyping;
  standinSuggestion: Suggestion;
  standinUrgent: Urgent;
  connection: { readonly state: ConnectionState };
  /** After a connect or a `resync` of the server's: everything missed meanwhile has been caught up with. */
  synced: Record<never, never>;
  /** The server's store is another one than before (restored from a backup): what was at hand is gone, and what is there now is being read. The outbox stays. */
  afresh: Record<never, never>;
  /** Nobody is signed in any more: by oneself, or because the session ended elsewhere or expired. */
  signedOut: { readonly reason: "requested" | "revoked" };
  /** The device's storage failed; everything goes on, but may not outlive a reload. */
  storageFailed: { readonly error: unknown };
}

export type ClientEventName = keyof ClientEvents;
