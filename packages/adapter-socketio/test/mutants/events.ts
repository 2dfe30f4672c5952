import { isChatError } from "@standin/core/ports";
import { toMessageJson } from "@standin/http-api";
import { inFrontOf, intercepting, over, payloadOf, pushing } from "../tampering.ts";
import type { Mutant } from "./mutant.ts";

/** Doors that answer what clients send otherwise than they should. */
export const eventMutants: readonly Mutant[] = [
  {
    name: "forgets the acknowledgement of typing",
    door: over(
      intercepting(() => (arrival) => {
        if (arrival.data[0] === "typing") delete arrival.id;
        return true;
      }),
    ),
    fails: ["RD-12", "RD-26", "RD-35", "RD-38", "RD-60", "RD-68"],
  },
  {
    name: "answers a send by its event as well as by its acknowledgement",
    door: over(
      intercepting(() => (arrival, socket) => {
        if (arrival.data[0] === "sendMessage" && arrival.id !== undefined)
          socket.emit("messageResponse", { success: true, message: "Message sent" });
        return true;
      }),
    ),
    fails: ["RD-03", "RD-05", "RD-11", "RD-26"],
  },
  {
    name: "answers by acknowledgement alone",
    door: over(({ io }) => {
      io.on("connection", (socket) => {
        const emit = socket.emit.bind(socket);
        socket.emit = (event, ...payloads) =>
          event === "messageResponse" || event === "messages" || emit(event, ...payloads);
      });
      return undefined;
    }),
    fails: ["RD-04", "RD-05", "RD-06", "RD-07", "RD-26", "RD-61"],
  },
  {
    name: "answers a log-in without the user",
    door: inFrontOf((chat) => ({ me: async (caller) => ({ ...(await chat.me(caller)), connected: false }) })),
    fails: ["RD-01"],
  },
  {
    name: "reads history backwards",
    door: inFrontOf((chat) => ({
      readMessages: async (caller, input) => {
        const list = await chat.readMessages(caller, input);
        return { ...list, messages: list.messages.toReversed() };
      },
    })),
    fails: ["RD-06", "RD-81"],
  },
  {
    name: "reads anybody's history to everybody",
    door: over(
      intercepting(({ chat }) => (arrival, socket, reply) => {
        const { from, to } = payloadOf(arrival);
        const isParty = socket.rooms.has(`user:${from}`) || socket.rooms.has(`user:${to}`);
        if (arrival.data[0] !== "getMessages" || isParty || !socket.rooms.has("people")) return true;
        if (typeof from !== "string" || typeof to !== "string") return true;
        const caller = { userId: from, username: "", sessionId: "", expiresAt: Number.POSITIVE_INFINITY };
        void chat.readMessages(caller, { peer: to }).then(({ messages }) => {
          const answer = { success: true, messages: messages.map((message) => toMessageJson(message, from)) };
          if (arrival.id === undefined) socket.emit("messages", answer);
          else reply(answer);
        });
        return false;
      }),
    ),
    fails: ["RD-07", "RD-25"],
  },
  {
    name: "takes an unknown status for AVAILABLE",
    door: over(
      intercepting(() => (arrival) => {
        if (payloadOf(arrival)["status"] === "AWAY") arrival.data[1] = { status: "AVAILABLE" };
        return true;
      }),
    ),
    fails: ["RD-10"],
  },
  {
    name: "never changes from polling to a WebSocket",
    door: over(() => undefined, { allowUpgrades: false }),
    fails: ["RD-13"],
  },
  {
    name: "is silent where a payload is missing",
    door: over(
      intercepting(
        () =>
          ({ data }) =>
            data.length > 1,
      ),
    ),
    fails: ["RD-60", "RD-61"],
  },
  {
    name: "passes over what follows the payload",
    door: over(
      intercepting(() => ({ data }) => {
        data.splice(2);
        return true;
      }),
    ),
    fails: ["RD-62"],
  },
  {
    name: "makes strings and numbers of everything",
    door: over(
      intercepting(() => (arrival) => {
        const { to, seq, ...others } = payloadOf(arrival);
        if (to !== undefined && typeof to !== "string") arrival.data[1] = { ...others, seq, to: String(to) };
        if (typeof seq === "string") arrival.data[1] = { ...others, to, seq: Number(seq) };
        return true;
      }),
    ),
    fails: ["RD-63"],
  },
  {
    name: "hands unknown events on to everybody",
    door: over(
      intercepting(({ io }) => ({ data }) => {
        if (data[0] === "incomingMessage") io.emit("incomingMessage", data[1]);
        return true;
      }),
    ),
    fails: ["RD-64"],
  },
  {
    name: "counts no typing",
    door: inFrontOf((chat) => ({
      typing: (caller, input) =>
        chat.typing(caller, input).catch((error: unknown) => {
          if (!isChatError(error) || error.code !== "LIMITED") throw error;
        }),
    })),
    fails: ["RD-68"],
  },
  { name: "counts no calls", door: inFrontOf(() => ({ countCall: async () => undefined })), fails: ["RD-69"] },
  {
    name: "tells of every change of status that is asked for",
    door: over(
      intercepting(({ io }) => (arrival, socket) => {
        const { status } = payloadOf(arrival);
        if (arrival.data[0] === "userStatusUpdate")
          io.emit("userStatusUpdated", {
            userId: [...socket.rooms].find((room) => room.startsWith("user:"))?.slice(5),
            status,
          });
        return true;
      }),
    ),
    fails: ["RD-08", "RD-09", "RD-10", "RD-26", "RD-41", "RD-61"],
  },
  {
    name: "forgets what marks a stand-in's words",
    door: over(
      pushing((event, payload) => {
        const { label: _, onBehalfOf: __, ...unmarked } = payload;
        return [[event, unmarked]];
      }),
    ),
    fails: ["RD-80", "RD-81", "RD-82"],
  },
];
