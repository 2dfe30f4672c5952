import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRealtimeHost, type RealtimeDoorSubject, type RealtimeHost } from "@standin/contract-tests/realtime";
import { type ChatSockets, type ChatSocketsOptions, createChatSockets } from "../src/index.ts";

/** What a door of the contract is opened with. */
type ContractDoorOptions = RealtimeHost["options"] & Pick<ChatSocketsOptions, "timer">;

export type DoorMaker = (server: HttpServer, options: ContractDoorOptions) => Pick<ChatSockets, "close">;

/** A door for the contract, on a port of its own; `open` is what makes it of the server and of what the contract puts behind it. */
export const createContractDoor = async (
  open: DoorMaker = (server, options) => createChatSockets({ ...options, server }),
): Promise<RealtimeDoorSubject> => {
  const { options, pass, dispose } = await createRealtimeHost();
  const server = createServer((_request, response) => response.writeHead(404).end());
  const sockets = open(server, options);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port: { url: `http://127.0.0.1:${port}`, chat: options.chat, pass },
    async dispose() {
      await sockets.close();
      await dispose();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
