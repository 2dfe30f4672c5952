export * from "../domain/index.ts";
export {
  ChatError,
  type ChatErrorCode,
  type ChatErrorOptions,
  type FieldError,
  isChatError,
} from "../errors/chat-error.ts";
export { isResponderError, ResponderError, type ResponderFailure } from "../errors/responder-error.ts";
export * from "./auto-responder.ts";
export * from "./cancel-signal.ts";
export * from "./clock.ts";
export * from "./event-publisher.ts";
export * from "./id-generator.ts";
export * from "./logger.ts";
export * from "./message-repository.ts";
export * from "./password-hasher.ts";
export * from "./presence-store.ts";
export * from "./rate-limiter.ts";
export * from "./relation-repository.ts";
export * from "./session-repository.ts";
export * from "./stand-in-repository.ts";
export * from "./timer.ts";
export * from "./token-service.ts";
export * from "./user-repository.ts";
