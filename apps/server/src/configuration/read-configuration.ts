import { resolve } from "node:path";
import type { ChatPolicy } from "@standin/core";
import { isLoopback } from "./loopback.ts";
import { type Provider, providerMistakes, providersOf } from "./providers.ts";
import type { TrustProxy } from "./value-kinds.ts";
import { type Values, type Variable, variableNames, variables } from "./variables.ts";

/** What the operator decided. Durations are milliseconds. */
export interface Configuration {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** An absolute path. */
  readonly dataDir: string;
  /** undefined: generated once and kept in the data directory. */
  readonly jwtSecret: string | undefined;
  /** undefined: the embedded store in the data directory. */
  readonly mongodbUri: string | undefined;
  readonly httpAdapter: "express" | "hono";
  readonly allowedOrigins: readonly string[];
  readonly trustProxy: TrustProxy;
  readonly socketTransports: readonly ("polling" | "websocket")[];
  readonly rateLimits: "default" | "off";
  readonly logLevel: Values["LOG_LEVEL"];
  /** undefined: pretty on a terminal, else JSON. */
  readonly logFormat: "pretty" | "json" | undefined;
  readonly shutdownMs: number;
  /** The models to ask, in this order; none: the template answers. */
  readonly providers: readonly Provider[];
  readonly policy: ChatPolicy;
}

/** The environment is good, or these are all its mistakes, one sentence each. */
export type ConfigurationResult =
  | { readonly configuration: Configuration }
  | { readonly mistakes: readonly [string, ...string[]] };

type Environment = Readonly<Record<string, string | undefined>>;

const bytes = (text: string): string => {
  const count = Buffer.byteLength(text);
  return count === 1 ? "1 byte" : `${count} bytes`;
};

const found = (variable: Variable<unknown>, text: string): string =>
  variable.secret ? `${bytes(text)} (not shown)` : JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);

const mistakeIn = (name: keyof Values, variable: Variable<unknown>, text: string): string | null => {
  if (variable.notBuilt)
    return `${name}: found ${found(variable, text)}, expected nothing: this version has no ${variable.meaning} yet`;
  if (variable.kind.schema.safeParse(text).success) return null;
  return `${name}: found ${found(variable, text)}, expected ${variable.kind.expects}`;
};

/** The text of a variable; an empty one is an unset one. */
const textOf = (environment: Environment, name: keyof Values): string | null =>
  environment[name] || variables[name].default;

const readAll = (environment: Environment): Values =>
  Object.fromEntries(
    variableNames.map((name) => {
      const text = textOf(environment, name);
      return [name, text === null ? undefined : variables[name].kind.schema.parse(text)];
    }),
  ) as unknown as Values;

const toConfiguration = (values: Values): Configuration => ({
  host: values.HOST,
  port: values.PORT,
  dataDir: resolve(values.DATA_DIR),
  jwtSecret: values.JWT_SECRET,
  mongodbUri: values.MONGODB_URI,
  httpAdapter: values.HTTP_ADAPTER,
  allowedOrigins: values.ALLOWED_ORIGINS ?? [],
  trustProxy: values.TRUST_PROXY ?? (() => false),
  socketTransports: values.SOCKET_TRANSPORTS,
  rateLimits: values.RATE_LIMITS,
  logLevel: values.LOG_LEVEL,
  logFormat: values.LOG_FORMAT,
  shutdownMs: values.SHUTDOWN_MS,
  providers: providersOf(values),
  policy: {
    tokenTtlMs: values.TOKEN_TTL,
    statusGraceMs: values.STATUS_GRACE_MS,
    signInEndsBusy: values.SIGN_IN_ENDS_BUSY,
    presenceAudience: values.PRESENCE_AUDIENCE,
    directoryEmails: values.DIRECTORY_EMAILS,
    rateLimits: values.RATE_LIMITS,
    mergeWindowMs: values.AI_MERGE_WINDOW_MS,
    providerTimeoutMs: values.AI_TIMEOUT_MS,
    totalTimeoutMs: values.AI_TOTAL_TIMEOUT_MS,
    dailyBudget: values.AI_DAILY_BUDGET,
  },
});

/**
 * Checks the whole environment; variables that the server does not know are not its business.
 *
 * @param environment the process's own, if left out; nothing else of the server reads that
 * @example
 * const result = readConfiguration({ PORT: "http" });
 * // { mistakes: ['PORT: found "http", expected a whole number from 0 to 65535'] }
 */
export const readConfiguration = (environment: Environment = process.env): ConfigurationResult => {
  const mistakes: string[] = [];
  for (const name of variableNames) {
    const text = textOf(environment, name);
    const mistake = text === null ? null : mistakeIn(name, variables[name], text);
    if (mistake !== null) mistakes.push(mistake);
  }
  const host = textOf(environment, "HOST") ?? "";
  if (textOf(environment, "RATE_LIMITS") === "off" && !isLoopback(host))
    mistakes.push(
      `RATE_LIMITS: found "off" with HOST ${JSON.stringify(host)}, expected default, or a HOST that is loopback`,
    );
  if (textOf(environment, "MONGODB_URI") !== null && textOf(environment, "JWT_SECRET") === null)
    mistakes.push(
      "JWT_SECRET: found nothing with MONGODB_URI, expected at least 32 bytes: nothing is kept in DATA_DIR then",
    );
  mistakes.push(...providerMistakes((name) => textOf(environment, name)));
  const [first, ...others] = mistakes;
  return first === undefined
    ? { configuration: toConfiguration(readAll(environment)) }
    : { mistakes: [first, ...others] };
};
