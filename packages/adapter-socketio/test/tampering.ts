import type { Chat } from "@standin/core";
import { Server, type ServerOptions, type Socket } from "socket.io";
import { chatServerOptions, createChatSockets } from "../src/index.ts";
import type { DoorMaker } from "./contract-door.ts";

export type ChatEvent = Parameters<Parameters<Chat["subscribe"]>[0]>[0];
export type Payload = Readonly<Record<string, unknown>>;
type Reply = (answer: object) => void;

/** What a door stands on: its Socket.IO server before the door is opened, and the chat as it is. */
export interface Ground {
  readonly io: Server;
  readonly chat: Chat;
}

/** Changes the ground, and perhaps the chat that the door sees. */
export type Tamper = (ground: Ground) => Partial<Chat> | undefined;

/** A door in front of a chat that does not keep its word. */
export const inFrontOf =
  (spoil: (chat: Chat) => Partial<Chat>): DoorMaker =>
  (server, options) =>
    createChatSockets({ ...options, chat: { ...options.chat, ...spoil(options.chat) }, server });

/** A door that is told of other events than happened. */
export const hearing = (mishear: (event: ChatEvent) => readonly ChatEvent[]): DoorMaker =>
  inFrontOf((chat) => ({
    subscribe: (listener) =>
      chat.subscribe((event) => {
        for (const each of mishear(event)) listener(each);
      }),
  }));

/** A door on ground that somebody tampered with. */
export const over =
  (tamper: Tamper, serverOptions: Partial<ServerOptions> = {}): DoorMaker =>
  (server, options) => {
    const io = new Server(server, { ...chatServerOptions(), ...serverOptions });
    const chat = { ...options.chat, ...tamper({ io, chat: options.chat }) };
    const sockets = createChatSockets({ ...options, chat, io });
    return {
      async close() {
        await sockets.close();
        await io.close();
      },
    };
  };

/** One event of a client as Socket.IO takes it in. */
export interface Arrival {
  /** Its name and payloads; may be changed in place. */
  data: unknown[];
  /** The acknowledgement that the client waits for. */
  id?: number;
}

/** How Socket.IO takes an event in and answers it; its types call both private. */
interface Inner {
  onevent(arrival: Arrival): void;
  ack(id: number): Reply;
}

/** Who sees an event first. Returns whether the door shall see it, too. */
type Interceptor = (arrival: Arrival, socket: Socket, reply: Reply) => boolean;

/** Sees every event of a client before the door does. */
export const intercepting =
  (see: (ground: Ground) => Interceptor): Tamper =>
  (ground) => {
    const goesOn = see(ground);
    ground.io.on("connection", (socket) => {
      const inner = socket as unknown as Inner;
      const receive = inner.onevent.bind(socket);
      inner.onevent = (arrival) => {
        const reply: Reply = (answer) => arrival.id !== undefined && inner.ack(arrival.id)(answer);
        if (goesOn(arrival, socket, reply)) receive(arrival);
      };
    });
    return undefined;
  };

/** The first payload of an event, if it has fields. */
export const payloadOf = ({ data }: Arrival): Payload =>
  typeof data[1] === "object" && data[1] !== null ? { ...data[1] } : {};

/** Sees every push before it goes out; what it returns goes out instead. */
export const pushing =
  (see: (event: string, payload: Payload) => readonly (readonly [string, Payload])[]): Tamper =>
  ({ io }) => {
    const { adapter } = io.sockets;
    const broadcast = adapter.broadcast.bind(adapter);
    adapter.broadcast = (packet: { readonly data: readonly [string, Payload] }, options) => {
      for (const data of see(...packet.data)) broadcast({ ...packet, data: [...data] }, options);
    };
    return undefined;
  };
