import type { z } from "zod";
import { createSchema } from "zod-openapi";
import type { ClientEvent } from "../events/client-event.ts";
import { clientEvents } from "../events/client-events.ts";
import { type ServerEvent, serverEvents } from "../events/server-events.ts";
import { refusalSchema } from "../events/socket-answers.ts";
import { about } from "./about.ts";
import { plainSchema } from "./plain-schema.ts";

interface Reference {
  readonly $ref: string;
}

interface AsyncApiMessage {
  readonly name: string;
  readonly summary: string;
  readonly payload: object | boolean;
}

interface AsyncApiChannel {
  /** The name of the event; null: an acknowledgement, which has none. */
  readonly address: string | null;
  readonly description?: string;
  readonly messages: Readonly<Record<string, AsyncApiMessage>>;
}

interface AsyncApiOperation {
  /** As the server sees it: it receives what a client sends. */
  readonly action: "receive" | "send";
  readonly channel: Reference;
  readonly messages: readonly Reference[];
  readonly summary: string;
  readonly description?: string;
  readonly reply?: { readonly channel: Reference; readonly messages: readonly Reference[] };
}

/** An AsyncAPI 3.0 document, as far as ours goes. */
export interface AsyncApiDocument {
  readonly asyncapi: "3.0.0";
  readonly info: object;
  readonly defaultContentType: string;
  readonly servers: { readonly socketio: { readonly host: string } & Readonly<Record<string, unknown>> };
  readonly channels: Readonly<Record<string, AsyncApiChannel>>;
  readonly operations: Readonly<Record<string, AsyncApiOperation>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

const channelOf = (key: string): Reference => ({ $ref: `#/channels/${key}` });
const messageOf = (key: string, message: string): Reference => ({ $ref: `#/channels/${key}/messages/${message}` });

/** Some events go both ways under one name, and then share a channel. */
const [fromClient, fromServer] = ["fromClient", "fromServer"];

const withoutAcknowledgement = ({ answerEvent }: ClientEvent): string =>
  answerEvent === null
    ? "Without an acknowledgement callback there is no answer."
    : `Without an acknowledgement callback the answer is the event \`${answerEvent}\`.`;

const security = {
  handshake: {
    type: "userPassword",
    description:
      "`auth: { token }` of the Socket.IO handshake, the token being one that POST /signup and POST /signin answer. A bad one is a `connect_error` whose `data` is the refusal. A client that connects without one logs in with `userLoggedIn` and its `token`, within 10 s and before anything else.",
  },
  header: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The same token in the handshake's header",
  },
};

/**
 * The Socket.IO API as an AsyncAPI 3.0 document, made from the events that the door takes and sends. A channel is an event; its address is
 * the event's name in the default namespace.
 *
 * @example
 * writeFileSync("asyncapi.json", JSON.stringify(createAsyncApiDocument(), null, 2));
 */
export const createAsyncApiDocument = (): AsyncApiDocument => {
  const channels: Record<string, AsyncApiChannel> = {};
  const operations: Record<string, AsyncApiOperation> = {};
  const schemas: Record<string, object> = {};

  const payloadOf = (schema: z.ZodType, io: "input" | "output"): AsyncApiMessage["payload"] => {
    const { schema: payload, components } = createSchema(schema, { io, opts: { override: plainSchema } });
    Object.assign(schemas, components);
    return payload;
  };

  const addMessage = (event: string, key: string, summary: string, payload: AsyncApiMessage["payload"]): void => {
    const channel = channels[event];
    channels[event] = {
      address: event,
      messages: { ...channel?.messages, [key]: { name: event, summary, payload } },
    };
  };

  const addClientEvent = (clientEvent: ClientEvent): void => {
    const { event, summary, payload, answer } = clientEvent;
    addMessage(event, fromClient, summary, payloadOf(payload, "input"));
    const acknowledgement = `${event}Acknowledgement`;
    channels[acknowledgement] = {
      address: null,
      description: `What the acknowledgement callback of \`${event}\` gets`,
      messages: {
        success: { name: "success", summary: "It was carried out", payload: payloadOf(answer, "output") },
        refusal: { name: "refusal", summary: "It was not", payload: payloadOf(refusalSchema, "output") },
      },
    };
    operations[`receive_${event}`] = {
      action: "receive",
      channel: channelOf(event),
      messages: [messageOf(event, fromClient)],
      summary,
      description: withoutAcknowledgement(clientEvent),
      reply: {
        channel: channelOf(acknowledgement),
        messages: [messageOf(acknowledgement, "success"), messageOf(acknowledgement, "refusal")],
      },
    };
  };

  const addServerEvent = (event: string, { schema, when }: ServerEvent): void => {
    addMessage(event, fromServer, when, payloadOf(schema, "output"));
    operations[`send_${event}`] = {
      action: "send",
      channel: channelOf(event),
      messages: [messageOf(event, fromServer)],
      summary: when,
    };
  };

  for (const clientEvent of clientEvents) addClientEvent(clientEvent);
  for (const [event, serverEvent] of Object.entries(serverEvents)) addServerEvent(event, serverEvent);

  return {
    asyncapi: "3.0.0",
    info: {
      ...about,
      description:
        "The realtime side of the chat, over Socket.IO 4: events with one JSON object each, in the default namespace. New events, and new fields in known ones, may appear at any time; a client ignores those that it does not know.",
    },
    defaultContentType: "application/json",
    servers: {
      socketio: {
        host: "127.0.0.1:3000",
        pathname: "/socket.io/",
        protocol: "ws",
        description: "Socket.IO 4 over WebSocket or HTTP long polling, at its default path",
        security: Object.keys(security).map((name) => ({ $ref: `#/components/securitySchemes/${name}` })),
      },
    },
    channels,
    operations,
    components: { schemas, securitySchemes: security },
  };
};
