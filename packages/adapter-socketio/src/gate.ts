import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { ChatError } from "@standin/core/ports";
import { toErrorJson } from "@standin/http-api";
import {
  type Client,
  clientOf,
  corsHeaders,
  type DoorResponse,
  errorAnswer,
  judgeOrigin,
  preflightHeaders,
  type TrustProxy,
} from "@standin/http-api/dispatch";
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

const refusePolling = (response: ServerResponse, { status, headers, body }: DoorResponse): void => {
  response.writeHead(status, headers).end(body);
};

const refuseUpgrade = (socket: Duplex, { status, headers, body }: DoorResponse): void => {
  // Nobody else listens any more for a connection that breaks now.
  socket.on("error", () => socket.destroy());
  const fields = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} Refused\r\n${fields.join("")}\r\n`);
  socket.end(body, () => socket.destroy());
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
    const { origin } = request.headers;
    // Lets pages of an allowed origin read what polling answers, a refusal as well.
    const cors = origin !== undefined && allowedOrigins.includes(origin) ? corsHeaders(origin) : null;
    const refusal = judge(request, client);
    if (refusal !== null) {
      const answer = errorAnswer(toErrorJson(refusal), cors ?? {});
      return isPolling ? refusePolling(response, answer) : refuseUpgrade(request.socket, answer);
    }
    if (isPolling && cors !== null) {
      for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
      if (request.method === "OPTIONS") {
        response.writeHead(204, preflightHeaders(["GET", "POST", "OPTIONS"])).end();
        return;
      }
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
