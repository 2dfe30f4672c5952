import type {
  ConversationsJson,
  MessageJson,
  MessagesJson,
  ServerToClientEvents as PublishedEvents,
  ReadPositionJson,
  UserJson,
  UsersJson,
} from "@standin/http-api";
import type { ServerErrorCode } from "./errors.ts";

/** A person, as the server tells of them. */
export type User = UserJson;
/** AVAILABLE, BUSY or ONLINE. */
export type Status = User["status"];
/** A stored message. Order is by `seq`, never by `timestamp`. */
export type Message = MessageJson;
export type UserPage = UsersJson;
export type MessagePage = MessagesJson;
export type ConversationPage = ConversationsJson;
export type ReadPosition = ReadPositionJson;

/** The events that the server sends of its own accord. */
export type ServerToClientEvents = Omit<PublishedEvents, "messages" | "messageResponse">;

/** What an acknowledgement brings when the event was refused. */
export interface Refusal {
  readonly success: false;
  readonly code: ServerErrorCode;
  readonly message: string;
}

type Answer<Success> = (answer: ({ readonly success: true } & Success) | Refusal) => void;

/** The events that this client sends. */
export interface ClientToServerEvents {
  sendMessage(
    payload: { readonly to: string; readonly message: string; readonly clientMsgId: string },
    ack: Answer<{ readonly sent: Message }>,
  ): void;
  userStatusUpdate(
    payload: { readonly status: Status; readonly until?: string | null; readonly note?: string | null },
    ack: Answer<object>,
  ): void;
  typing(payload: { readonly to: string }, ack: Answer<object>): void;
}
