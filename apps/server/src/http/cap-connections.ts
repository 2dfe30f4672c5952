import type { Server } from "node:net";

/** Closes at once each connection beyond `most` from one address, except from addresses that are `uncapped`. */
export const capConnections = (server: Server, most: number, uncapped: (address: string) => boolean): void => {
  const open = new Map<string, number>();
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "";
    if (uncapped(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once("close", () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
    if (count > most) socket.destroy();
  });
};
