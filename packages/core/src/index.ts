export type * from "./application/chat.ts";
export type { ChatPorts } from "./application/chat-ports.ts";
export { createChat } from "./application/create-chat.ts";
export { rules, sizes } from "./application/limits.ts";
export { type ChatPolicy, defaultPolicy } from "./application/policy.ts";
export type * from "./application/stand-in-calls.ts";
export * from "./domain/index.ts";
export {
  ChatError,
  type ChatErrorCode,
  type ChatErrorOptions,
  type FieldError,
  isChatError,
} from "./errors/chat-error.ts";
