import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createChatApp } from "@standin/adapter-hono";
import { createMemoryPorts } from "@standin/adapter-memory";
import { type ChatSockets, createChatSockets } from "@standin/adapter-socketio";
import { type Chat, type ChatPolicy, type ChatPorts, createChat } from "@standin/core";
import type { PasswordHasher, TokenClaims, TokenService } from "@standin/core/ports";
import { onTestFinished } from "vitest";

const hasher: PasswordHasher = {
  hash: async (password) => `plain:${password}`,
  verify: async (hash, password) => hash === `plain:${password}`,
};

/** Tokens anybody could write: the real ones are another package's matter. They fit into a header. */
const tokens: TokenService = {
  issue: async (claims) => Buffer.from(JSON.stringify(claims)).toString("base64url"),
  verify: async (token) => {
    try {
      return JSON.parse(Buffer.from(token, "base64url").toString()) as TokenClaims;
    } catch {
      return null;
    }
  },
};

export interface ChatServer {
  /** Of the process that runs now; another after a restart. */
  readonly port: number;
  readonly url: string;
  readonly chat: Chat;
  readonly ports: ChatPorts;
  readonly sockets: ChatSockets;
  /** How many messages clients asked it to send, repeats included. */
  readonly asked: () => number;
  /** Breaks every connection, as a process that is killed does, and starts another one over the same stores, or over others. */
  restart(exchanged?: Partial<ChatPorts>): Promise<void>;
}

interface Running {
  readonly chat: Chat;
  readonly sockets: ChatSockets;
  readonly server: Server;
  readonly port: number;
}

const start = async (ports: ChatPorts, policy: Partial<ChatPolicy>, onSend: () => void): Promise<Running> => {
  const chat = createChat(ports, { rateLimits: "off", statusGraceMs: 100, ...policy });
  await chat.start();
  // Connections stay open: when the machine stood still for a while, a request would meet one that is being closed for its idleness.
  const server = createServer({ keepAliveTimeout: 0 }, getRequestListener(createChatApp({ chat }).fetch));
  const sockets = createChatSockets({
    chat,
    server,
    transports: ["websocket"],
    connectionsPerAddress: 10_000,
    observe: ({ event }) => {
      if (event === "sendMessage") onSend();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { chat, sockets, server, port: (server.address() as AddressInfo).port };
};

const stop = async ({ chat, sockets, server }: Running): Promise<void> => {
  await sockets.close();
  await chat.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};

/** A chat over both of its doors, with its stores in memory. It ends with the test. */
export const startChatServer = async (policy: Partial<ChatPolicy> = {}): Promise<ChatServer> => {
  const ports: ChatPorts = { ...createMemoryPorts(), hasher, tokens };
  let asked = 0;
  const onSend = (): void => {
    asked += 1;
  };
  let running = await start(ports, policy, onSend);
  /** One restart after the other, whoever asks. */
  let restarted = Promise.resolve();
  onTestFinished(() => stop(running));
  return {
    get port() {
      return running.port;
    },
    get url() {
      return `http://127.0.0.1:${running.port}`;
    },
    get chat() {
      return running.chat;
    },
    get sockets() {
      return running.sockets;
    },
    ports,
    asked: () => asked,
    restart: (exchanged = {}) => {
      restarted = restarted.then(async () => {
        await stop(running);
        running = await start({ ...ports, ...exchanged }, policy, onSend);
      });
      return restarted;
    },
  };
};
