import type { ChatSockets } from "@standin/adapter-socketio";
import type { Chat } from "@standin/core";
import type { Logger } from "@standin/core/ports";
import type { Configuration } from "../configuration/read-configuration.ts";
import type { HttpDoor } from "../http/http-door.ts";
import type { Readiness } from "../lifecycle/readiness.ts";
import { createLogger } from "../logging/logger.ts";
import { openStore, type Store } from "./open-store.ts";
import { register } from "./register.ts";
import { createResponders } from "./responders.ts";
import { tokens, type WrapPorts } from "./tokens.ts";

export type { WrapPorts } from "./tokens.ts";

/** The chat on its store, without a door. Whoever composed it closes the store. */
export interface ComposedChat {
  readonly chat: Chat;
  readonly store: Store;
  readonly logger: Logger;
}

/** The chat with its doors; nothing listens yet. */
export interface ComposedServer extends ComposedChat {
  readonly readiness: Readiness;
  readonly http: HttpDoor;
  readonly sockets: ChatSockets;
}

const asTheyAre: WrapPorts = (ports) => ports;

const open = async (configuration: Configuration, wrapPorts: WrapPorts) => {
  const { logLevel: level, logFormat: format } = configuration;
  const logger = createLogger({ level, format });
  const responders = await createResponders(configuration);
  const store = await openStore(configuration, logger);
  const container = register({ configuration, logger, store, responders, wrapPorts });
  return { container, logger, store };
};

/**
 * Makes the chat on its store, for the operator's commands. Rejects with StoreRefused of the store and StartRefused of the secret.
 *
 * @example
 * const { chat, store } = await composeChat(configuration);
 * await chat.operator.newEpoch();
 * await store.close();
 */
export const composeChat = async (
  configuration: Configuration,
  wrapPorts: WrapPorts = asTheyAre,
): Promise<ComposedChat> => {
  const { container, logger, store } = await open(configuration, wrapPorts);
  return { logger, store, chat: container.resolve(tokens.chat) };
};

/** As {@link composeChat}, with the HTTP door and the sockets. */
export const composeServer = async (
  configuration: Configuration,
  wrapPorts: WrapPorts = asTheyAre,
): Promise<ComposedServer> => {
  const { container, logger, store } = await open(configuration, wrapPorts);
  return {
    logger,
    store,
    chat: container.resolve(tokens.chat),
    readiness: container.resolve(tokens.readiness),
    http: container.resolve(tokens.http),
    sockets: container.resolve(tokens.sockets),
  };
};
