import type { Server as HttpServer } from "node:http";
import type { Chat } from "@standin/core";
import type { ChatErrorCode, Clock, Logger, Timer } from "@standin/core/ports";
import type { DoorOptions } from "@standin/http-api/dispatch";
import type { Server } from "socket.io";

/** How a client may carry its packets. */
export type SocketTransport = "polling" | "websocket";

/** An event of a client that was answered. */
export interface SeenEvent {
  /** Its name; "unknown" for every name that is none of the API's. */
  readonly event: string;
  /** Why it was refused; null: it was not. */
  readonly code: ChatErrorCode | null;
}

/** What the realtime door takes. */
export interface ChatSocketsBaseOptions extends Pick<DoorOptions, "allowedOrigins" | "trustProxy"> {
  readonly chat: Chat;
  /** Most connections of one network address at a time. Default: 1,000. */
  readonly connectionsPerAddress?: number;
  /** Told of unexpected errors and of readers that are cut off. Default: nobody. */
  readonly logger?: Logger;
  /** Called once for each event of a client that was answered. Default: nobody. */
  readonly observe?: (seen: SeenEvent) => void;
  /** Default: the machine's timers. */
  readonly timer?: Timer;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/** Over an HTTP server: Socket.IO is attached to it, at its default path, and taken off again at the end. */
export interface OverHttpServer extends ChatSocketsBaseOptions {
  readonly server: HttpServer;
  readonly io?: never;
  /** Default: both, which is what stock clients expect. */
  readonly transports?: readonly SocketTransport[];
}

/**
 * Over a Socket.IO server of the host's own, already attached and made with {@link chatServerOptions}. Its default namespace is the
 * chat's from then on, with the connections on which a client uses it; the origins and the cap hold for all of its connections.
 * Everything else of it stays the host's, and so does closing it.
 */
export interface OverSocketServer extends ChatSocketsBaseOptions {
  readonly io: Server;
  readonly server?: never;
}

export type ChatSocketsOptions = OverHttpServer | OverSocketServer;

export interface DrainOptions {
  /** Over how many milliseconds clients are sent away and told to come back. Default: 2,000. */
  readonly windowMs?: number;
}

/** How many sockets there are now. */
export interface ChatSocketsStats {
  readonly connected: number;
  readonly loggedIn: number;
}

/** The realtime door, open. */
export interface ChatSockets {
  /** The Socket.IO server underneath. */
  readonly io: Server;
  /**
   * Sends everybody away gently: new connections are refused, each client is told to come back after a random part of the window,
   * and sockets close in waves, each after the answers it waits for. Then as {@link ChatSockets.close}.
   */
  drain(options?: DrainOptions): Promise<void>;
  /** Closes every socket and what was opened here; the host's servers go on. Closing twice does nothing. Never rejects. */
  close(): Promise<void>;
  stats(): ChatSocketsStats;
}
