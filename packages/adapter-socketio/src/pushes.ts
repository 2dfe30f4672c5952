import type { ChatEvent, Id, Message } from "@standin/core";
import {
  type ServerEventName,
  type ServerEventPayload,
  toIncomingMessageJson,
  toMessageJson,
  toMessagesReadJson,
  toStandInTypingJson,
  toSuggestionJson,
  toUrgentJson,
} from "@standin/http-api";
import type { Server } from "socket.io";
import type { Connection } from "./connection.ts";
import { rooms } from "./rooms.ts";
import type { StatusChanged } from "./status-fanout.ts";

export interface PushesOptions {
  readonly io: Server;
  readonly connectionsIn: (room: string) => readonly Connection[];
  readonly statusChanged: (change: StatusChanged) => void;
}

type MessagesRead = Extract<ChatEvent, { type: "messages-read" }>;
type SessionsEnded = Extract<ChatEvent, { type: "sessions-ended" }>;

/** Tells the sockets of this node what happened, wherever it happened: to whom, and as each may see it. */
export const createPushes = (options: PushesOptions): ((event: ChatEvent) => void) => {
  const { io, connectionsIn, statusChanged } = options;

  /** To all devices of a person, but not the one that has its answer already. */
  const tell = <Name extends ServerEventName>(
    userId: Id,
    event: Name,
    payload: ServerEventPayload<Name>,
    via: string | null = null,
  ): void => {
    // A socket is in a room of its own that is named by its id, and that is its connection id.
    const devices = io.local.to(rooms.user(userId));
    (via === null ? devices : devices.except(via)).emit(event, payload);
  };

  const messageStored = (message: Message, via: string | null): void => {
    const { sender, recipient } = message;
    if (recipient !== sender && !message.blocked) tell(recipient, "incomingMessage", toIncomingMessageJson(message));
    tell(sender, "messageSent", toMessageJson(message, sender), via);
  };

  const messageChanged = (message: Message): void => {
    const { sender, recipient } = message;
    tell(sender, "messageUpdated", toMessageJson(message, sender));
    if (recipient !== sender && !message.blocked) {
      tell(recipient, "messageUpdated", toMessageJson(message, recipient));
    }
  };

  const messagesRead = (event: MessagesRead): void => {
    const { reader, peer, hidden, via } = event;
    const payload = toMessagesReadJson(event);
    tell(reader, "messagesRead", payload, via);
    if (peer !== reader && !hidden) tell(peer, "messagesRead", payload);
  };

  const closeSessions = ({ userId, sessions }: SessionsEnded): void => {
    if ("allBut" in sessions) {
      for (const connection of connectionsIn(rooms.user(userId))) {
        if (connection.caller?.sessionId !== sessions.allBut) connection.endSession();
      }
      return;
    }
    for (const session of sessions) {
      for (const connection of connectionsIn(rooms.session(session))) connection.endSession();
    }
  };

  return (event) => {
    switch (event.type) {
      case "message-stored":
        return messageStored(event.message, event.via);
      case "message-changed":
        return messageChanged(event.message);
      case "messages-read":
        return messagesRead(event);
      case "typing":
        return tell(event.to, "typing", { from: event.from });
      case "stand-in-typing":
        return tell(event.writer, "standinTyping", toStandInTypingJson(event));
      case "suggestion-made":
        return tell(event.suggestion.owner, "standinSuggestion", toSuggestionJson(event.suggestion));
      case "urgent":
        return tell(event.owner, "standinUrgent", toUrgentJson(event));
      case "status-changed":
        return statusChanged(event);
      case "sessions-ended":
        return closeSessions(event);
    }
  };
};
