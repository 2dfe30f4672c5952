import type { Caller } from "@standin/core";
import type { Socket } from "socket.io";
import { hearing, intercepting, over, payloadOf, type Tamper } from "../tampering.ts";
import type { Mutant } from "./mutant.ts";

const unauthorized = { success: false, message: "You are not authorized", code: "UNAUTHORIZED" };

/** Does something with the handshake before the door sees it. */
const atHandshake =
  (change: (handshake: Socket["handshake"]) => Promise<void> | void): Tamper =>
  ({ io }) => {
    io.use((socket, next) => {
      Promise.resolve(change(socket.handshake)).then(() => next(), next);
    });
    return undefined;
  };

/** Doors that take somebody for somebody else, or let in or keep whom they should not. */
export const identityMutants: readonly Mutant[] = [
  {
    name: "logs nobody in by the handshake",
    door: over(({ io, chat }) => {
      const tokens = new WeakMap<Socket, unknown>();
      io.use((socket, next) => {
        const { token } = socket.handshake.auth;
        chat.authenticate(String(token)).then(
          () => {
            tokens.set(socket, token);
            delete socket.handshake.auth["token"];
            next();
          },
          () => next(),
        );
      });
      intercepting(() => (arrival, socket) => {
        if (arrival.data[0] === "userLoggedIn" && tokens.has(socket))
          arrival.data[1] = { token: tokens.get(socket), ...payloadOf(arrival) };
        return true;
      })({ io, chat });
      return undefined;
    }),
    fails: ["RD-20", "RD-22"],
  },
  {
    name: "does not read the header",
    door: over(
      atHandshake((handshake) => {
        delete handshake.headers.authorization;
      }),
    ),
    fails: ["RD-21", "RD-22"],
  },
  {
    name: "takes a bad token for none",
    door: over(({ io, chat }) =>
      atHandshake(async (handshake) => {
        const isGood = (token: unknown): Promise<boolean> =>
          chat.authenticate(String(token)).then(
            () => true,
            () => false,
          );
        const { headers, auth } = handshake;
        if (!(await isGood(auth["token"]))) delete auth["token"];
        if (!(await isGood(headers.authorization?.slice("bearer ".length)))) delete headers.authorization;
      })({ io, chat }),
    ),
    fails: ["RD-22"],
  },
  {
    name: "takes no token with userLoggedIn",
    door: over(
      intercepting(() => (arrival) => {
        const { token: _, ...others } = payloadOf(arrival);
        if (arrival.data[0] === "userLoggedIn" && "userId" in others) arrival.data[1] = others;
        return true;
      }),
    ),
    fails: ["RD-02", "RD-23", "RD-24", "RD-27", "RD-53"],
  },
  {
    name: "believes a userId without a token",
    door: over((ground) => {
      const { chat } = ground;
      intercepting(() => (arrival) => {
        const { userId, token } = payloadOf(arrival);
        if (arrival.data[0] === "userLoggedIn" && typeof userId === "string" && token === undefined)
          arrival.data[1] = { userId, token: `believed ${userId}` };
        return true;
      })(ground);
      const believed = (userId: string): Caller => ({
        userId,
        username: "",
        sessionId: `believed ${userId}`,
        expiresAt: Date.now() + 60_000,
      });
      return {
        authenticate: async (token) =>
          token.startsWith("believed ") ? believed(token.slice("believed ".length)) : chat.authenticate(token),
        connections: {
          close: chat.connections.close,
          open: (caller, id) =>
            caller.sessionId.startsWith("believed ") ? chat.me(caller) : chat.connections.open(caller, id),
        },
      };
    }),
    fails: ["RD-24"],
  },
  {
    name: "welcomes a second person on a socket",
    door: over(
      intercepting(({ chat }) => (arrival, socket, reply) => {
        const { userId, token } = payloadOf(arrival);
        if (arrival.data[0] !== "userLoggedIn" || socket.rooms.size < 2 || typeof token !== "string") return true;
        chat.authenticate(token).then(
          () => reply({ success: true, user: { id: userId } }),
          () => reply({ success: true, user: { id: userId } }),
        );
        return false;
      }),
    ),
    fails: ["RD-25"],
  },
  {
    name: "tells guests what everybody is told",
    door: over(({ io }) => {
      io.on("connection", (socket) => void socket.join("people"));
      return undefined;
    }),
    fails: ["RD-26"],
  },
  {
    name: "refuses what comes right behind a log-in",
    door: over(
      intercepting(() => (arrival, socket, reply) => {
        if (arrival.data[0] !== "sendMessage" || socket.rooms.has("people")) return true;
        if (arrival.id === undefined) socket.emit("messageResponse", unauthorized);
        else reply(unauthorized);
        return false;
      }),
    ),
    fails: ["RD-27"],
  },
  {
    name: "keeps the sockets of ended sessions",
    door: hearing((event) => (event.type === "sessions-ended" ? [] : [event])),
    fails: ["RD-50", "RD-51", "RD-52", "RD-53"],
  },
  {
    name: "ends every session where it should end one",
    door: hearing((event) => [event.type === "sessions-ended" ? { ...event, sessions: { allBut: null } } : event]),
    fails: ["RD-50", "RD-52"],
  },
];
