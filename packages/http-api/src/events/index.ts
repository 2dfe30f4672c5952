export { type ClientEvent, defineClientEvent, type EventCall } from "./client-event.ts";
export { clientEvents, logInSchema } from "./client-events.ts";
export {
  type ServerEvent,
  type ServerEventName,
  type ServerEventPayload,
  type ServerToClientEvents,
  serverEvents,
  toIncomingMessageJson,
  toMessagesReadJson,
  toStandInTypingJson,
  toUrgentJson,
  toUserStatusJson,
} from "./server-events.ts";
export {
  loggedInSchema,
  messageSentSchema,
  messagesReadSchema,
  type RefusalJson,
  refusalSchema,
  statusUpdatedSchema,
  succeededSchema,
  toRefusalJson,
} from "./socket-answers.ts";
