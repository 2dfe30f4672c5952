import type { ChatSockets } from "@standin/adapter-socketio";
import type { Chat, ChatPorts } from "@standin/core";
import type { AutoResponder, Logger } from "@standin/core/ports";
import type { InjectionToken } from "tsyringe";
import type { Configuration } from "../configuration/read-configuration.ts";
import type { HttpDoor } from "../http/http-door.ts";
import type { Readiness } from "../lifecycle/readiness.ts";
import type { Metrics } from "../operation/metrics.ts";
import type { Store } from "./open-store.ts";

const token = <T>(name: string): InjectionToken<T> => Symbol(name);

/** Puts others around or in place of ports, before the chat is made of them. */
export type WrapPorts = (ports: ChatPorts) => ChatPorts;

/** What the container knows, by symbols, because interfaces do not exist when the program runs. */
export const tokens: {
  readonly configuration: InjectionToken<Configuration>;
  readonly wrapPorts: InjectionToken<WrapPorts>;
  readonly logger: InjectionToken<Logger>;
  readonly store: InjectionToken<Store>;
  readonly responders: InjectionToken<readonly AutoResponder[]>;
  readonly ports: InjectionToken<ChatPorts>;
  readonly chat: InjectionToken<Chat>;
  readonly readiness: InjectionToken<Readiness>;
  readonly metrics: InjectionToken<Metrics>;
  readonly http: InjectionToken<HttpDoor>;
  readonly sockets: InjectionToken<ChatSockets>;
} = {
  configuration: token("configuration"),
  wrapPorts: token("wrapPorts"),
  logger: token("logger"),
  store: token("store"),
  responders: token("responders"),
  ports: token("ports"),
  chat: token("chat"),
  readiness: token("readiness"),
  metrics: token("metrics"),
  http: token("http"),
  sockets: token("sockets"),
};
