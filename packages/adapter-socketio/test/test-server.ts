import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemoryPorts } from "@standin/adapter-memory";
import { type Caller, type Chat, type ChatPolicy, type ChatPorts, createChat } from "@standin/core";
import type { PasswordHasher, TokenClaims, TokenService } from "@standin/core/ports";
import { io as connect, type Socket } from "socket.io-client";
import { onTestFinished } from "vitest";
import { type ChatSockets, createChatSockets, type OverHttpServer } from "../src/index.ts";

const hasher: PasswordHasher = {
  hash: async (password) => `plain:${password}`,
  verify: async (hash, password) => hash === `plain:${password}`,
};

/** Tokens anybody could write: the real ones are another adapter's matter. They fit into a header. */
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

const home = { address: "192.0.2.1" };

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly caller: Caller;
}

/** Which transports a client tries, in this order. */
type Transports = readonly ("polling" | "websocket")[];

/** A stock client that keeps everything it is sent, in order. */
export interface Device {
  readonly socket: Socket;
  readonly heard: { readonly event: string; readonly payload: unknown }[];
  /** Sends with an acknowledgement. */
  ask(event: string, ...payloads: unknown[]): Promise<unknown>;
  /** Sends without one. */
  tell(event: string, ...payloads: unknown[]): void;
  /** The next payload of that event that was not taken yet. */
  next(event: string): Promise<unknown>;
  /** What it was sent of that event so far, once everything sent before now has arrived. */
  all(event: string): Promise<unknown[]>;
  /** The reason why the connection ended. */
  readonly closed: Promise<string>;
}

export interface TestServer {
  readonly chat: Chat;
  readonly ports: ChatPorts;
  readonly sockets: ChatSockets;
  readonly server: HttpServer;
  readonly port: number;
  readonly url: string;
  signUp(name: string): Promise<Person>;
  /** A device of that person, connected with the token in its handshake; null: one that has not logged in. */
  device(person: Person | null, options?: DeviceOptions): Promise<Device>;
  /** A client that was not told to connect yet. */
  client(options?: DeviceOptions & { readonly auth?: object }): Socket;
}

interface DeviceOptions {
  readonly transports?: Transports;
  readonly headers?: Record<string, string>;
}

export interface TestServerOptions extends Omit<OverHttpServer, "chat" | "server"> {
  readonly policy?: Partial<ChatPolicy>;
  readonly responders?: NonNullable<ChatPorts["responders"]>;
  /** Changes what the door sees of the chat. */
  readonly wrap?: (chat: Chat) => Chat;
}

const listen = (server: HttpServer): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

const asDevice = (socket: Socket): Device => {
  const heard: Device["heard"] = [];
  const taken = new Map<string, number>();
  let wake: () => void = () => undefined;
  socket.onAny((event: string, payload: unknown) => {
    heard.push({ event, payload });
    wake();
  });
  const payloadsOf = (event: string): unknown[] =>
    heard.filter((each) => each.event === event).map(({ payload }) => payload);
  const ask: Device["ask"] = (event, ...payloads) => socket.timeout(30_000).emitWithAck(event, ...payloads);
  return {
    socket,
    heard,
    ask,
    tell: (event, ...payloads) => void socket.emit(event, ...payloads),
    next: async (event) => {
      const at = taken.get(event) ?? 0;
      taken.set(event, at + 1);
      while (payloadsOf(event).length <= at) {
        await new Promise<void>((resolve) => {
          const before = wake;
          wake = () => {
            before();
            resolve();
          };
        });
      }
      return payloadsOf(event)[at];
    },
    all: async (event) => {
      // Packets of one socket keep their order: what was sent before this answer is here when the answer is.
      await ask("is everything here?");
      return payloadsOf(event);
    },
    closed: new Promise((resolve) => {
      socket.once("disconnect", resolve);
    }),
  };
};

/** Settles once the client is connected, or with the error that it was given. */
export const connected = (socket: Socket): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once("connect", () => resolve());
    socket.once("connect_error", reject);
    socket.connect();
  });

/** The real chat over the stores in memory, behind a real HTTP server. It is closed when the test ends. */
export const startTestServer = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const { policy = {}, responders = [], wrap = (chat) => chat, ...rest } = options;
  const ports: ChatPorts = { ...createMemoryPorts(), hasher, tokens, responders };
  const chat = createChat(ports, { rateLimits: "off", ...policy });
  await chat.start();
  const server = createServer((_request, response) => response.writeHead(404).end());
  const sockets = createChatSockets({ chat: wrap(chat), server, ...rest });
  const port = await listen(server);
  const url = `http://127.0.0.1:${port}`;
  const clients: Socket[] = [];

  const client: TestServer["client"] = ({ transports = ["websocket"], headers, auth = {} } = {}) => {
    const socket = connect(url, {
      transports: [...transports],
      auth,
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      ...(headers !== undefined && { extraHeaders: headers }),
    });
    clients.push(socket);
    return socket;
  };

  onTestFinished(async () => {
    for (const socket of clients) socket.disconnect();
    await sockets.close();
    await chat.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  return {
    chat,
    ports,
    sockets,
    server,
    port,
    url,
    client,
    signUp: async (name) => {
      const email = `${name.toLowerCase()}@example.org`;
      const { token, user } = await chat.signUp({ email, password: "correct horse", username: name }, home);
      return { id: user.id, name, token, caller: await chat.authenticate(token) };
    },
    device: async (person, deviceOptions = {}) => {
      const socket = client({ ...deviceOptions, ...(person !== null && { auth: { token: person.token } }) });
      const device = asDevice(socket);
      await connected(socket);
      return device;
    },
  };
};
