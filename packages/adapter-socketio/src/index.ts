export { createChatSockets } from "./create-chat-sockets.ts";
export type {
  ChatSockets,
  ChatSocketsBaseOptions,
  ChatSocketsOptions,
  ChatSocketsStats,
  DrainOptions,
  OverHttpServer,
  OverSocketServer,
  SeenEvent,
  SocketTransport,
} from "./options.ts";
export { chatServerOptions } from "./server-options.ts";
