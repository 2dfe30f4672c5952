export type { Abortable } from "./abortable.ts";
export type { ChatClient, ListUsersQuery, SignedOut, StatusChange } from "./chat-client.ts";
export type { Conversation, ConversationSummary, SendOptions, TimelineEntry } from "./conversations/conversation.ts";
export { createChatClient } from "./create-chat-client.ts";
export {
  ClientError,
  type ClientErrorCode,
  type ClientErrorJson,
  type FieldError,
  type LocalErrorCode,
  type ServerErrorCode,
} from "./errors.ts";
export type { ClientEventName, ClientEvents, ConnectionState } from "./events.ts";
export type { ChatClientOptions, Timing } from "./options.ts";
export type { OutboxEntry } from "./outbox/outbox-entry.ts";
export type { Seen, SeenAnswers } from "./seen/last-seen.ts";
export type { PageQuery, StandIn } from "./stand-in.ts";
export type * from "./stand-in-wire.ts";
export { memoryStorage } from "./storage/memory-storage.ts";
export type { ClientStorage, StorageChange } from "./storage/storage.ts";
export type { Message, Status, User, UserPage } from "./wire.ts";
