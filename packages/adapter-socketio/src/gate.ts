import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { ChatError } from "@standin/core/ports";
import { errorTable, toErrorJson } from "@standin/http-api";
import { type Client, clientOf, judgeOrigin, type TrustProxy } from "@standin/http-api/dispatch";
import type { Server } from "socket.io";
import type { EngineSocket } from "./backlog.ts";

export interface GateOptions {
  readonly allowedOrigins: readonly string[];
  readonly trustProxy: TrustProxy | undefined;
  /** Most connections of one network address at a time. */
  readonly connectionsPerAddress: number;
  /** Are new connections refused, because the server is about to stop? */
  readonly stopping: () => boolean;
}

type Next = (error?: unknown) => void;

const clientBehind = (request: IncomingMessage, trustProxy: TrustProxy | undefined): Client =>
  clientOf(
    {
      remoteAddress: request.socket.remoteAddress,
      encrypted: "encrypted" in request.socket,
      header: (name) => request.headers[name]?.toString(),
    },
    trustProxy,
  );

/** Is it the first request of a connection? Later ones prove by the connection's own secret id that they belong to it. */
const opensConnection = ({ url = "" }: IncomingMessage): boolean =>
  !new URLSearchParams(url.slice(url.indexOf("?") + 1)).get("sid");

const refusePolling = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(body);
};

const refuseUpgrade = (socket: Duplex, status: number, body: string): void => {
  // Nobody else listens any more for a connection that breaks now.
  socket.on("error", () => socket.destroy());
  const head = [`HTTP/1.1 ${status} Refused`, "Connection: close", "Content-Type: application/json; charset=utf-8"];
  socket.end(`${head.join("\r\n")}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, () =>
    socket.destroy(),
  );
};

/** Lets pages of an allowed origin read what polling answers. */
const allowReading = (response: ServerResponse, origin: string): void => {
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Vary", "Origin");
};

const answerPreflight = (response: ServerResponse): void => {
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", "authorization, content-type");
  response.setHeader("Access-Control-Max-Age", "600");
  response.writeHead(204).end();
};

/**
 * Stands before every request of either transport: pages of foreign origins are turned away (403), too many connections of one
 * address are (429), and new ones while the server stops (503).
 */
export const guardEngine = (engine: Server["engine"], options: GateOptions): void => {
  const { allowedOrigins, trustProxy, connectionsPerAddress, stopping } = options;
  const connectionsOf = new Map<string, number>();

  const judge = (request: IncomingMessage, client: Client): ChatError | null => {
    const verdict = judgeOrigin(request.headers.origin, client.ownOrigins, allowedOrigins);
    if (verdict === "foreign") return new ChatError("FORBIDDEN");
    if (!opensConnection(request)) return null;
    if (stopping()) return new ChatError("UNAVAILABLE");
    // Peers whose address nobody knows are not one peer.
    const known = client.address !== "unknown";
    const full = known && (connectionsOf.get(client.address) ?? 0) >= connectionsPerAddress;
    return full ? new ChatError("LIMITED") : null;
  };

  engine.use((request: IncomingMessage, response: ServerResponse, next: Next) => {
    const isPolling = response instanceof ServerResponse;
    const client = clientBehind(request, trustProxy);
    const refusal = judge(request, client);
    if (refusal !== null) {
      const body = JSON.stringify(toErrorJson(refusal));
      const { status } = errorTable[refusal.code];
      return isPolling ? refusePolling(response, status, body) : refuseUpgrade(request.socket, status, body);
    }
    const { origin } = request.headers;
    if (isPolling && origin !== undefined && allowedOrigins.includes(origin)) {
      allowReading(response, origin);
      if (request.method === "OPTIONS") return answerPreflight(response);
    }
    next();
  });

  engine.on("connection", (conn: EngineSocket) => {
    const { address } = clientBehind(conn.request, trustProxy);
    connectionsOf.set(address, (connectionsOf.get(address) ?? 0) + 1);
    conn.once("close", () => {
      const left = (connectionsOf.get(address) ?? 1) - 1;
      if (left > 0) connectionsOf.set(address, left);
      else connectionsOf.delete(address);
    });
  });
};
