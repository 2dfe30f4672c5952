import "reflect-metadata";
import {
  createIdGenerator,
  createMemoryEventPublisher,
  createMemoryPresenceStore,
  createMemoryRateLimiter,
  createSystemClock,
  createSystemTimer,
} from "@standin/adapter-memory";
import { createArgon2Hasher, createJwtTokenService } from "@standin/adapter-security";
import { createChatSockets } from "@standin/adapter-socketio";
import { type ChatPorts, createChat } from "@standin/core";
import type { AutoResponder, Logger } from "@standin/core/ports";
import type { DoorOptions } from "@standin/http-api/dispatch";
import {
  type DependencyContainer,
  container as globalContainer,
  type InjectionToken,
  instanceCachingFactory,
} from "tsyringe";
import { keptSecret } from "../configuration/jwt-secret.ts";
import type { Configuration } from "../configuration/read-configuration.ts";
import { createExpressApp } from "../http/express-app.ts";
import { createHonoApp } from "../http/hono-app.ts";
import { createHttpDoor } from "../http/http-door.ts";
import { createReadiness } from "../lifecycle/readiness.ts";
import { createMetrics } from "../operation/metrics.ts";
import { createOperationDoor } from "../operation/operation-door.ts";
import { createPageDoor } from "../page/page-door.ts";
import type { Store } from "./open-store.ts";
import { tokens, type WrapPorts } from "./tokens.ts";

type Resolve = <T>(token: InjectionToken<T>) => T;

const makePorts = (resolve: Resolve): ChatPorts => {
  const configuration = resolve(tokens.configuration);
  const { users, sessions, relations, messages, standIns } = resolve(tokens.store);
  const clock = createSystemClock();
  return {
    users,
    sessions,
    relations,
    messages,
    standIns,
    presence: createMemoryPresenceStore(),
    events: createMemoryEventPublisher(),
    hasher: createArgon2Hasher(),
    tokens: createJwtTokenService({ secret: configuration.jwtSecret ?? keptSecret(configuration.dataDir), clock }),
    limiter: createMemoryRateLimiter(),
    clock,
    timer: createSystemTimer(),
    ids: createIdGenerator(),
    logger: resolve(tokens.logger),
    responders: resolve(tokens.responders),
  };
};

const makeMetrics = (resolve: Resolve) =>
  createMetrics({
    chat: resolve(tokens.chat),
    store: () => resolve(tokens.store).stats(),
    // Asked for when the figures are: the sockets need the HTTP server, which needs the metrics.
    sockets: () => resolve(tokens.sockets).stats(),
  });

const makeHttp = (resolve: Resolve) => {
  const { httpAdapter, allowedOrigins, trustProxy, rateLimits } = resolve(tokens.configuration);
  const { observe, exposition } = resolve(tokens.metrics);
  const logger = resolve(tokens.logger);
  const options: DoorOptions = {
    chat: resolve(tokens.chat),
    allowedOrigins,
    trustProxy,
    logger,
    ready: resolve(tokens.readiness).ready,
    observe,
  };
  const api = httpAdapter === "hono" ? createHonoApp(options) : createExpressApp(options);
  const operation = createOperationDoor({ allowedOrigins, trustProxy, logger, metrics: exposition }, api);
  return createHttpDoor({
    handler: createPageDoor({ logger }, operation),
    uncapped: (address) => rateLimits === "off" || trustProxy(address),
  });
};

const makeSockets = (resolve: Resolve) => {
  const { allowedOrigins, trustProxy, socketTransports, rateLimits } = resolve(tokens.configuration);
  return createChatSockets({
    chat: resolve(tokens.chat),
    server: resolve(tokens.http).server,
    allowedOrigins,
    trustProxy,
    transports: socketTransports,
    observe: resolve(tokens.metrics).observeEvent,
    ...(rateLimits === "off" && { connectionsPerAddress: Number.POSITIVE_INFINITY }),
    logger: resolve(tokens.logger),
  });
};

/** What exists before the container, because making it takes time or needs nothing else. */
export interface Given {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly store: Store;
  readonly responders: readonly AutoResponder[];
  readonly wrapPorts: WrapPorts;
}

/** A container in which each part is made once, when it is first asked for. */
export const register = (given: Given): DependencyContainer => {
  const container = globalContainer.createChildContainer();
  const once = <T>(token: InjectionToken<T>, make: (resolve: Resolve) => T) =>
    container.register(token, {
      useFactory: instanceCachingFactory((from) => make((needed) => from.resolve(needed))),
    });

  container.register(tokens.configuration, { useValue: given.configuration });
  container.register(tokens.logger, { useValue: given.logger });
  container.register(tokens.store, { useValue: given.store });
  container.register(tokens.responders, { useValue: given.responders });
  container.register(tokens.wrapPorts, { useValue: given.wrapPorts });
  once(tokens.readiness, createReadiness);
  once(tokens.ports, (resolve) => resolve(tokens.wrapPorts)(makePorts(resolve)));
  once(tokens.chat, (resolve) => createChat(resolve(tokens.ports), resolve(tokens.configuration).policy));
  once(tokens.metrics, makeMetrics);
  once(tokens.http, makeHttp);
  once(tokens.sockets, makeSockets);
  return container;
};
