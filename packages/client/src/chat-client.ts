import type { Abortable } from "./abortable.ts";
import type { Conversation, ConversationSummary } from "./conversations/conversation.ts";
import type { ClientEventName, ClientEvents, ConnectionState } from "./events.ts";
import type { OutboxEntry } from "./outbox/outbox-entry.ts";
import type { Seen, SeenAnswers } from "./seen/last-seen.ts";
import type { StandIn } from "./stand-in.ts";
import type { Status, User, UserPage } from "./wire.ts";

export interface ListUsersQuery extends Abortable {
  /** The beginning of a name, 1–50 characters. */
  readonly q?: string;
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

/** `until` (ISO 8601) and `note` go with BUSY only. */
export interface StatusChange {
  readonly status: Status;
  readonly until?: string | null;
  readonly note?: string | null;
}

export interface SignedOut {
  /** Did the server hear of it? If not, the session lives until it expires, though nobody has its token any more. */
  readonly revoked: boolean;
}

/**
 * A chat, as one person on one device has it. Reading is synchronous, from what is known here; listeners are told of changes. Calls
 * that need the server reject with {@link ClientError}.
 */
export interface ChatClient {
  /** Creates an account, signs in with it and connects. EMAIL_TAKEN, INVALID, LIMITED. */
  signUp(
    account: { readonly email: string; readonly password: string; readonly username: string },
    options?: Abortable,
  ): Promise<User>;
  /**
   * Signs in and connects. INVALID_CREDENTIALS, LIMITED; REPLACED when another sign-in or a sign-out was asked for meanwhile: the last
   * one counts. Whoever was signed in before is no more; what the device keeps of them stays.
   */
  signIn(account: { readonly email: string; readonly password: string }, options?: Abortable): Promise<User>;
  /**
   * Goes on where this device was: whoever was signed in is again, with what the device keeps, at once and without a connection, which
   * then follows. Resolves with that person, or null when nobody was.
   */
  resume(): Promise<User | null>;
  /** Goes on with a token that was got elsewhere. UNAUTHORIZED. */
  useToken(token: string, options?: Abortable): Promise<User>;
  /**
   * Ends the session and removes what the device keeps of this person, unsent messages included: ask before, {@link ChatClient.unsent}
   * knows. When the server cannot be reached, the device forgets all the same and `revoked` is false; but with `everywhere`, which
   * only the server can do, it rejects and nothing is changed. `keepData`: the device keeps what it has for the next time.
   */
  signOut(options?: Abortable & { readonly everywhere?: boolean; readonly keepData?: boolean }): Promise<SignedOut>;
  /** INVALID_CREDENTIALS when `current` is wrong. Ends all other sessions. */
  changePassword(passwords: { readonly current: string; readonly next: string }, options?: Abortable): Promise<void>;

  /** Who is signed in; null: nobody. */
  readonly me: User | null;
  readonly connection: ConnectionState;
  /** Did the device's storage do what it was asked for last? If not, all goes on in memory, and is gone with the page. */
  readonly keepsData: boolean;
  /**
   * The server's time in milliseconds since the epoch: right to about a second from the first answer on, even where the device's clock
   * is wrong, and kept on the device until the next one. For whatever is compared with instants of the server's, or made for it.
   */
  now(): number;
  /** Resolves once everything that was missed is here; at once if it is. Rejects with SIGNED_OUT when the session ends meanwhile. */
  synced(options?: Abortable): Promise<void>;
  /** Sets one's own status. INVALID names the field. */
  setStatus(change: StatusChange, options?: Abortable): Promise<void>;

  /** Everybody but oneself, or those whose name begins with `q`, from the server. */
  listUsers(query?: ListUsersQuery): Promise<UserPage>;
  /** A person as far as known here, from lists, conversations and events. */
  user(id: string): User | undefined;
  listBlocks(options?: Abortable): Promise<readonly User[]>;
  block(userId: string, options?: Abortable): Promise<void>;
  unblock(userId: string, options?: Abortable): Promise<void>;

  /** All conversations, the one with the newest message first. The same array until something changes. */
  conversations(): readonly ConversationSummary[];
  /** The conversation with that person, there already or not. SIGNED_OUT is thrown when nobody is signed in. */
  conversation(peer: string): Conversation;

  /** All messages on their way, oldest first. */
  outbox(): readonly OutboxEntry[];
  /** How many messages the server may not have: those waiting and those refused. */
  unsent(): number;
  /** Sends a refused message again. Nothing happens when it is gone or under way. */
  retry(entryId: string): void;
  /** Takes a message out of the outbox. One that was tried already may have arrived all the same. */
  discard(entryId: string): void;
  /**
   * Resolves once the device keeps everything of up to now, unsent messages included: with whether it does. False when nobody is signed
   * in. Never rejects. For an app that forgets a text only when it cannot be lost any more.
   */
  flush(): Promise<boolean>;

  /** One's own assistant, and what one may ask of other people's. */
  readonly standin: StandIn;

  /**
   * The newest answer that this device got to a question, for when the server cannot be asked: to `standin.settings`, `briefing` and the
   * like without `cursor` and `since`, and `listBlocks`. Null: there is none. Never rejects.
   */
  lastSeen<Name extends keyof SeenAnswers>(name: Name): Promise<Seen<SeenAnswers[Name]> | null>;

  /** Tells of changes until the returned function is called. A listener that throws disturbs nobody; its error is reported as uncaught. */
  on<Name extends ClientEventName>(event: Name, listener: (payload: ClientEvents[Name]) => void): () => void;
  /** Connects now instead of after the wait, as when the app learns that the network is back. */
  reconnect(): void;
  /** Removes what the device keeps of the person who is signed in, unsent messages included; the session and the connection go on. */
  forgetDevice(): Promise<void>;
  /** Ends the connection and all timers. The session and what the device keeps stay, for {@link ChatClient.resume} of a new client. */
  close(): Promise<void>;
}
