import type { Server as HttpServer, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Server } from "socket.io";
import type { SocketTransport } from "./options.ts";
import { chatServerOptions } from "./server-options.ts";

/** A Socket.IO server of our own on an HTTP server of the host's. */
export interface Attachment {
  readonly io: Server;
  /** Closes every connection, and says when the last of them is gone. */
  hangUp(): Promise<void>;
  /** Takes Socket.IO off the HTTP server, which then is as it was, and cuts what is left of its connections. */
  detach(): void;
}

type Listener = (...args: unknown[]) => void;

const events = ["request", "upgrade", "listening", "close"] as const;

const listenersOf = (server: HttpServer, event: string): readonly Listener[] => server.listeners(event) as Listener[];

/** Puts Socket.IO on `server`. It takes over the listeners for requests, and hands on to them what is not for it. */
export const attach = (server: HttpServer, transports: readonly SocketTransport[] | undefined): Attachment => {
  const before = new Map(events.map((event) => [event, listenersOf(server, event)]));
  const io = new Server(server, chatServerOptions(transports));

  // A WebSocket whose peer never answers the closing handshake would keep the host's server from closing.
  const webSockets = new Set<Duplex>();
  let tellEmpty = (): void => {};
  server.on("upgrade", (request: IncomingMessage, socket: Duplex) => {
    if (request.url?.startsWith(`${io.path()}/`) !== true) return;
    webSockets.add(socket);
    socket.once("close", () => {
      webSockets.delete(socket);
      if (webSockets.size === 0) tellEmpty();
    });
  });

  const added = events.map((event) => {
    const old = before.get(event) ?? [];
    return { event, listeners: listenersOf(server, event).filter((listener) => !old.includes(listener)) };
  });

  return {
    io,
    hangUp: () =>
      new Promise((resolve) => {
        tellEmpty = resolve;
        io.engine.close();
        if (webSockets.size === 0) resolve();
      }),
    detach() {
      for (const { event, listeners } of added) {
        for (const listener of listeners) server.removeListener(event, listener);
      }
      const since = listenersOf(server, "request");
      server.removeAllListeners("request");
      for (const listener of [...(before.get("request") ?? []), ...since]) server.on("request", listener);
      for (const socket of webSockets) socket.destroy();
    },
  };
};
