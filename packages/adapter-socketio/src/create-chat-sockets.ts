import type { Caller } from "@standin/core";
import { ChatError, isChatError, type Logger } from "@standin/core/ports";
import { toErrorJson } from "@standin/http-api";
import type { Socket } from "socket.io";
import { attach } from "./attachment.ts";
import type { EngineSocket } from "./backlog.ts";
import { Connection } from "./connection.ts";
import { pause, sendAway } from "./departures.ts";
import { refuseBinary } from "./frames.ts";
import { guardEngine } from "./gate.ts";
import { handshakeToken } from "./identity.ts";
import { receiveFrom } from "./incoming.ts";
import type { ChatSockets, ChatSocketsOptions } from "./options.ts";
import { createPushes } from "./pushes.ts";
import { watchSlowReaders } from "./slow-readers.ts";
import { createStatusDelivery } from "./status-delivery.ts";
import { createStatusFanout } from "./status-fanout.ts";
import { systemTimer } from "./system-timer.ts";

const nobody = (): void => undefined;
const silent: Logger = { debug: nobody, info: nobody, warn: nobody, error: nobody };

const defaultConnectionsPerAddress = 1_000;
const defaultWindowMs = 2_000;
/** How long peers get to answer the closing handshake. */
const hangUpWithinMs = 1_000;

/** What Socket.IO turns into a client's `connect_error`. */
const connectError = (error: unknown): Error => {
  const data = toErrorJson(error);
  return Object.assign(new Error(data.message), { data });
};

/**
 * Opens the realtime door of a chat over Socket.IO 4.
 *
 * @example
 * const server = createServer(app);
 * const sockets = createChatSockets({ chat, server });
 * server.listen(3000);
 * // later
 * await sockets.drain();
 */
export const createChatSockets = (options: ChatSocketsOptions): ChatSockets => {
  const { chat, logger = silent, timer = systemTimer, clock = { now: Date.now } } = options;
  const attachment = options.server === undefined ? null : attach(options.server, options.transports);
  const io = attachment?.io ?? (options as { io: ChatSockets["io"] }).io;
  const connections = new Map<string, Connection>();
  const proofs = new WeakMap<Socket, Caller>();
  let stopping = false;

  guardEngine(io.engine, {
    allowedOrigins: options.allowedOrigins ?? [],
    trustProxy: options.trustProxy,
    connectionsPerAddress: options.connectionsPerAddress ?? defaultConnectionsPerAddress,
    stopping: () => stopping,
  });

  const onEngineConnection = (conn: EngineSocket): void => {
    conn.on("error", (err: unknown) => logger.debug({ err }, "A connection failed"));
    refuseBinary(conn);
  };

  const checkHandshake = async (socket: Socket): Promise<void> => {
    if (stopping) throw new ChatError("UNAVAILABLE");
    const token = handshakeToken(socket.handshake);
    if (token !== null) proofs.set(socket, await chat.authenticate(token));
  };

  const onConnection = (socket: Socket): void => {
    const connection = new Connection(socket, { chat, timer, clock, logger });
    connections.set(connection.id, connection);
    socket.on("error", (err) => logger.debug({ err }, "A socket failed"));
    socket.once("disconnect", () => connections.delete(connection.id));
    const proof = proofs.get(socket);
    if (proof !== undefined) {
      connection.logIn(Promise.resolve(proof)).catch((err: unknown) => {
        if (isChatError(err) && err.code === "UNAUTHORIZED") return connection.close();
        logger.warn({ err }, "A socket could not be logged in");
        // It was told that it is connected; cut off, it comes back and tries again.
        connection.leave();
      });
    }
    receiveFrom(connection, { chat, logger, observe: options.observe ?? nobody });
  };

  const fanout = createStatusFanout({ timer, deliver: createStatusDelivery(io) });
  const connectionsIn = (room: string): readonly Connection[] =>
    [...(io.sockets.adapter.rooms.get(room) ?? [])].flatMap((id) => connections.get(id) ?? []);
  const push = createPushes({
    io,
    connectionsIn,
    statusChanged: fanout.push,
  });

  io.engine.on("connection", onEngineConnection);
  io.use((socket, next) => {
    checkHandshake(socket).then(
      () => next(),
      (error: unknown) => next(connectError(error)),
    );
  });
  io.on("connection", onConnection);
  const unsubscribe = chat.subscribe((event) => {
    try {
      push(event);
    } catch (err) {
      logger.error({ err, event: event.type }, "An event could not be pushed");
    }
  });
  const stopWatching = watchSlowReaders({
    connections: () => [...connections.values()].map(({ socket }) => socket.conn),
    timer,
    clock,
    logger,
  });

  const shut = async (): Promise<void> => {
    stopping = true;
    unsubscribe();
    stopWatching();
    fanout.close();
    const leaving = [...connections.values()];
    for (const { socket } of leaving) socket.conn.close(true);
    if (attachment !== null) {
      await Promise.race([attachment.hangUp(), pause(timer, hangUpWithinMs)]);
      attachment.detach();
    } else {
      io.engine.off("connection", onEngineConnection);
      io.off("connection", onConnection);
    }
    await Promise.all(leaving.map(({ gone }) => gone));
  };

  let shutting: Promise<void> | null = null;
  const close = (): Promise<void> => {
    shutting ??= shut();
    return shutting;
  };

  return {
    io,
    async drain({ windowMs = defaultWindowMs } = {}) {
      stopping = true;
      const leaving = [...connections.values()];
      await sendAway(leaving, timer, windowMs);
      // One that reads nothing never takes its last packets: it is not waited for longer than this.
      await Promise.race([Promise.all(leaving.map(({ gone }) => gone)), pause(timer, windowMs)]);
      await close();
    },
    close,
    stats: () => {
      const all = [...connections.values()];
      return { connected: all.length, loggedIn: all.filter(({ caller }) => caller !== null).length };
    },
  };
};
