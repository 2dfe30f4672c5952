import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { capConnections } from "./cap-connections.ts";

/** What the HTTP server is made of. */
export interface HttpDoorOptions {
  readonly handler: RequestListener;
  /** Addresses that may open any number of connections, because they speak for many people. */
  readonly uncapped: (address: string) => boolean;
}

/** An HTTP server that knows which requests are under way. */
export interface HttpDoor {
  readonly server: Server;
  /** No new connections from now on; resolves once every request under way has its answer. */
  stopAccepting(): Promise<void>;
  /** Ends every connection that is left. */
  closeConnections(): void;
}

const limits = {
  maxHeaderSize: 16 * 1024,
  /** For the headers, and for the whole request. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  /** Longer than the minute for which usual proxies keep a connection, so that it is they who close it. */
  keepAliveTimeout: 65_000,
} as const;

/**
 * Some clients, Java's own among them, offer HTTP/2 with each request and take HTTP/1.1 for an answer. Left to the sockets, which know
 * no upgrade but their own, they would be cut off.
 */
const shouldUpgradeCallback = ({ headers }: IncomingMessage): boolean => /\bwebsocket\b/i.test(headers.upgrade ?? "");

const connectionsPerAddress = 1_000;

/** An HTTP server with finite limits; it listens nowhere yet. */
export const createHttpDoor = ({ handler, uncapped }: HttpDoorOptions): HttpDoor => {
  let underWay = 0;
  let stopping = false;
  let answered: (() => void) | undefined;

  const server = createServer({ ...limits, shouldUpgradeCallback }, (request, response) => {
    underWay += 1;
    if (stopping) response.shouldKeepAlive = false;
    response.once("close", () => {
      underWay -= 1;
      if (!stopping) return;
      server.closeIdleConnections();
      if (underWay === 0) answered?.();
    });
    return handler(request, response);
  });
  capConnections(server, connectionsPerAddress, uncapped);

  return {
    server,
    stopAccepting: () => {
      stopping = true;
      server.close();
      return new Promise((resolve) => {
        answered = resolve;
        if (underWay === 0) resolve();
      });
    },
    closeConnections: () => server.closeAllConnections(),
  };
};
