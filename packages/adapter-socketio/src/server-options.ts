import type { ServerOptions } from "socket.io";
import type { SocketTransport } from "./options.ts";

/**
 * The limits under which the chat's Socket.IO server runs, for hosts that make their own: frames of at most 64 KiB, 10 s to join, no
 * recovery of connection state (the store is the truth), no client files.
 *
 * @example
 * const io = new Server(httpServer, chatServerOptions());
 * const sockets = createChatSockets({ chat, io });
 */
export const chatServerOptions = (
  transports: readonly SocketTransport[] = ["polling", "websocket"],
): Partial<ServerOptions> => ({
  maxHttpBufferSize: 64 * 1024,
  connectTimeout: 10_000,
  serveClient: false,
  transports: [...transports],
});
