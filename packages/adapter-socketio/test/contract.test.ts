import { realtimeDoorContract } from "@standin/contract-tests/realtime";
import { testContract } from "@standin/contract-tests/vitest";
import { createChatSockets } from "../src/index.ts";
import { createContractDoor } from "./contract-door.ts";

testContract(realtimeDoorContract, {
  name: "socket.io",
  capabilities: { polling: true },
  create: () => createContractDoor(),
});

testContract(realtimeDoorContract, {
  name: "socket.io, WebSocket only",
  capabilities: { polling: { unsupported: "the door was opened for WebSockets alone" } },
  create: () =>
    createContractDoor((server, options) => createChatSockets({ ...options, server, transports: ["websocket"] })),
});
