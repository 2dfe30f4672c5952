import type { ClientStorage } from "./storage/storage.ts";

/** How long things are waited for, in milliseconds. */
export interface Timing {
  /** For the answer to an HTTP request. Default: 15,000. */
  readonly requestMs: number;
  /** For the acknowledgement of a message, and for a connection to open. Default: 10,000. */
  readonly acknowledgeMs: number;
  /** For the device's storage; whoever waits longer goes on without it. Default: 5,000. */
  readonly storageMs: number;
  /**
   * Before the first attempt to connect again; each further one waits up to twice as long as the one before, at most
   * {@link Timing.reconnectMaxMs}, and every wait is cut by a random part. Default: 500.
   */
  readonly reconnectMinMs: number;
  /** Default: 30,000. */
  readonly reconnectMaxMs: number;
}

export const defaultTiming: Timing = {
  requestMs: 15_000,
  acknowledgeMs: 10_000,
  storageMs: 5_000,
  reconnectMinMs: 500,
  reconnectMaxMs: 30_000,
};

export interface ChatClientOptions {
  /** Where the server is, as `https://chat.example.org`, with the path under which its API is mounted, if any. Default in browsers: the page's own origin. */
  readonly url?: string;
  /** Default: memory, which a reload empties. */
  readonly storage?: ClientStorage;
  /** The path of the server's Socket.IO. Default: `/socket.io`. */
  readonly socketPath?: string;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
  readonly timing?: Partial<Timing>;
  /** How many messages of each conversation the device keeps for reading without a connection. Default: 200. */
  readonly keepMessages?: number;
  /**
   * How many messages of one conversation are fetched at most to catch up. Whoever missed more starts at the newest ones, and the rest
   * is had by {@link Conversation.older}. Default: 10,000.
   */
  readonly catchUpMessages?: number;
}
