import type { Socket } from "socket.io";
import type { Device, TestServer } from "./test-server.ts";

export interface Stalled {
  /** The server's end of the device. */
  readonly socket: Socket;
  /** Lets the transport take what waits. */
  release(): void;
}

interface Transport {
  writable: boolean;
  emit(event: "ready"): void;
}

/** Makes the transport under a device take nothing, as it comes to when a peer does not read. */
export const stall = (server: TestServer, device: Device): Stalled => {
  const socket = server.sockets.io.sockets.sockets.get(device.socket.id ?? "");
  if (socket === undefined) throw new Error("no such socket");
  const transport = socket.conn.transport as unknown as Transport;
  // A packet that was taken before says "writable" when it is out: that is not heard.
  Object.defineProperty(transport, "writable", { get: () => false, set: () => undefined, configurable: true });
  return {
    socket,
    release: () => {
      Object.defineProperty(transport, "writable", { value: true, writable: true, configurable: true });
      transport.emit("ready");
    },
  };
};
