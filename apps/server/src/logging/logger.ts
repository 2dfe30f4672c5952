import { isatty } from "node:tty";
import type { Logger } from "@standin/core/ports";
import { destination, pino } from "pino";
import { PinoPretty } from "pino-pretty";
import { redactFields } from "./redact.ts";

/** What the log is like. */
export interface LoggerOptions {
  readonly level: "debug" | "info" | "warn" | "error" | "silent";
  /** undefined: pretty on a terminal, else one JSON object a line. */
  readonly format: "pretty" | "json" | undefined;
}

const standardError = 2;

/**
 * The server's log, on standard error, written at once so that nothing is lost when the process ends.
 * No entry holds a password, a token or the text of a message, whatever it is given.
 *
 * @example
 * const logger = createLogger({ level: "info", format: "json" });
 * logger.info({ port: 3000 }, "listening");
 */
export const createLogger = ({ level, format }: LoggerOptions): Logger => {
  const terminal = isatty(standardError);
  const pretty = format === "pretty" || (format === undefined && terminal);
  const stream = pretty
    ? PinoPretty({ destination: standardError, sync: true, colorize: terminal, ignore: "pid,hostname" })
    : destination({ dest: standardError, sync: true });
  return pino({ level, base: null, formatters: { log: redactFields, level: (label) => ({ level: label }) } }, stream);
};
