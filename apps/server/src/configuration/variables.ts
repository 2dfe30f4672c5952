import {
  addressRanges,
  anyText,
  duration,
  hostName,
  httpAddress,
  type Kind,
  longText,
  mongoUri,
  oneOf,
  oneWord,
  orderOf,
  origins,
  someOf,
  type TrustProxy,
  wholeNumber,
  yesOrNo,
} from "./value-kinds.ts";

/** One environment variable. */
export interface Variable<T> {
  readonly kind: Kind<T>;
  /** As one would write it; null: none. */
  readonly default: string | null;
  /** For `--help`: what is used when the variable is unset, where that is not a fixed text. */
  readonly defaultMeans: string | null;
  readonly meaning: string;
  /** The value is never printed. */
  readonly secret: boolean;
  /** The part that it configures does not exist in this version: setting it ends the start. */
  readonly notBuilt: boolean;
}

interface Options {
  readonly defaultMeans?: string;
  readonly secret?: boolean;
}

const required = <T>(kind: Kind<T>, text: string, meaning: string): Variable<T> => ({
  kind,
  default: text,
  defaultMeans: null,
  meaning,
  secret: false,
  notBuilt: false,
});

const optional = <T>(kind: Kind<T>, meaning: string, options: Options = {}): Variable<T | undefined> => ({
  kind,
  default: null,
  defaultMeans: options.defaultMeans ?? null,
  meaning,
  secret: options.secret ?? false,
  notBuilt: false,
});

/** Its value may hold a password or a key, so it is never printed either. */
const notBuilt = (meaning: string, defaultMeans: string | null = null): Variable<string | undefined> => ({
  kind: anyText,
  default: null,
  defaultMeans,
  meaning,
  secret: true,
  notBuilt: true,
});

const hourMs = 3_600_000;

/** The model of Gemini that is asked unless the operator names another. */
export const geminiModel = "gemini-pro-latest";

/** What each variable becomes. */
export interface Values {
  readonly PORT: number;
  readonly HOST: string;
  readonly DATA_DIR: string;
  readonly JWT_SECRET: string | undefined;
  readonly MONGODB_URI: string | undefined;
  readonly TOKEN_TTL: number;
  readonly HTTP_ADAPTER: "express" | "hono";
  readonly STATUS_GRACE_MS: number;
  readonly SIGN_IN_ENDS_BUSY: boolean;
  readonly PRESENCE_AUDIENCE: "everyone" | "conversations";
  readonly DIRECTORY_EMAILS: "shown" | "hidden";
  readonly ALLOWED_ORIGINS: readonly string[] | undefined;
  readonly TRUST_PROXY: TrustProxy | undefined;
  readonly RATE_LIMITS: "default" | "off";
  readonly SOCKET_TRANSPORTS: readonly ("polling" | "websocket")[];
  readonly LOG_LEVEL: "debug" | "info" | "warn" | "error" | "silent";
  readonly LOG_FORMAT: "pretty" | "json" | undefined;
  readonly SHUTDOWN_MS: number;
  readonly AI_PROVIDERS: readonly ("gemini" | "openai")[] | undefined;
  readonly AI_MERGE_WINDOW_MS: number;
  readonly AI_TIMEOUT_MS: number;
  readonly AI_TOTAL_TIMEOUT_MS: number;
  readonly AI_DAILY_BUDGET: number;
  readonly GEMINI_API_KEY: string | undefined;
  readonly GEMINI_MODEL: string | undefined;
  readonly GEMINI_BASE_URL: string | undefined;
  readonly OPENAI_API_KEY: string | undefined;
  readonly OPENAI_MODEL: string | undefined;
  readonly OPENAI_BASE_URL: string | undefined;
  readonly REDIS_URL: string | undefined;
}

/** Every variable of the server, in the order of `--help`: the check of the environment and the help are made from this table. */
export const variables: { readonly [Name in keyof Values]: Variable<Values[Name]> } = {
  PORT: required(wholeNumber(0, 65_535), "3000", "the port to listen on; 0 picks a free one"),
  HOST: required(hostName, "127.0.0.1", "the address to listen on"),
  DATA_DIR: required(anyText, "./data", "directory of the embedded store and of generated secrets"),
  JWT_SECRET: optional(longText(32), "what tokens are signed with, at least 32 bytes; required with MONGODB_URI", {
    secret: true,
    defaultMeans: "generated once, kept in DATA_DIR",
  }),
  MONGODB_URI: optional(mongoUri, "users, messages and jobs on MongoDB; needs JWT_SECRET", {
    secret: true,
    defaultMeans: "the embedded store",
  }),
  TOKEN_TTL: required(duration, "7d", "lifetime of a token: a number and s, m, h or d"),
  HTTP_ADAPTER: required(oneOf("express", "hono"), "express", "express or hono; no client can tell which"),
  STATUS_GRACE_MS: required(wholeNumber(0, hourMs), "10000", "between the last disconnect and its effect"),
  SIGN_IN_ENDS_BUSY: required(yesOrNo, "false", "does signing in end BUSY?"),
  PRESENCE_AUDIENCE: required(
    oneOf("everyone", "conversations"),
    "everyone",
    "who hears of a change of status: everyone, or people with a conversation",
  ),
  DIRECTORY_EMAILS: required(oneOf("shown", "hidden"), "shown", "are e-mail addresses of others shown?"),
  ALLOWED_ORIGINS: optional(origins, "origins of other sites whose pages may call, separated by commas", {
    defaultMeans: "same origin only",
  }),
  TRUST_PROXY: optional(addressRanges, "addresses or ranges of proxies whose X-Forwarded-* headers count", {
    defaultMeans: "none",
  }),
  RATE_LIMITS: required(
    oneOf("default", "off"),
    "default",
    "default, or off: for load tests, only while HOST is loopback",
  ),
  SOCKET_TRANSPORTS: required(
    someOf("polling", "websocket"),
    "polling,websocket",
    "what Socket.IO clients may use; websocket alone closes the polling door",
  ),
  LOG_LEVEL: required(
    oneOf("debug", "info", "warn", "error", "silent"),
    "info",
    "debug, info, warn, error or silent; the log goes to standard error",
  ),
  LOG_FORMAT: optional(oneOf("pretty", "json"), "pretty or json", {
    defaultMeans: "pretty on a terminal, else json",
  }),
  SHUTDOWN_MS: required(wholeNumber(100, hourMs), "10000", "from SIGTERM to exit; a second signal exits at once"),
  GEMINI_API_KEY: optional(oneWord(1_000), "key for Gemini, which then answers for people who are BUSY", {
    secret: true,
  }),
  GEMINI_MODEL: optional(oneWord(200), "model of Gemini", { defaultMeans: geminiModel }),
  GEMINI_BASE_URL: optional(httpAddress, "where Gemini is, without the version of its API", {
    secret: true,
    defaultMeans: "Google's",
  }),
  OPENAI_API_KEY: optional(oneWord(1_000), "key for OpenAI, or for any server with /chat/completions", {
    secret: true,
  }),
  OPENAI_MODEL: optional(oneWord(200), "its model; required with OPENAI_API_KEY or OPENAI_BASE_URL"),
  OPENAI_BASE_URL: optional(httpAddress, "what comes before /chat/completions; a key is then not needed", {
    secret: true,
    defaultMeans: "OpenAI's",
  }),
  AI_PROVIDERS: optional(
    orderOf("gemini", "openai"),
    "who is asked, in this order; none: nobody, the template answers",
    {
      defaultMeans: "those that have a key or address: gemini,openai",
    },
  ),
  AI_TIMEOUT_MS: required(wholeNumber(1, hourMs), "10000", "longest time of one provider"),
  AI_TOTAL_TIMEOUT_MS: required(wholeNumber(1, hourMs), "20000", "longest time of all providers together"),
  AI_MERGE_WINDOW_MS: required(
    wholeNumber(0, hourMs),
    "2000",
    "how long the stand-in waits for a burst of messages to end",
  ),
  AI_DAILY_BUDGET: required(
    wholeNumber(0, 1_000_000_000),
    "1000",
    "provider calls per owner and UTC day, half of them at most for new people; 0: none",
  ),
  REDIS_URL: notBuilt("presence, limits and live events of several nodes"),
};

/** The names of all variables, in the order of `--help`. */
export const variableNames: readonly (keyof Values)[] = Object.keys(variables) as (keyof Values)[];
