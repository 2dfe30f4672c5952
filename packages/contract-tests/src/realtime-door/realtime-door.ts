import type { Chat } from "@standin/core";
import type { ContractCase, Subject } from "../engine/contract.ts";

/** A running realtime door: what the contract drives. */
export interface RealtimeDoor {
  /** Such as `http://127.0.0.1:49152`, without a slash at the end; stock Socket.IO clients connect to it. */
  readonly url: string;
  /** The chat behind it: where cases look at what happened, and what they use as another door. */
  readonly chat: Chat;
  /** Lets so many milliseconds pass for the chat, as `createRealtimeHost` gives it. */
  pass(ms: number): Promise<void>;
}

export type RealtimeDoorSubject = Subject<RealtimeDoor>;

/** `polling`: clients may also come without a WebSocket. */
export type RealtimeDoorCapability = "polling";

export type RealtimeCase = ContractCase<RealtimeDoorSubject, RealtimeDoorCapability>;
