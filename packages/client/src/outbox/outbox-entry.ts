import type { ClientErrorJson } from "../errors.ts";
import type { Message } from "../wire.ts";

/**
 * A message of one's own on its way. `waiting`: it will be sent, again if need be, until the server has it. `failed`: the server
 * refused it for good, `error` says why, and nothing more happens until it is retried or discarded. `sent`: the server has it, but
 * messages before it are still being fetched.
 */
export interface OutboxEntry {
  /** The same for every repeat, which is what makes repeating harmless. Also the message's `clientMsgId`. */
  readonly id: string;
  readonly to: string;
  readonly content: string;
  /** When it was written, by {@link ChatClient.now}; to be shown, never to order by. */
  readonly writtenAt: number;
  /** Its place among the others: a number that grows. */
  readonly order: number;
  readonly state: "waiting" | "failed" | "sent";
  /** Of `failed`: why. Of `waiting`: what went wrong the last time, if anything did. */
  readonly error: ClientErrorJson | null;
  /** The stored message, once it is known. */
  readonly message: Message | null;
}
