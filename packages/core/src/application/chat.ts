import type { ChatEvent, ConversationSummary, Message, ReadPosition, Status, UserView } from "../domain/index.ts";
import type { Caller, PageInput, Via } from "./caller.ts";
import type { StandInCalls } from "./stand-in-calls.ts";

export type { Caller, PageInput, Via } from "./caller.ts";

/** Where a call without a token comes from. */
export interface CallOrigin {
  /** The client's network address, as far as it is known; what limits of rate are counted under. */
  readonly address: string;
}

export interface SignUpInput {
  readonly email: string;
  readonly password: string;
  readonly username: string;
}

export interface SignInInput {
  readonly email: string;
  readonly password: string;
}

export interface SignedIn {
  readonly token: string;
  readonly user: UserView;
}

/** A change of status, as a client asks for it. `until` is ISO 8601; it and `note` go with BUSY only. */
export interface StatusInput {
  readonly status: Status;
  readonly until?: string | null | undefined;
  readonly note?: string | null | undefined;
}

export interface SendInput {
  readonly to: string;
  readonly message: string;
  readonly clientMsgId?: string | undefined;
}

export interface ListUsersInput {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  /** The beginning of a username (or of an e-mail address, where the directory shows them). */
  readonly q?: string | undefined;
}

export interface UserList {
  readonly users: readonly UserView[];
  readonly nextCursor: string | null;
}

export interface ReadInput {
  readonly peer: string;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  /** Instead of `before` and `after`: the messages changed after this change, in the order of the changes. */
  readonly changedAfter?: number | undefined;
  readonly limit?: number | undefined;
}

/** A part of a conversation, as the caller may see it: another's `clientMsgId` and withdrawn text are taken out. */
export interface MessageList {
  readonly messages: readonly Message[];
  readonly hasMore: boolean;
  readonly lastSeq: number;
  readonly lastRev: number;
  readonly readSeq: number;
  readonly peerReadSeq: number;
  readonly epoch: string;
}

/** A conversation beside the person it is with. */
export interface ConversationView extends Omit<ConversationSummary, "conversation" | "peer"> {
  readonly user: UserView;
}

export interface ConversationList {
  readonly conversations: readonly ConversationView[];
  readonly epoch: string;
  readonly nextCursor: string | null;
}

/**
 * The driving port: everything that can be asked of the chat, whichever door the question comes through. Each call rejects with a
 * ChatError and nothing else; input is checked here as well as at the door, so that a host may call it directly.
 */
export interface Chat {
  /** Creates an account and its first session. EMAIL_TAKEN, INVALID, LIMITED, OVERLOADED. */
  signUp(input: SignUpInput, origin: CallOrigin): Promise<SignedIn>;
  /** Opens a session. The same answer in the same time whether the address exists or not: INVALID_CREDENTIALS; LIMITED. */
  signIn(input: SignInInput, origin: CallOrigin): Promise<SignedIn>;
  /**
   * Who bears this token. UNAUTHORIZED for anything but a good token with a living session; when the token is good but its user is
   * gone, the error's `cause` is the string "user-gone".
   */
  authenticate(token: string): Promise<Caller>;
  /** Ends the caller's session, or all of the caller's. */
  signOut(caller: Caller, input: { readonly everywhere?: boolean | undefined }): Promise<void>;
  /** INVALID_CREDENTIALS when `current` is wrong. Ends all other sessions. */
  changePassword(
    caller: Caller,
    input: { readonly current: string; readonly next: string },
    origin: CallOrigin,
  ): Promise<void>;

  me(caller: Caller): Promise<UserView>;
  /** Everybody but the caller, in a stable order; at most `limit` (1,000 by default). */
  listUsers(caller: Caller, input: ListUsersInput): Promise<UserList>;
  /** INVALID names the field; NOT_FOUND when the caller is gone. Once it resolves, no answer of the stand-in appears that was not there. */
  changeStatus(caller: Caller, input: StatusInput): Promise<UserView>;

  /** Stores a message: acknowledged means durable. NOT_FOUND: no such recipient; CONFLICT: the `clientMsgId` was used for another send. */
  sendMessage(caller: Caller, input: SendInput, via?: Via): Promise<Message>;
  readMessages(caller: Caller, input: ReadInput): Promise<MessageList>;
  listConversations(caller: Caller, input: PageInput): Promise<ConversationList>;
  /** Moves the caller's read position in the conversation with `peer`: forward, at most to the newest message. */
  markRead(caller: Caller, input: { readonly peer: string; readonly seq: number }, via?: Via): Promise<ReadPosition>;
  /** Tells the other person that the caller is typing. Kept nowhere. */
  typing(caller: Caller, input: { readonly to: string }): Promise<void>;

  listBlocks(caller: Caller): Promise<readonly UserView[]>;
  block(caller: Caller, userId: string): Promise<void>;
  unblock(caller: Caller, userId: string): Promise<void>;

  /** The assistant that answers for people who are BUSY: its owner's side and the writer's. */
  readonly standIn: StandInCalls;

  /** Takes one of the caller's calls out of the general limit; LIMITED when there is none. Doors call it for what no other limit covers. */
  countCall(caller: Caller): Promise<void>;

  /** A live connection of the caller. Its lease is renewed until {@link Connections.close}. */
  readonly connections: Connections;
  /** What happened, for doors that push. Returns what ends the subscription. */
  subscribe(listener: (event: ChatEvent) => void): () => void;

  /** For the operator; none of it asks for a token. */
  readonly operator: Operator;

  /** Finishes what a crash left half-done; then the worker and the sweeps run. Call before listening. */
  start(): Promise<void>;
  /** From now on no departure is announced: the others are about to be told by the next process. */
  drain(): void;
  /** Ends the worker and the sweeps, after what is being committed. The stores are the host's to close. */
  stop(): Promise<void>;
  /** Rejects with UNAVAILABLE when the store cannot do its work. */
  ping(): Promise<void>;
}

export interface Connections {
  /** Opens a lease for the connection; the user's status follows. The connection id must be unique over all nodes. */
  open(caller: Caller, connectionId: string): Promise<UserView>;
  /** The connection ended: its lease lasts for the grace, or ends at once after a sign-out. */
  close(connectionId: string, options?: { readonly atOnce?: boolean }): Promise<void>;
}

export interface Operator {
  /** Sets a new random password, ends all sessions, and returns the password; NOT_FOUND. */
  resetPassword(email: string): Promise<string>;
  /** Ends the sessions, frees the address, removes the record; the messages stay for the other person. NOT_FOUND. */
  deleteUser(email: string): Promise<void>;
  /** Gives the store another epoch; returns it. */
  newEpoch(): Promise<string>;
}
