import { toUserStatusJson } from "@standin/http-api";
import type { Server, Socket } from "socket.io";
import { packetsBehind } from "./backlog.ts";
import { rooms } from "./rooms.ts";
import type { StatusChanged } from "./status-fanout.ts";

const packetBound = 100;

/**
 * Sends changes of status to those who may hear of them. A socket with more than 100 packets waiting gets none until it has drained;
 * then it is told once to read the lists again.
 */
export const createStatusDelivery = (io: Server): ((changes: readonly StatusChanged[]) => void) => {
  const skip = (socket: Socket): void => {
    void socket.join(rooms.behind);
    socket.conn.once("drain", () => {
      void socket.leave(rooms.behind);
      if (socket.connected) socket.emit("resync", {});
    });
  };

  const skipThoseBehind = (): void => {
    for (const socket of io.sockets.sockets.values()) {
      if (packetsBehind(socket.conn) > packetBound && !socket.rooms.has(rooms.behind)) skip(socket);
    }
  };

  return (changes) => {
    skipThoseBehind();
    for (const { user, audience } of changes) {
      const to = audience === "everyone" ? rooms.people : [user.id, ...audience].map(rooms.user);
      io.local.to(to).except(rooms.behind).emit("userStatusUpdated", toUserStatusJson(user));
    }
  };
};
