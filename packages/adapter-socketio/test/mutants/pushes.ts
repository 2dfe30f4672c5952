import { toUserStatusJson } from "@standin/http-api";
import { hearing, inFrontOf, intercepting, over, payloadOf, pushing } from "../tampering.ts";
import type { Mutant } from "./mutant.ts";

/** Doors that tell the wrong people, too often, too little or too much. */
export const pushMutants: readonly Mutant[] = [
  {
    name: "pushes nothing of what came over a socket",
    door: hearing((event) => (event.type === "message-stored" && event.via !== null ? [] : [event])),
    fails: ["RD-03", "RD-04", "RD-13", "RD-30", "RD-32", "RD-33", "RD-34", "RD-35", "RD-37", "RD-38", "RD-80"],
  },
  {
    name: "keeps from the sender what came through another door",
    door: over((ground) => {
      const fromElsewhere = new Set<unknown>();
      ground.chat.subscribe((event) => {
        if (event.type === "message-stored" && event.via === null) fromElsewhere.add(event.message.id);
      });
      return pushing((event, payload) =>
        event === "messageSent" && fromElsewhere.has(payload["_id"]) ? [] : [[event, payload]],
      )(ground);
    }),
    fails: ["RD-31", "RD-80", "RD-82", "RD-83"],
  },
  {
    name: "keeps quiet about reading",
    door: hearing((event) => (event.type === "messages-read" ? [] : [event])),
    fails: ["RD-11", "RD-35", "RD-36"],
  },
  {
    name: "keeps quiet about typing",
    door: hearing((event) => (event.type === "typing" ? [] : [event])),
    fails: ["RD-12", "RD-38"],
  },
  {
    name: "pushes back to the device that sent",
    door: hearing((event) => [event.type === "message-stored" ? { ...event, via: null } : event]),
    fails: ["RD-03", "RD-04", "RD-11", "RD-30", "RD-32", "RD-33", "RD-35", "RD-80"],
  },
  {
    name: "pushes back to the device that read",
    door: hearing((event) => [event.type === "messages-read" ? { ...event, via: null } : event]),
    fails: ["RD-11", "RD-35", "RD-36"],
  },
  {
    name: "tells people of messages from whom they blocked",
    door: hearing((event) => [
      event.type === "message-stored" ? { ...event, message: { ...event.message, blocked: false } } : event,
    ]),
    fails: ["RD-35"],
  },
  {
    name: "tells people that whom they blocked has read",
    door: hearing((event) => [event.type === "messages-read" ? { ...event, hidden: false } : event]),
    fails: ["RD-35"],
  },
  {
    name: "takes a note to oneself for news",
    door: over(
      pushing((event, payload) =>
        event === "messageSent" && payload["sender"] === payload["recipient"]
          ? [
              [event, payload],
              ["incomingMessage", { ...payload, from: payload["sender"] }],
            ]
          : [[event, payload]],
      ),
    ),
    fails: ["RD-32"],
  },
  {
    name: "forgets the client's id of a send",
    door: inFrontOf((chat) => ({
      sendMessage: (caller, { to, message }, via) => chat.sendMessage(caller, { to, message }, via),
    })),
    fails: ["RD-03", "RD-33", "RD-34"],
  },
  {
    name: "tells the recipient the client's id of a send",
    door: over((ground) => {
      const ids = new Map<unknown, string | null>();
      ground.chat.subscribe((event) => {
        if (event.type === "message-stored") ids.set(event.message.id, event.message.clientMsgId);
      });
      return pushing((event, payload) => {
        const clientMsgId = ids.get(payload["_id"]) ?? null;
        return [[event, clientMsgId === null ? payload : { ...payload, clientMsgId }]];
      })(ground);
    }),
    fails: ["RD-03", "RD-34"],
  },
  {
    name: "lets every other send of a socket overtake",
    door: over((ground) => {
      const late = new WeakSet<object>();
      let sends = 0;
      return intercepting(() => (arrival, socket) => {
        if (arrival.data[0] !== "sendMessage" || late.has(arrival)) return true;
        sends += 1;
        if (sends % 2 === 0) return true;
        late.add(arrival);
        setTimeout(() => (socket as unknown as { onevent(again: object): void }).onevent(arrival), 30);
        return false;
      })(ground);
    }),
    fails: ["RD-37"],
  },
  {
    name: "believes who is said to be typing",
    door: over(
      intercepting(({ io }) => (arrival, _socket, reply) => {
        const { from, to } = payloadOf(arrival);
        if (arrival.data[0] !== "typing" || from === undefined) return true;
        io.to(`user:${String(to)}`).emit("typing", { from });
        reply({ success: true });
        return false;
      }),
    ),
    fails: ["RD-38"],
  },
  {
    name: "announces statuses twice",
    door: over(
      pushing((event, payload) =>
        event === "userStatusUpdated"
          ? [
              [event, payload],
              [event, payload],
            ]
          : [[event, payload]],
      ),
    ),
    fails: ["RD-08", "RD-09", "RD-40", "RD-41", "RD-42", "RD-43", "RD-45"],
  },
  {
    name: "announces every device that comes",
    door: over(({ io, chat }) => ({
      connections: {
        close: chat.connections.close,
        async open(caller, id) {
          const user = await chat.connections.open(caller, id);
          io.to("people").emit("userStatusUpdated", toUserStatusJson(user));
          return user;
        },
      },
    })),
    fails: ["RD-42", "RD-44"],
  },
  {
    name: "lets no connection end",
    door: inFrontOf((chat) => ({ connections: { open: chat.connections.open, close: async () => undefined } })),
    fails: ["RD-43", "RD-44"],
  },
  {
    name: "ends every connection of a person with the first",
    door: inFrontOf((chat) => {
      const open = new Map<string, string>();
      return {
        connections: {
          open: (caller, id) => {
            open.set(id, caller.userId);
            return chat.connections.open(caller, id);
          },
          close: async (id, options) => {
            const userId = open.get(id);
            for (const [each, owner] of open) if (owner === userId) await chat.connections.close(each, options);
          },
        },
      };
    }),
    fails: ["RD-43"],
  },
  {
    name: "ends BUSY with the connection",
    door: inFrontOf((chat) => {
      const callers = new Map<string, Parameters<typeof chat.connections.open>[0]>();
      return {
        connections: {
          open: (caller, id) => {
            callers.set(id, caller);
            return chat.connections.open(caller, id);
          },
          close: async (id, options) => {
            const caller = callers.get(id);
            if (caller !== undefined) await chat.changeStatus(caller, { status: "ONLINE" });
            await chat.connections.close(id, options);
          },
        },
      };
    }),
    fails: ["RD-44"],
  },
  {
    name: "keeps quiet about the end of BUSY",
    door: hearing((event) => (event.type === "status-changed" && event.user.prevstatus === "BUSY" ? [] : [event])),
    fails: ["RD-45"],
  },
  {
    name: "tells the status of those who are there to themselves alone",
    door: hearing((event) => [
      event.type === "status-changed" && event.user.connected ? { ...event, audience: [] } : event,
    ]),
    fails: ["RD-08", "RD-09", "RD-40", "RD-41", "RD-42", "RD-45"],
  },
];
